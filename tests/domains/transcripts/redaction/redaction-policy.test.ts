// A company's wishes for redaction: what it wants out is out before anything reads the words; wanting more reaches the past,
// with its sound; what was heard is kept only where it wants that, and every look at it is written down.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectedWords, forgetReadings } from '#domains/intelligence/index.ts';
import { keepRedactionHandler } from '#domains/transcripts/redaction/keep-redaction.ts';
import { repeatRedactionHandler } from '#domains/transcripts/redaction/repeat-redaction.ts';
import { REDACTION_VERSION } from '#domains/transcripts/redaction/rules/redact-classes.ts';
import { transcribeHandler } from '#domains/transcripts/transcription/transcribe.ts';
import type { TranscriptionProvider } from '#platform/speech/index.ts';
import { copyCall, makeCall } from '#tests/support/copied-call.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const { platform } = town.server;
const { prisma } = platform.db;
const tracker = await town.tracker({ recording: true });
town.business(tracker).is('answer', { say: 'garage-door' });

const SAID = 'My name is Robert Hill, I have asthma, and my card is 4242 4242 4242 4242.';
const speech: TranscriptionProvider = {
  id: 'scripted',
  model: 'none',
  host: null,
  detectsLanguage: false,
  stop: async () => {},
  transcribe: async () => ({
    segments: [{ channel: 0, startMs: 500, endMs: 2_500, text: SAID, uncertain: false, words: [] }],
    engine: 'scripted',
    model: 'none',
    language: 'en',
    wordTimes: 'estimated',
    audioSeconds: 8,
    channels: 2,
  }),
};
const job = { id: 'try', attempt: 1, signal: new AbortController().signal };

const change = async (input: object) => {
  const { updateCompany } = await town.ask(
    `mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) {
       company { redactionClasses keepRawTranscripts } userErrors { code field } } }`,
    { input: { companyId: company, ...input } },
  );
  return updateCompany;
};
const REVEAL = `mutation($input: RevealRawTranscriptInput!) { revealRawTranscript(input: $input) {
  segments { speaker text startMs } userErrors { code field } } }`;
const reveal = (key?: string) =>
  town.answer(REVEAL, { input: { callId: call.id, kind: 'CALL' } }, key);
const looks = async () => {
  const { auditLog } = await town.ask('{ auditLog(first: 50) { nodes { action subjectId } } }');
  return auditLog.nodes.filter((one: { action: string }) => one.action === 'revealRawTranscript');
};
const transcribe = async () => {
  const about = { accountId: town.accountId, recordingId };
  const slice = { ...platform, expectedWords, speech, remoteSpeech: null };
  expect(await transcribeHandler(slice).run(about, job)).toBe('transcribed');
  return prisma.transcript.findFirstOrThrow({ where: about });
};
const read = async () => {
  const { node } = await town.ask(
    `query($id: ID!) { node(id: $id) { ... on Call { recording { redaction sha256 }
       transcript { redactions redactionClasses redactionVersion segments { text } } } } }`,
    { id: call.id },
  );
  return { ...node, text: node.transcript.segments[0].text };
};
const sweep = () => keepRedactionHandler(platform).run({}, job);
const again = (transcriptId: string) =>
  repeatRedactionHandler({ ...platform, forgetReadings }).run(
    { accountId: town.accountId, transcriptId },
    job,
  );

/** the one call that is made; each test has one like it */
let made: string;
let company: string;
let call: { id: string };
let recordingId: string;
beforeAll(async () => {
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  company = companies.nodes[0].id;
  made = await makeCall(town, tracker);
});
beforeEach(async () => {
  ({ call, recordingId } = await copyCall(town, made));
  await change({ redactionClasses: [], keepRawTranscripts: false });
});

