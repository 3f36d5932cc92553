// The storm of disorder.test.ts under five seeds of the sandbox, each in a town of its own: a hundred calls in all. And
// commands fail on top of it: not carried out at first, or carried out with an answer that is lost.
import { describe, expect, it } from 'vitest';
import { openTown } from '#tests/support/town.ts';
import { CALM, play, STORM } from './storm.ts';

/** ten calls at once, five of each kind */
const ROUNDS = 2;
const PAIRS = 5;
/** each failed command is sent again under its id; the carrier takes it once */
const FAILURES = [
  { command: 'answer', times: 2, status: 500 },
  { command: 'speak', times: 2, status: 500 },
  { command: '*', times: 20, status: 503, carryOut: true },
];

describe.each([1, 2, 3, 4, 5])('seed %i', async (seed) => {
  const town = await openTown({ speed: 8, seed });

  it('calls come out as on a calm line', { timeout: 180_000 }, async () => {
    const answering = await town.tracker({ recording: true, whisper: 'A call.' });
    const busy = await town.tracker({ recording: true, voicemail: true });
    town.business(answering).is('answer');
    town.business(busy).is('busy');
    const both = () => Promise.all([play(town, answering, 1), play(town, busy, 1)]);
    town.sandbox.chaos({ profile: CALM });
    const calm = await both();
    town.sandbox.chaos({ profile: STORM });
    for (let round = 0; round < ROUNDS; round += 1) {
      town.sandbox.faults(FAILURES);
      for (const storm of await Promise.all(Array.from({ length: PAIRS }, both))) {
        expect(storm).toEqual(calm);
      }
    }
    const failed = town.sandbox.calls().commands.filter(({ status }) => (status ?? 0) >= 500);
    expect(failed).toHaveLength(ROUNDS * FAILURES.reduce((sum, { times }) => sum + times, 0));
  });
});
