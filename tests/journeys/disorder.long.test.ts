// The storm of disorder.test.ts under five seeds of the sandbox, each in a town of its own.
import { describe, expect, it } from 'vitest';
import { openTown } from '#tests/support/town.ts';
import { CALM, play, STORM } from './storm.ts';

describe.each([1, 2, 3, 4, 5])('seed %i', async (seed) => {
  const town = await openTown({ speed: 20, seed });

  it('calls come out as on a calm line', { timeout: 120_000 }, async () => {
    const answering = await town.tracker({ recording: true, whisper: 'A call.' });
    const busy = await town.tracker({ recording: true, voicemail: true });
    town.business(answering).is('answer');
    town.business(busy).is('busy');
    const both = () => Promise.all([play(town, answering, 1), play(town, busy, 1)]);
    town.sandbox.chaos({ profile: CALM });
    const calm = await both();
    town.sandbox.chaos({ profile: STORM });
    for (const storm of await Promise.all(Array.from({ length: 5 }, both))) {
      expect(storm).toEqual(calm);
    }
  });
});