describe('what a company wants out', () => {
  it('is out, beside what always is, and the transcript says so', async () => {
    const asked = { redactionClasses: ['MEDICAL', 'PERSONAL'] };
    expect((await change(asked)).company.redactionClasses).toEqual([
      'SECURE',
      'PERSONAL',
      'MEDICAL',
    ]);
    await transcribe();
    expect(await read()).toMatchObject({
      text: 'My name is [NAME], I have [MEDICAL], and my card is [CARD_NUMBER].',
      transcript: {
        redactionClasses: ['SECURE', 'PERSONAL', 'MEDICAL'],
        redactionVersion: REDACTION_VERSION,
        redactions: 3,
      },
    });
  });

  it('reaches the past, text and sound, once', async () => {
    const { id } = await transcribe();
    const before = await read();
    expect(before.text).toBe(
      'My name is Robert Hill, I have asthma, and my card is [CARD_NUMBER].',
    );
    expect(await again(id)).toBe('up to date');

    await change({ redactionClasses: ['PERSONAL'] });
    await sweep();
    await town.until('it is redacted again', async () => (await read()).text.includes('[NAME]'));
    const after = await read();
    expect(after).toMatchObject({
      text: 'My name is [NAME], I have asthma, and my card is [CARD_NUMBER].',
      recording: { redaction: 'MUTED' },
      transcript: { redactionClasses: ['SECURE', 'PERSONAL'], redactions: 2 },
    });
    expect(await again(id)).toBe('up to date');
  });

  it('does not come back when less is wanted', async () => {
    await change({ redactionClasses: ['MEDICAL'] });
    const { id } = await transcribe();
    await change({ redactionClasses: [] });
    expect(await again(id)).toBe('up to date');
    expect((await read()).text).toContain('[MEDICAL]');
  });

  it('holds for what people write into a transcript, and for what they corrected before', async () => {
    const { id } = await transcribe();
    const correct = async (text: string) => {
      const { node } = await town.ask(
        'query($id: ID!) { node(id: $id) { ... on Call { transcript { segments { id } } } } }',
        { id: call.id },
      );
      const [segment] = node.transcript.segments;
      const answer = await town.ask(
        `mutation($input: EditTranscriptSegmentInput!) { editTranscriptSegment(input: $input) {
           userErrors { code message } } }`,
        { input: { segmentId: segment.id, text } },
      );
      expect(answer.editTranscriptSegment.userErrors).toEqual([]);
    };
    await correct('My name is Robert Hill, I have a cold.');
    await change({ redactionClasses: ['PERSONAL'] });
    await correct('My name is Robert Hill, I had a cold.');
    expect((await read()).text).toBe('My name is [NAME], I had a cold.');
    expect(JSON.stringify(await prisma.transcriptRevision.findMany())).not.toContain('Robert');
    // the worker does the same at this moment: who comes second finds that it changed
    await town.until('done', async () => (await again(id).catch(() => '')) === 'up to date');
    expect((await read()).text).toBe('My name is [NAME], I had a cold.');
  });

  it('is found by newer rules too, also where the sound is lost', async () => {
    const { id } = await transcribe();
    const where = { accountId_id: { accountId: town.accountId, id } };
    await prisma.transcriptSegment.updateMany({
      where: { transcriptId: id },
      data: { text: 'my card is 4242 4242 4242 4242', words: [] },
    });
    await prisma.transcript.update({ where, data: { redactionVersion: 1 } });
    const { storageKey } = await prisma.recording.findFirstOrThrow({ where: { id: recordingId } });
    await platform.storage.remove(storageKey ?? '');
    expect(await again(id)).toBe('redacted');
    expect(await read()).toMatchObject({
      text: 'my card is [CARD_NUMBER]',
      recording: { redaction: 'FAILED' },
      transcript: { redactionVersion: REDACTION_VERSION },
    });
  });
});

describe('what was heard', () => {
  it('is not kept unless the company wants it', async () => {
    const { id: transcriptId } = await transcribe();
    expect(await prisma.rawTranscript.count({ where: { transcriptId } })).toBe(0);
    const { data } = await reveal();
    expect(data.revealRawTranscript).toEqual({
      segments: null,
      userErrors: [{ code: 'WRONG_STATE', field: ['callId'] }],
    });
    const ofThis = (one: { subjectId: string }) => one.subjectId === call.id;
    expect((await looks()).filter(ofThis)).toEqual([]);
  });

  it('is kept sealed, shown to who may see it, and every look is written down', async () => {
    await change({ keepRawTranscripts: true });
    const { id: transcriptId } = await transcribe();
    const { sealed } = await prisma.rawTranscript.findFirstOrThrow({ where: { transcriptId } });
    expect(sealed).not.toMatch(/Robert|4242/);

    const seen = (await looks()).length;
    const { data } = await reveal();
    expect(data.revealRawTranscript).toEqual({
      segments: [{ speaker: 'CALLER', text: SAID, startMs: 500 }],
      userErrors: [],
    });
    await reveal();
    expect((await looks()).length).toBe(seen + 2);

    const narrow = await town.keyWith(['calls:read', 'transcripts:read', 'settings:read']);
    expect((await reveal(narrow)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const { key } = await town.stranger();
    const other = await reveal(key);
    expect(JSON.stringify(other)).not.toContain('Robert');
    expect((await looks()).length).toBe(seen + 2);
  });

  it('goes with its transcript, and when the company wants it no more', async () => {
    await change({ keepRawTranscripts: true });
    const { id: transcriptId } = await transcribe();
    await change({ keepRawTranscripts: false });
    expect((await reveal()).data.revealRawTranscript.segments).toBeNull();
    await sweep();
    expect(await prisma.rawTranscript.count({ where: { transcriptId } })).toBe(0);

    await change({ keepRawTranscripts: true });
    await prisma.transcript.delete({
      where: { accountId_id: { accountId: town.accountId, id: transcriptId } },
    });
    const second = await transcribe();
    await prisma.transcript.delete({
      where: { accountId_id: { accountId: town.accountId, id: second.id } },
    });
    expect(await prisma.rawTranscript.count({ where: { transcriptId: second.id } })).toBe(0);
  });

  it('is what a later redaction begins with', async () => {
    await change({ keepRawTranscripts: true });
    const { id } = await transcribe();
    await change({ redactionClasses: ['MEDICAL'] });
    expect(await again(id)).toBe('redacted');
    expect(await read()).toMatchObject({
      text: 'My name is Robert Hill, I have [MEDICAL], and my card is [CARD_NUMBER].',
      transcript: { redactions: 2 },
    });
    expect((await reveal()).data.revealRawTranscript.segments[0].text).toBe(SAID);
  });
});
