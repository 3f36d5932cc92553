// kill -9 in the middle of a call: of the server, whose embedded database outlives it, and of everything at once. More
// points of a call stand in killed.long.test.ts.
import { expect, it } from 'vitest';
import { until } from '#tests/support/town.ts';
import { openKilledTown } from './killed-town.ts';

const town = await openKilledTown(4, 'embedded');

it.each([
  ['the server', '+14155550120', () => town.server.kill()],
  ['the server, its database and all that they started', '+14155550121', town.killEverything],
])(
  'of %s: the business is dialled once, the call ends as it did, and every event is told once',
  { timeout: 90_000 },
  async (_what, from, kill) => {
    const leg = town.dial(from);
    await until('the dial arrived', () => town.commands(leg, 'dial').length > 0);
    await town.outage(kill);
    const call = await town.expectWhole(leg, from, 60_000);
    expect(call).toMatchObject({ outcome: 'ANSWERED', recording: { state: 'READY', channels: 2 } });
  },
);
