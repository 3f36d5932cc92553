// Recordings in other languages than English, from a provider over HTTP: their numbers are taken out of words, index and
// sound, also of those that were written down before, and each transcript says whether its words for numbers are known.
import { beforeEach, expect, it } from 'vitest';
import { expectedWords, forgetReadings } from '#domains/intelligence/index.ts';
import { repeatRedactionHandler } from '#domains/transcripts/redaction/repeat-redaction.ts';
import { REDACTION_VERSION } from '#domains/transcripts/redaction/rules/redact-classes.ts';
import { transcribeRemotelyHandler } from '#domains/transcripts/transcription/transcribe.ts';
import { openProviderServer } from '#tests/platform/speech/provider-server.ts';
import { copyCall, makeCall } from '#tests/support/copied-call.ts';
import { openTown } from '#tests/support/town.ts';

const provider = await openProviderServer();
const town = await openTown({ env: provider.env('openai', {}) });
const { platform, accountId } = { ...town.server, accountId: town.accountId };
const { prisma } = platform.db;
const tracker = await town.tracker({ recording: true });
town.business(tracker).is('answer', { say: 'garage-door' });
const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
const [company] = companies.nodes;
const job = { id: 'try', attempt: 1, signal: new AbortController().signal };

const change = (input: object) =>
  town.ask(
    `mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) { userErrors { message } } }`,
    { input: { companyId: company.id, ...input } },
  );
const hear = async (json: object) => {
  provider.answers({ json });
  const speech = provider.provider('openai');
  const slice = { ...platform, expectedWords, speech, remoteSpeech: speech };
  expect(await transcribeRemotelyHandler(slice).run({ accountId, recordingId }, job)).toBe(
    'transcribed',
  );
};
const read = async () => {
  const { node } = await town.ask(
    `query($id: ID!) { node(id: $id) { ... on Call { recording { redaction } transcript {
       language numberWordsKnown redactionClasses redactionVersion segments { id text } } } } }`,
    { id: callId },
  );
  const { transcript, recording } = node;
  return { ...transcript, ...recording, text: transcript.segments[0].text };
};

let made = '';
let callId: string;
let recordingId: string;
beforeEach(async () => {
  made ||= await makeCall(town, tracker);
  const copy = await copyCall(town, made);
  callId = copy.call.id;
  recordingId = copy.recordingId;
  await change({ thirdPartyTranscription: true, speechLanguage: null });
});

const CARD = 'Es la cuatro cinco tres nueve catorce ochenta y ocho, y el código 123.';
const HIDDEN = 'Es la [DIGITS], y el código [DIGITS].';

it('what is heard in Spanish, or declared so, is hidden in words, index and sound', async () => {
  await hear({ text: CARD, language: 'spanish' });
  expect(await read()).toMatchObject({
    ...{ language: 'es', numberWordsKnown: true, redactionClasses: ['SECURE'] },
    ...{ text: HIDDEN, redaction: 'MUTED' },
  });
  const found = await prisma.$queryRaw`
    select 1 from search_document
     where concat_ws(' ', said, words) like any(array['%ochenta%', '%123%'])`;
  expect(found).toEqual([]);

  const copy = await copyCall(town, made);
  [callId, recordingId] = [copy.call.id, copy.recordingId];
  await change({ speechLanguage: 'es-MX' });
  await hear({ text: CARD });
  expect(await read()).toMatchObject({ language: 'es-MX', text: HIDDEN, redaction: 'MUTED' });
});

it('what is spoken in a language whose words are not known says so', async () => {
  await hear({ text: 'Numer karty: cztery pięć 4539.', language: 'polish' });
  expect(await read()).toMatchObject({
    ...{ language: 'pl', numberWordsKnown: false, redaction: 'MUTED' },
    text: 'Numer karty: cztery pięć [DIGITS].',
  });
});

it.each([
  [CARD, HIDDEN, false],
  [
    'Yes, I have got 15 of them and that is what you need for the kitchen.',
    'Yes, I have got 15 of them and that is what you need for the kitchen.',
    true,
  ],
])('where nobody tells the language, %s is judged by its words', async (text, left, known) => {
  await hear({ text });
  expect(await read()).toMatchObject({ language: null, text: left, numberWordsKnown: known });
});

it('what was written down before is looked through again, and what people write, too', async () => {
  await hear({ text: 'Buenos días.', language: 'spanish' });
  const transcript = await prisma.transcript.findFirstOrThrow({
    where: { accountId, recordingId },
  });
  const { id: transcriptId } = transcript;
  const where = { accountId, transcriptId };
  await prisma.transcriptSegment.updateMany({ where, data: { text: CARD, words: [] } });
  // the worker's own look leaves it to this test
  const redactionRetryAt = new Date('2100-01-01');
  const older = { redactionVersion: REDACTION_VERSION - 1, redactionRetryAt };
  await prisma.transcript.updateMany({ where: { accountId, id: transcriptId }, data: older });
  const again = repeatRedactionHandler({ ...platform, forgetReadings });
  expect(await again.run({ accountId, transcriptId }, job)).toBe('redacted');
  const { segments, ...now } = await read();
  expect(now).toMatchObject({
    text: HIDDEN,
    redaction: 'MUTED',
    redactionVersion: REDACTION_VERSION,
  });

  const { editTranscriptSegment } = await town.ask(
    `mutation($input: EditTranscriptSegmentInput!) { editTranscriptSegment(input: $input) {
       transcript { segments { text } } userErrors { message } } }`,
    { input: { segmentId: segments[0].id, text: 'Es la ocho seis siete, gracias.' } },
  );
  expect(editTranscriptSegment.userErrors).toEqual([]);
  expect(editTranscriptSegment.transcript.segments[0].text).toBe('Es la [DIGITS], gracias.');
});
