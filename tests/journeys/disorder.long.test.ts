// Fifty random calls, ten under each of five seeds of the sandbox, on a calm line and then twice in a storm of webhooks: a
// hundred in all. And commands fail on top of it: not carried out at first, or carried out with an answer that is lost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callStory } from '#tests/domains/calls/call-story.ts';
import { openTown } from '#tests/support/town.ts';
import { playAll, type Setting, setUp } from './random-calls.ts';
import { CALM, STORM } from './storm.ts';

const STORIES = 10;
/** sandbox seconds per second of life: the machine must be in time */
const SPEED = 8;
/** each failed command is sent again under its id; the carrier takes it once */
const FAILURES = [
  { command: 'answer', times: 4, status: 500 },
  { command: 'speak', times: 4, status: 500 },
  { command: '*', times: 40, status: 503, carryOut: true },
];

describe.each([1, 2, 3, 4, 5])('seed %i', async (seed) => {
  const town = await openTown({ seed, speed: SPEED });
  const { sandbox } = town;

  it('random calls come out as on a calm line', { timeout: 180_000 }, async () => {
    const settings: Setting[] = [];
    for (const story of fc.sample(callStory, { seed, numRuns: STORIES })) {
      settings.push(await setUp(town, story));
    }
    sandbox.chaos({ profile: CALM });
    const calm = await playAll(town, settings);
    sandbox.chaos({ profile: STORM });
    const storm = await playAll(town, [...settings, ...settings], FAILURES);
    for (const [at, ending] of storm.entries()) {
      const { story } = settings[at % STORIES] as Setting;
      expect.soft(ending, JSON.stringify(story)).toEqual(calm[at % STORIES]);
    }
    const failed = sandbox.calls().commands.filter(({ status }) => (status ?? 0) >= 500);
    expect(failed).toHaveLength(FAILURES.reduce((sum, { times }) => sum + times, 0));
  });
});
