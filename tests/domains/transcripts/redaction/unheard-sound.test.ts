// A card that was asked for and that nobody could write down: the sound of it goes, also on recordings that older rules have
// released, and what was read in their words stays.
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { expectedWords, forgetReadings } from '#domains/intelligence/index.ts';
import { repeatRedactionHandler } from '#domains/transcripts/redaction/repeat-redaction.ts';
import {
  REDACTION_VERSION,
  UNHEARD_VERSION,
} from '#domains/transcripts/redaction/rules/redact-classes.ts';
import { transcribeHandler } from '#domains/transcripts/transcription/transcribe.ts';
import type { TranscriptionProvider } from '#platform/speech/index.ts';
import { copyCall, makeCall } from '#tests/support/copied-call.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const { platform } = town.server;
const { prisma } = platform.db;
const { accountId } = town;
const tracker = await town.tracker({ recording: true });
town.business(tracker).is('answer', { say: 'garage-door' });
const job = { id: 'try', attempt: 1, signal: new AbortController().signal };

const said = (channel: number, startMs: number, text: string, uncertain = false) => ({
  ...{ channel, startMs, endMs: startMs + 1_500, text, uncertain, words: [] },
});
const speech: TranscriptionProvider = {
  ...{ id: 'scripted', model: 'none', host: null, detectsLanguage: false },
  stop: async () => {},
  transcribe: async () => ({
    segments: [said(1, 500, 'What is your card number?'), said(0, 2_500, answer, isUnsure)],
    ...{ engine: 'scripted', model: 'none', language: null, wordTimes: 'estimated' },
    ...{ audioSeconds: 8, channels: 2 },
  }),
};
const transcribe = async () => {
  const slice = { ...platform, expectedWords, speech, remoteSpeech: null };
  expect(await transcribeHandler(slice).run({ accountId, recordingId }, job)).toBe('transcribed');
};
const again = async () => {
  const { id: transcriptId } = await prisma.transcript.findFirstOrThrow({ where: { recordingId } });
  const slice = { ...platform, forgetReadings };
  return repeatRedactionHandler(slice).run({ accountId, transcriptId }, job);
};
const read = async () => {
  const { node } = await town.ask(
    `query($id: ID!) { node(id: $id) { ... on Call { recording { redaction }
       transcript { redactions redactionVersion segments { text } } } } }`,
    { id: callId },
  );
  return node;
};
const row = () => prisma.recording.findFirstOrThrow({ where: { id: recordingId } });
const fileOf = async () => (await row()).storageKey;
const told = async () => {
  const { callId: id } = await row();
  return prisma.event.count({
    where: { accountId, type: 'transcript.ready', subject: `call:${id}` },
  });
};

let made: string;
let callId: string;
let recordingId: string;
let answer: string;
let isUnsure: boolean;
beforeAll(async () => {
  made = await makeCall(town, tracker);
});
beforeEach(async () => {
  const copy = await copyCall(town, made);
  callId = copy.call.id;
  recordingId = copy.recordingId;
});

it('is silent on the recording that is heard, and no number of redactions', async () => {
  [answer, isUnsure] = ['[unclear]', true];
  await transcribe();
  expect(await read()).toMatchObject({
    recording: { redaction: 'MUTED' },
    transcript: { redactions: 0, segments: [{}, { text: '[unclear]' }] },
  });
  expect(await again()).toBe('up to date');
});

it('is made silent where older rules let it be heard, once, and tells of no new words', async () => {
  [answer, isUnsure] = ['for tea sick sand eight', false];
  await transcribe();
  const before = await read();
  expect(before.recording.redaction).toBe('CLEAR');
  const count = await told();
  const file = await fileOf();
  expect(count).toBe(1);
  await prisma.transcriptSegment.updateMany({
    where: { accountId, transcript: { recordingId }, n: 1 },
    data: { uncertain: true },
  });
  // the worker's own look leaves it to this test
  const redactionRetryAt = new Date('2100-01-01');
  const older = { redactionVersion: UNHEARD_VERSION - 1, redactionRetryAt };
  await prisma.transcript.updateMany({ where: { recordingId }, data: older });
  expect(await again()).toBe('muted');
  const { recording, transcript } = await read();
  expect(recording.redaction).toBe('MUTED');
  expect(await fileOf()).not.toBe(file);
  expect(transcript).toMatchObject({
    ...{ segments: before.transcript.segments, redactionVersion: REDACTION_VERSION },
  });
  expect(await told()).toBe(count);
  expect(await again()).toBe('up to date');
});
