// kill -9 of everything in the middle of a call: the server, its embedded database and all that they started. The server
// alone is killed at every point of a call in killed.long.test.ts.
import { expect, it } from 'vitest';
import { until } from '#tests/support/town.ts';
import { openKilledTown } from './killed-town.ts';

const town = await openKilledTown(4, 'embedded');

it('the business is dialled once, the call ends as it did, and every event is told once', {
  timeout: 90_000,
}, async () => {
  const from = '+14155550121';
  const leg = town.dial(from);
  await until('the dial arrived', () => town.commands(leg, 'dial').length > 0);
  await town.outage(town.killEverything);
  const call = await town.expectWhole(leg, from, 60_000);
  expect(call).toMatchObject({ outcome: 'ANSWERED', recording: { state: 'READY', channels: 2 } });
});
