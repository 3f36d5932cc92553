// Nobody picks up: the caller leaves a message, which is stored, written down by the real engine and redacted.
import { expect, it } from 'vitest';
import { openTown } from '#tests/support/town.ts';

const town = await openTown({ speed: 10 });
const tracker = await town.tracker({ voicemail: true, transcription: true, ringSeconds: 5 });

it('a voicemail is a recording of one channel with a transcript of the caller’s words', {
  timeout: 60_000,
}, async () => {
  town.business(tracker).is('no-answer');
  const caller = town.caller();
  caller.dials(tracker, { afterBeep: 'voicemail-message' });
  const call = await town.endedCall(caller.from);
  expect(call).toMatchObject({ outcome: 'VOICEMAIL', talkSeconds: null, recording: null });
  expect(call.steps.map((step: { name: string }) => step.name)).toEqual([
    'ring',
    'dial',
    'voicemail-greeting',
    'voicemail',
  ]);
  await town.sees('TRANSCRIPT_READY', (e) => e.call.id === call.id);
  const { voicemail, transcript } = await town.call(call.id);
  expect(voicemail).toMatchObject({ state: 'READY', channels: 1 });
  expect(voicemail.durationSeconds).toBeGreaterThan(2);
  expect(transcript).toMatchObject({ state: 'READY', failure: null });
  const speakers = transcript.segments.map((segment: { speaker: string }) => segment.speaker);
  expect(new Set(speakers)).toEqual(new Set(['CALLER']));
});
