// kill -9 of the server in the middle of a call. More points of a call stand in killed.long.test.ts.
import { expect, it } from 'vitest';
import { until } from '#tests/support/town.ts';
import { openKilledTown } from './killed-town.ts';

const town = await openKilledTown(4);

it('the business is dialled once, the call ends as it must, and every event is told once', {
  timeout: 60_000,
}, async () => {
  const from = '+14155550120';
  const leg = town.dial(from);
  await until('the dial arrived', () => town.commands(leg, 'dial').length > 0);
  await town.server.kill();
  await town.server.start();
  const call = await town.expectWhole(leg, from);
  expect(call).toMatchObject({ outcome: 'ANSWERED', recording: { state: 'READY', channels: 2 } });
});
