// What an edit makes known is silenced in the sound as well, what was read in the old words goes, and partners are told the
// old words no more.
import { expect, it } from 'vitest';
import { expectedWords } from '#domains/intelligence/index.ts';
import { transcribeHandler } from '#domains/transcripts/transcription/transcribe.ts';
import { mirrorWebhooks } from '#domains/webhooks/reactions.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import type { TranscriptionProvider } from '#platform/speech/index.ts';
import { openReceiver } from '#tests/domains/webhooks/post-office.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown({ env: { WEBHOOK_ALLOW_HOSTS: '127.0.0.1' } });
const { platform } = town.server;
const { prisma } = platform.db;
const tracker = await town.tracker({ recording: true });
town.business(tracker).is('answer', { say: 'garage-door' });

const speech: TranscriptionProvider = {
  ...{ id: 'scripted', model: 'none', host: null, detectsLanguage: false },
  stop: async () => {},
  transcribe: async () => ({
    segments: [
      {
        ...{ channel: 1, startMs: 500, endMs: 2_000, uncertain: false, words: [] },
        text: 'What are the three digits on the gate?',
      },
      {
        ...{ channel: 0, startMs: 2_500, endMs: 4_000, uncertain: false, words: [] },
        text: 'It is 456.',
      },
    ],
    ...{ engine: 'scripted', model: 'none', language: 'en', wordTimes: 'estimated' },
    ...{ audioSeconds: 8, channels: 2 },
  }),
};

it('an edit that makes a number known silences it', async () => {
  const partner = await openReceiver();
  const query = '{ ... on TranscriptEvent { call { transcript { segments { text } } } } }';
  await town.ask(
    'mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { userErrors { message } } }',
    { input: { url: partner.url, eventTypes: ['TRANSCRIPT_READY'], query } },
  );
  const caller = town.caller();
  caller.dials(tracker, { say: 'garage-door' });
  const { call } = await town.sees('CALL_RECORDING_READY', (e) => e.call.from === caller.from);
  const { id: recordingId } = await prisma.recording.findFirstOrThrow({
    where: { state: 'READY', call: { from: caller.from } },
  });
  const { accountId } = town;
  await transcribeHandler({ ...platform, expectedWords, speech, remoteSpeech: null }).run(
    { accountId, recordingId },
    { id: 'try', attempt: 1, signal: new AbortController().signal },
  );
  const read = async () =>
    (
      await town.ask(
        `query($id: ID!) { node(id: $id) { ... on Call { recording { redaction }
           transcript { redactionVersion segments { id text } } } } }`,
        { id: call.id },
      )
    ).node;
  const before = await read();
  expect(before.recording.redaction).toBe('CLEAR');
  const { id: transcriptId } = await prisma.transcript.findFirstOrThrow({ where: { recordingId } });
  await prisma.insightRun.create({
    data: {
      ...{ accountId, id: crypto.randomUUID(), transcriptId, key: transcriptId, edits: 0 },
      ...{ engine: 'old', model: 'old', promptVersion: '1', dropped: 0, at: new Date() },
    },
  });

  await town.until('the partner was told', () => partner.letters[0]);
  const told = async () => JSON.stringify(await prisma.webhookBody.findMany());
  await town.until('what was told is kept', async () => (await told()).includes('456'));

  const { editTranscriptSegment } = await town.ask(
    `mutation($input: EditTranscriptSegmentInput!) { editTranscriptSegment(input: $input) {
       userErrors { code message } } }`,
    {
      input: {
        segmentId: before.transcript.segments[0].id,
        text: 'What are the three digits on the back?',
      },
    },
  );
  expect(editTranscriptSegment.userErrors).toEqual([]);
  expect((await read()).recording.redaction).not.toBe('CLEAR');
  await town.until('the sound follows', async () => {
    return (await read()).recording.redaction === 'MUTED';
  });
  const { transcript } = await read();
  expect(transcript.segments[1].text).toBe('It is [CVV].');
  expect(transcript.redactionVersion).toBe(before.transcript.redactionVersion);
  expect(await prisma.insightRun.count({ where: { transcriptId, engine: 'old' } })).toBe(0);

  await town.until('what was told is forgotten', async () => !(await told()).includes('456'));
  const again = await town.until('the partner is told what is left', () => partner.letters[1]);
  expect(again.body).toContain('[CVV]');

  // a past transcript that is redacted again loses words too, without an edit
  await town.until('that is kept', async () => (await told()).includes('[CVV]'));
  const mirror = mirrorWebhooks({ clock: platform.clock, written: () => {} });
  const ready = await platform.events.page({ accountId, after: null, limit: 200, filter: {} });
  const event = ready.events.find(({ type }) => type === 'transcript.ready') as StoredEvent;
  const write = (isPast: boolean) =>
    platform.db.transaction((tx) =>
      mirror.write(tx, [
        { ...event, id: `9-9-${Number(isPast)}`, payload: { ...event.payload, isPast } },
      ]),
    );
  await write(false);
  expect(await told()).toContain('[CVV]');
  await write(true);
  expect(await told()).not.toContain('[CVV]');
});
