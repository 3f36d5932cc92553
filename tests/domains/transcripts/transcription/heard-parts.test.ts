// What a provider heard in parts is kept until its transcript is settled, and no longer: whatever becomes of the recording,
// and whichever try comes late.
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { expectedWords } from '#domains/intelligence/index.ts';
import { transcribeRemotelyHandler } from '#domains/transcripts/transcription/transcribe.ts';
import { turnedClock } from '#platform/clock/index.ts';
import { NotYet } from '#platform/jobs/index.ts';
import { SpeechError } from '#platform/speech/index.ts';
import { openProviderServer } from '#tests/platform/speech/provider-server.ts';
import { copyCall } from '#tests/support/copied-call.ts';
import { openTown } from '#tests/support/town.ts';

const provider = await openProviderServer();
const town = await openTown({ env: provider.env('openai') });
const { platform } = town.server;
const { prisma } = platform.db;
// transcription is asked for by hand below, so that the worker's own engines stay out of it
const tracker = await town.tracker({ recording: true });
town.business(tracker).is('answer', { say: 'garage-door' });
const host = new URL(provider.url).host;

const clock = turnedClock(new Date('2026-12-01T12:00:00Z'));
const { run, giveUp } = transcribeRemotelyHandler({
  ...{ ...platform, expectedWords, clock },
  // no test lets a recording stay here
  speech: provider.provider('openai'),
  remoteSpeech: provider.provider('openai', {}, { mostSeconds: 2 }),
});
const REST_MS = 15 * 60_000;
const job = { id: 'try', attempt: 1, signal: new AbortController().signal };

let made: string;
let companyId: string;
let call: { id: string };
let about: { accountId: string; recordingId: string };
const says = (input: object) =>
  town.ask(
    'mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) { userErrors { message } } }',
    { input: { companyId, ...input } },
  );
const kept = () =>
  prisma.heardPart.count({ where: { transcript: { recordingId: about.recordingId } } });
const transcript = async () => {
  const query = `query($id: ID!) { node(id: $id) { ... on Call {
    transcript { state failure sentTo } } } }`;
  return (await town.ask(query, { id: call.id })).node.transcript;
};
const deleteIt = async () => {
  const { deleteRecording } = await town.ask(
    'mutation($input: DeleteRecordingInput!) { deleteRecording(input: $input) { userErrors { message } } }',
    { input: { callId: call.id, kind: 'CALL' } },
  );
  expect(deleteRecording.userErrors).toEqual([]);
};

beforeAll(async () => {
  companyId = (await town.ask('{ companies(first: 1) { nodes { id } } }')).companies.nodes[0].id;
  await says({ thirdPartyTranscription: true, deleteTranscriptsWithRecordings: false });
  const caller = town.caller();
  caller.dials(tracker, { say: 'garage-door' });
  const ready = await town.sees('CALL_RECORDING_READY', (e) => e.call.from === caller.from);
  made = ready.call.id;
  await town.endedCall(caller.from);
});
beforeEach(async () => {
  const copy = await copyCall(town, made);
  call = copy.call;
  about = { accountId: town.accountId, recordingId: copy.recordingId };
});

const hearsOnlyOne = () =>
  provider.answers((_heard, n) =>
    n === 1 ? { json: { text: 'my card is 4242 4242' } } : { status: 500, body: '' },
  );

it.each([
  ['comes again', () => run(about, job)],
  ['is given up', () => giveUp?.(about, null)],
])('goes when its recording was deleted meanwhile and the job %s', async (_when, ends) => {
  hearsOnlyOne();
  await expect(run(about, job)).rejects.toBeInstanceOf(SpeechError);
  expect(await kept()).toBe(1);
  await deleteIt();
  expect(await ends()).toBe('gone');
  expect(await kept()).toBe(0);
  // to whom it was given stands there, and whoever waits for words is told that none come
  expect(await transcript()).toEqual({
    ...{ state: 'FAILED', failure: 'RECORDING_MISSING', sentTo: host },
  });
  await town.sees(
    'TRANSCRIPT_FAILED',
    (e) => e.call.id === call.id && e.reason === 'RECORDING_MISSING',
  );
});

it('of a call that was written down before its recording was deleted changes nothing', async () => {
  provider.answers({ json: { text: 'hello there' } });
  expect(await run(about, job)).toBe('transcribed');
  await deleteIt();
  expect(await run(about, job)).toBe('gone');
  expect(await transcript()).toMatchObject({ state: 'READY', failure: null });
});

it.each(['written down', 'deleted'])(
  'is not kept by a try that comes late, beside a transcript that was %s by then',
  async (end) => {
    const other = async () => {
      if (end === 'deleted') {
        await prisma.transcript.delete({ where: { accountId_recordingId: about } });
        return;
      }
      expect(await run(about, job)).toBe('transcribed');
    };
    let asked = 0;
    provider.answers(async () => {
      asked += 1;
      if (asked > 1) return { json: { text: 'hello there' } };
      await other();
      // what follows the late part fails, so that its try settles nothing
      provider.answers({ status: 500, body: '' });
      return { json: { text: 'my card is 4242 4242' } };
    });
    await expect(run(about, job)).rejects.toBeInstanceOf(SpeechError);
    expect(await kept()).toBe(0);
  },
);

it.each([
  ['with what is no answer', { body: '{"text": "he' }],
  ['by saying nothing more', 'cut'],
] as const)(
  'a provider that fails %s is paid for three tries and no more, whatever came between',
  async (_how, told) => {
    const reason = 'PROVIDER_ANSWER_INVALID';
    provider.answers(told);
    await expect(run(about, job)).rejects.toMatchObject({ reason });
    clock.advance(REST_MS);
    provider.answers({ status: 500, body: '' });
    await expect(run(about, job)).rejects.toMatchObject({ reason: 'PROVIDER_FAILED' });
    provider.answers(told);
    await expect(run(about, job)).rejects.toMatchObject({ reason });
    clock.advance(REST_MS);
    expect(await run(about, job)).toBe('failed');
    expect(await transcript()).toMatchObject({ state: 'FAILED', failure: reason });
    expect(await kept()).toBe(0);
  },
);

it('of a provider that hears more with every try is not lost, however many tries that takes', async () => {
  const reason = 'PROVIDER_ANSWER_INVALID';
  provider.answers((_heard, n) => (n % 2 === 1 ? { json: { text: `part ${n}` } } : 'cut'));
  for (let tries = 1; tries <= 4; tries += 1) {
    await expect(run(about, job)).rejects.toMatchObject({ reason });
    clock.advance(REST_MS);
  }
  const sent = provider.heard.length;
  provider.answers({ json: { text: 'hello there' } });
  expect([sent, await run(about, job)]).toEqual([8, 'transcribed']);
});

it('outlasts what answers in its provider’s place for a quarter of an hour: nothing is sent meanwhile', async () => {
  provider.answers({ body: '<html>We are back soon.</html>' });
  await expect(run(about, job)).rejects.toBeInstanceOf(SpeechError);
  clock.advance(REST_MS - 1);
  for (let tries = 1; tries <= 3; tries += 1) {
    await expect(run(about, job)).rejects.toBeInstanceOf(NotYet);
  }
  expect(provider.heard).toHaveLength(1);
  provider.answers({ json: { text: 'hello there' } });
  clock.advance(1);
  expect(await run(about, job)).toBe('transcribed');
});
