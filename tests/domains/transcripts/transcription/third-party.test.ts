// Recordings leave this server only where their company said so; what they are given to, and what came of that, stands on
// the transcript. The provider is a real one over HTTP, whose server stands here.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectedWords } from '#domains/intelligence/index.ts';
import {
  transcribeHandler,
  transcribeRemotelyHandler,
} from '#domains/transcripts/transcription/transcribe.ts';
import {
  createMoonshine,
  SpeechError,
  type TranscriptionProvider,
} from '#platform/speech/index.ts';
import { openProviderServer, type Told } from '#tests/platform/speech/provider-server.ts';
import { copyCall, makeCall } from '#tests/support/copied-call.ts';
import { openTown } from '#tests/support/town.ts';

const provider = await openProviderServer();
const town = await openTown({
  env: provider.env('openai', { SPEECH_PROVIDER_REGION: 'Frankfurt' }),
});
const { platform } = town.server;
// transcription is asked for by hand below, so that the worker's own engines stay out of it
const tracker = await town.tracker({ recording: true });
town.business(tracker).is('answer', { say: 'garage-door' });
const host = new URL(provider.url).host;

const here: string[] = [];
/** Stands for the engine inside this server: it remembers what it was given. */
const embedded: TranscriptionProvider = {
  ...{ id: 'embedded', model: 'none', host: null, detectsLanguage: false },
  stop: async () => {},
  async transcribe(file) {
    here.push(file);
    return {
      segments: [],
      ...{ engine: 'embedded', model: 'none', language: null, wordTimes: 'estimated' },
      ...{ audioSeconds: 1, channels: 2 },
    };
  },
};

type Slice = Parameters<typeof transcribeHandler>[0];
const sliceWith = (changes: Partial<Slice>): Slice => ({
  ...{ ...platform, expectedWords, speech: embedded, remoteSpeech: provider.provider('openai') },
  ...changes,
});
const handler = (changes: Partial<Slice> = {}) => transcribeRemotelyHandler(sliceWith(changes));
const job = { id: 'try', attempt: 1, signal: new AbortController().signal };
const run = (changes: Partial<Slice> = {}) =>
  handler(changes).run({ accountId: town.accountId, recordingId }, job);

const says = async (input: object) => {
  const { updateCompany } = await town.ask(
    `mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) {
       company { thirdPartyTranscription speechLanguage } userErrors { field message } } }`,
    { input: { companyId: company, ...input } },
  );
  return updateCompany;
};
const transcript = async () => {
  const { data } = await town.answer(
    `query($id: ID!) { node(id: $id) { ... on Call { transcript {
       state failure engine model sentTo language languageSource isEdited segments { text } } } } }`,
    { id: callId },
  );
  return data.node.transcript;
};

/** the one call that is made; each test has one like it */
let made: string;
let company: string;
let callId: string;
let recordingId: string;
beforeAll(async () => {
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  company = companies.nodes[0].id;
  made = await makeCall(town, tracker);
});
beforeEach(async () => {
  here.length = 0;
  provider.answers({ json: { text: 'hello there', language: 'english' } });
  const copy = await copyCall(town, made);
  callId = copy.call.id;
  recordingId = copy.recordingId;
  await says({ thirdPartyTranscription: false, speechLanguage: null });
});

describe('a recording', () => {
  it('stays here while its company has not said otherwise', async () => {
    expect(await run()).toBe('transcribed');
    expect(here).toHaveLength(1);
    expect(provider.heard).toEqual([]);
    expect(await transcript()).toMatchObject({
      ...{ state: 'READY', engine: 'embedded', sentTo: null },
      ...{ language: null, languageSource: 'NOT_SUPPORTED' },
    });
  });

  it('goes to the provider once it has, and the transcript says to whom', async () => {
    const { company: now } = await says({ thirdPartyTranscription: true });
    expect(now.thirdPartyTranscription).toBe(true);
    expect(await run()).toBe('transcribed');
    expect(here).toEqual([]);
    expect(provider.heard).toHaveLength(2);
    expect(await transcript()).toMatchObject({
      ...{ state: 'READY', engine: 'openai', model: 'whisper-1', sentTo: host },
      ...{ language: 'en', languageSource: 'DETECTED' },
    });
  });

  it('stays here where the server has no provider, whatever the company says', async () => {
    await says({ thirdPartyTranscription: true });
    expect(await run({ remoteSpeech: null })).toBe('transcribed');
    expect(await transcript()).toMatchObject({ engine: 'embedded', sentTo: null });
  });

  it('waits for the provider beside those that the engine inside hears, among others', async () => {
    await says({ thirdPartyTranscription: true });
    const about = { accountId: town.accountId, recordingId };
    expect(await transcribeHandler(sliceWith({})).run(about, job)).toBe('sent on');
    expect(here).toEqual([]);
    // by the worker's own provider
    await town.until('it is heard', async () => (await transcript())?.state === 'READY');
    expect(await transcript()).toMatchObject({ engine: 'openai', sentTo: host });
    expect(handler().concurrency).toBeGreaterThan(1);
    await says({ thirdPartyTranscription: false });
    expect(await transcribeHandler(sliceWith({})).run(about, job)).toBe('already-done');
  });

  it('goes nowhere where calls are not to be transcribed at all', async () => {
    await says({ thirdPartyTranscription: true, callTranscription: false });
    expect(await run()).toBe('switched off');
    expect([...here, ...provider.heard]).toEqual([]);
    await says({ callTranscription: true });
  });
});

