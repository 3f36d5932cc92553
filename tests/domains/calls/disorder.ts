// What a random call comes to must not depend on how webhooks and answers travel.
import fc from 'fast-check';
import { expect } from 'vitest';
import { outcomeOf } from '#domains/calls/outcome.ts';
import { callStory } from './call-story.ts';
import { CALM, playStory } from './carrier-line.ts';
import type { Line } from './telephone.ts';

/** Late by less than what the machine waits before it asks. */
const STORM = { lateS: 3, twice: 0.5, lost: 0.3, commandS: 1.5, answerS: 1.5 };

/** What a call came to. */
function endingOf({ machine, announced, commands }: Line) {
  return {
    phase: machine.phase,
    // abandoned is who was missed within 15 s, and a storm makes calls longer
    outcome: outcomeOf(machine)?.replace('ABANDONED', 'MISSED'),
    talked: machine.bridgedAt !== null,
    noticed: machine.noticeEndedAt !== null,
    recording: machine.recording && [machine.recording.state, machine.recording.failure],
    voicemail: machine.voicemail && [machine.voicemail.state, machine.voicemail.failure],
    causes: [machine.caller.cause, machine.destination?.cause],
    steps: machine.steps.map(({ name, outcome }) => [name, outcome]),
    announced: announced.filter((word) => word !== 'corrected'),
    dials: commands.filter(({ kind }) => kind === 'dial').length,
    recordings: commands.filter(({ kind }) => kind === 'startRecording').length,
  };
}

/** Plays random calls on a calm line and in a storm. @throws with the call whose ending differs, made small */
export function expectStormsToEndAsCalm(calls: number, seed: number): void {
  fc.assert(
    fc.property(callStory, fc.integer(), (story, weather) => {
      const calm = endingOf(playStory(story, CALM));
      const storm = endingOf(playStory(story, { ...STORM, seed: weather }));
      expect(storm).toEqual(calm);
    }),
    { numRuns: calls, seed },
  );
}
