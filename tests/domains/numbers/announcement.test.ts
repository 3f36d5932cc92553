// What a caller hears first, by the tracker's switches.
import { expect, it } from 'vitest';
import { announcementOf, DEFAULT_NOTICE } from '#domains/numbers/announcement.ts';

it.each([
  [null, false, null],
  ['  ', false, null],
  ['Hello.', false, 'Hello.'],
  [null, true, DEFAULT_NOTICE],
  ['', true, DEFAULT_NOTICE],
  ['Hello.', true, `Hello. ${DEFAULT_NOTICE}`],
  ['Welcome to Broken Records.', true, `Welcome to Broken Records. ${DEFAULT_NOTICE}`],
])('says of the greeting %j with recording %j: %j', (greeting, recording, spoken) => {
  expect(announcementOf({ greeting, recording })).toBe(spoken);
});
