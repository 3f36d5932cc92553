// kill -9 of everything while a recording is being written down, the speech engine's process included: it is written down
// all the same, once.
import { expect, it } from 'vitest';
import { processesBelow } from '#tests/support/program.ts';
import { until } from '#tests/support/town.ts';
import { openKilledTown } from './killed-town.ts';

const town = await openKilledTown(20, 'embedded', { transcription: true });

it('the transcript is there once', { timeout: 240_000 }, async () => {
  const from = '+14155550122';
  const leg = town.dial(from, 'garage-door');
  await until('the engine works', () => {
    const below = processesBelow(town.server.pid()).values();
    return [...below].some((command) => command.includes('moonshine'));
  });
  await town.outage(town.killEverything);
  // a job whose worker is silent is given to another after 20 s, and looked for every 15 s
  const call = await town.expectWhole(leg, from, 150_000);
  expect(call.transcript).toMatchObject({ state: 'READY', failure: null });
  expect(call.transcript.segments.length).toBeGreaterThan(3);
  const types = (await town.history()).map((event) => event.type);
  expect(types.filter((type) => type === 'TRANSCRIPT_READY')).toHaveLength(1);
});
