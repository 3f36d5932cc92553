// The words of one call that somebody asks for, which nobody wanted written down at its time: they come, and who asks for
// what cannot be had is told why.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openProviderServer } from '#tests/platform/speech/provider-server.ts';
import { copyCall, makeCall } from '#tests/support/copied-call.ts';
import { openTown } from '#tests/support/town.ts';
import { decodeGlobalId } from '#values/global-id.ts';

const provider = await openProviderServer();
const town = await openTown({ env: provider.env('openai') });
const { accountId } = town;
const { prisma } = town.server.platform.db;
// no transcription: the worker stays out of it until a person asks
const tracker = await town.tracker({ recording: true });
town.business(tracker).is('answer', { say: 'garage-door' });

const REQUEST = `mutation($input: RequestTranscriptionInput!) { requestTranscription(input: $input) {
  requested userErrors { code message field } } }`;
const READ = `query($id: ID!) { node(id: $id) { ... on Call {
  recording { redaction url } transcript { state engine segments { text } } } } }`;
// each channel is sent by itself
const BOTH = [{ text: 'hello there' }, { text: 'hello there' }];
type Copy = Awaited<ReturnType<typeof copyCall>>;

let made: string;
let companyId: string;
let copy: Copy;
const says = (input: object) =>
  town.ask(
    'mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) { userErrors { message } } }',
    { input: { companyId, ...input } },
  );
beforeAll(async () => {
  companyId = (await town.ask('{ companies(first: 1) { nodes { id } } }')).companies.nodes[0].id;
  await says({ thirdPartyTranscription: true });
  made = await makeCall(town, tracker);
});
beforeEach(async () => {
  provider.answers({ json: { text: 'hello there' } });
  copy = await copyCall(town, made);
});

const asked = async ({ call }: Copy = copy) => {
  const { data } = await town.answer(REQUEST, { input: { companyId, callId: call.id } });
  return data.requestTranscription;
};
const reasons = async (of: Copy = copy) => {
  const { requested, userErrors } = await asked(of);
  expect(requested).toBeNull();
  for (const { code, field } of userErrors) {
    expect({ code, field }).toEqual({ code: 'WRONG_STATE', field: ['callId'] });
  }
  return userErrors.map(({ message }: { message: string }) => message);
};
const read = async ({ call }: Copy = copy, key?: string) =>
  (await town.answer(READ, { id: call.id }, key)).data.node;
const isReady = (of: Copy = copy) =>
  town.until('it is written down', async () => (await read(of)).transcript?.state === 'READY');

describe('a recording that nobody asked words of', () => {
  it('is written down when its call is named, once, and heard by others again once it is', async () => {
    expect(await read()).toMatchObject({ recording: { redaction: 'NONE' }, transcript: null });
    const listener = await town.keyWith(['calls:read', 'transcripts:read']);
    const begun = Promise.withResolvers<void>();
    const heard = Promise.withResolvers<void>();
    provider.answers(async () => {
      begun.resolve();
      await heard.promise;
      return { json: { text: 'hello there' } };
    });
    expect(await asked()).toEqual({ requested: 1, userErrors: [] });
    await begun.promise;
    // it is under way, and not begun twice
    expect(await asked()).toEqual({ requested: 0, userErrors: [] });
    expect(await read(copy, listener)).toMatchObject({
      recording: { redaction: 'PENDING', url: null },
      transcript: { state: 'WAITING' },
    });
    heard.resolve();
    await isReady();
    expect(await read(copy, listener)).toMatchObject({
      recording: { redaction: 'CLEAR', url: expect.any(String) },
      transcript: { engine: 'openai', segments: BOTH },
    });
    const subject = `call:${decodeGlobalId(copy.call.id)?.id}`;
    expect(
      await prisma.auditEntry.count({
        where: { accountId, action: 'requestTranscription', subject },
      }),
    ).toBe(1);
    expect(await reasons()).toEqual([expect.stringContaining('already')]);
  });

  it('is left alone while only its company is named', async () => {
    const { data } = await town.answer(REQUEST, { input: { companyId } });
    expect(data.requestTranscription).toEqual({ requested: 0, userErrors: [] });
    expect(await read()).toMatchObject({ recording: { redaction: 'NONE' }, transcript: null });
  });

  it('is not begun while its first job waits: the recording brought that with it', async () => {
    const where = { id: copy.recordingId };
    await prisma.recording.updateMany({ where, data: { redaction: 'PENDING' } });
    expect(await asked()).toEqual({ requested: 0, userErrors: [] });
    expect((await read()).transcript).toBeNull();
  });
});

describe('who asks for words that are not to be had', () => {
  it.each([
    ['FETCHING', 'not stored yet'],
    ['FAILED', 'did not come'],
    ['DELETED', 'was deleted'],
    ['EXPIRED', 'was deleted'],
  ] as const)('of a recording that is %s is told so', async (state, reason) => {
    await prisma.recording.updateMany({ where: { id: copy.recordingId }, data: { state } });
    expect(await reasons()).toEqual([expect.stringContaining(reason)]);
  });

  it('of a call that was not recorded is told so, and of both recordings where neither is to be had', async () => {
    const recording = await prisma.recording.findFirstOrThrow({ where: { id: copy.recordingId } });
    await prisma.recording.update({
      where: { accountId_id: { accountId, id: copy.recordingId } },
      data: { state: 'FAILED' },
    });
    await prisma.recording.create({
      data: {
        ...{ accountId, callId: recording.callId, companyId: recording.companyId },
        ...{ id: crypto.randomUUID(), kind: 'VOICEMAIL', state: 'DELETED' },
        startedAt: recording.startedAt,
      },
    });
    expect(await reasons()).toEqual([
      expect.stringContaining('recording of the call did not come'),
      expect.stringContaining('voicemail was deleted'),
    ]);
    await prisma.recording.deleteMany({ where: { accountId, callId: recording.callId } });
    expect(await reasons()).toEqual(['It was not recorded.']);
  });

  it('against the company’s switch, or in a language that its engine does not know, is told so', async () => {
    await says({ callTranscription: false });
    expect(await reasons()).toEqual([expect.stringContaining('callTranscription switched off')]);
    await says({ callTranscription: true, thirdPartyTranscription: false, speechLanguage: 'es' });
    // the provider knows it: the switch alone stands in the way
    expect(await asked()).toEqual({
      requested: null,
      userErrors: [
        {
          ...{ code: 'AI_PROCESSING_NOT_ALLOWED', field: ['callId'] },
          message: expect.stringMatching(/updateCompany\(thirdPartyTranscription: true\)/),
        },
      ],
    });
    expect(await read()).toMatchObject({ recording: { redaction: 'NONE' }, transcript: null });
    await says({ thirdPartyTranscription: true });
    expect(await asked()).toEqual({ requested: 1, userErrors: [] });
    await isReady();
    await says({ speechLanguage: null });
  });

  it('of another company’s call, or without the rights, gets nothing', async () => {
    const ask = async (input: object, key?: string) => town.answer(REQUEST, { input }, key);
    const callId = copy.call.id;
    const reader = await town.keyWith(['calls:read', 'transcripts:read']);
    const forbidden = await ask({ companyId, callId }, reader);
    expect(forbidden.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const { key } = await town.stranger();
    const { companies } = (await town.answer('{ companies(first: 1) { nodes { id } } }', {}, key))
      .data;
    for (const of of [companyId, companies.nodes[0].id]) {
      const { data } = await ask({ companyId: of, callId }, key);
      expect(data.requestTranscription.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
  });
});