describe('a provider that fails', () => {
  const fails = async (told: Told) => {
    await says({ thirdPartyTranscription: true });
    provider.answers(told);
  };

  /** What the job comes to when its last try has failed too. */
  const fail = async () => {
    const error = await run().catch((thrown: unknown) => thrown);
    return handler().giveUp?.({ accountId: town.accountId, recordingId }, error);
  };
  it('to the last is told of with its reason, and no other engine stands in for it', async () => {
    await fails({ status: 401, body: 'sk-of-the-speech-provider' });
    expect(await fail()).toBe('failed');
    expect(here).toEqual([]);
    expect(await transcript()).toMatchObject({
      ...{ state: 'FAILED', failure: 'PROVIDER_UNAUTHORIZED', sentTo: host, engine: 'openai' },
    });
    await town.sees(
      'TRANSCRIPT_FAILED',
      (e) => e.call.id === callId && e.reason === 'PROVIDER_UNAUTHORIZED',
    );
    expect(JSON.stringify(town.logged)).not.toContain('sk-of-the-speech-provider');
  });

  it.each([
    [429, 'PROVIDER_BUSY'],
    [401, 'PROVIDER_UNAUTHORIZED'],
    [400, 'PROVIDER_REFUSED'],
  ])('with %i is asked again, and given up with its last reason', async (status, reason) => {
    await fails({ status, body: '' });
    await expect(run()).rejects.toMatchObject({ reason });
    expect(await transcript()).toMatchObject({ state: 'TRANSCRIBING', sentTo: host });
    expect(await fail()).toBe('failed');
    expect(await transcript()).toMatchObject({ state: 'FAILED', failure: reason });
  });

  it('once answers the next time', async () => {
    await fails({ status: 500, body: '' });
    await expect(run()).rejects.toBeInstanceOf(SpeechError);
    provider.answers({ json: { text: 'hello there' } });
    expect(await run()).toBe('transcribed');
    expect(await transcript()).toMatchObject({ state: 'READY', languageSource: 'NOT_TOLD' });
  });

  it('in the middle is sent no part again that it had heard', async () => {
    await says({ thirdPartyTranscription: true });
    provider.answers((_heard, n) =>
      n === 1 ? { json: { text: 'my card is 4242 4242' } } : { status: 500, body: '' },
    );
    await expect(run()).rejects.toBeInstanceOf(SpeechError);
    expect(provider.heard).toHaveLength(2);
    const of = { where: { transcript: { recordingId } } };
    const [kept, ...others] = await platform.db.prisma.heardPart.findMany(of);
    expect([kept?.sealed, others]).toEqual([expect.not.stringContaining('4242'), []]);
    provider.answers({ json: { text: 'hello there' } });
    expect([await run(), provider.heard.length]).toEqual(['transcribed', 1]);
    const said = (await transcript()).segments.map(({ text }: { text: string }) => text);
    expect(said.sort()).toEqual(['hello there', expect.stringContaining('my card is')]);
    expect(await platform.db.prisma.heardPart.count(of)).toBe(0);
  });

  it('and is switched off meanwhile gets no more; that it was given the recording stands there', async () => {
    await fails({ status: 503, body: '' });
    await expect(run()).rejects.toBeInstanceOf(SpeechError);
    await says({ thirdPartyTranscription: false });
    provider.answers();
    expect(await run()).toBe('transcribed');
    expect(provider.heard).toEqual([]);
    expect(await transcript()).toMatchObject({ engine: 'embedded', sentTo: host });
  });
});

describe('the language that a company declares', () => {
  it('is believed', async () => {
    const { company: now } = await says({ thirdPartyTranscription: true, speechLanguage: 'ES-mx' });
    expect(now.speechLanguage).toBe('es-MX');
    expect(await run()).toBe('transcribed');
    expect(provider.heard[0]?.fields).toContainEqual(['language', 'es']);
    expect(await transcript()).toMatchObject({ language: 'es-MX', languageSource: 'DECLARED' });
  });

  it('that the embedded engine does not know is no reason to make English of it', async () => {
    await says({ speechLanguage: 'es' });
    const speech = createMoonshine();
    expect(await run({ speech })).toBe('failed');
    expect(speech.childPid).toBeUndefined();
    expect(await transcript()).toMatchObject({
      ...{ state: 'FAILED', failure: 'LANGUAGE_UNSUPPORTED', sentTo: null, segments: [] },
    });
    await speech.stop();
  });

  it('has to be one', async () => {
    const { data } = await town.answer(
      'mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) { userErrors { code field } } }',
      { input: { companyId: company, speechLanguage: 'not a language' } },
    );
    expect(data.updateCompany.userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
  });
});

it('everybody may know whom recordings go to, without the key', async () => {
  const { data } = await town.answer(
    '{ transcriptionProvider { engine model host region detectsLanguage } }',
    {},
    await town.keyWith(['calls:read']),
  );
  expect(data.transcriptionProvider).toEqual({
    ...{ engine: 'openai', model: 'whisper-1', host, region: 'Frankfurt', detectsLanguage: true },
  });
});
