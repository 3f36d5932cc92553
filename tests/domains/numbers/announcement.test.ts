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
  ['Calls are Recorded here.', true, 'Calls are Recorded here.'],
])('says of the greeting %j with recording %j: %j', (greeting, recording, spoken) => {
  expect(announcementOf({ greeting, recording })).toBe(spoken);
});
