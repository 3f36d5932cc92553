// A request for words that did not come: it is heard also while the job that failed is ending, and it begins with what failed
// first.
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { expectedWords } from '#domains/intelligence/index.ts';
import { transcribeJob } from '#domains/transcripts/index.ts';
import { transcribeRemotelyHandler } from '#domains/transcripts/transcription/transcribe.ts';
import { SpeechError } from '#platform/speech/index.ts';
import { openProviderServer } from '#tests/platform/speech/provider-server.ts';
import { copyCall } from '#tests/support/copied-call.ts';
import { openTown } from '#tests/support/town.ts';
import { decodeGlobalId } from '#values/global-id.ts';

const provider = await openProviderServer();
const town = await openTown({ env: provider.env('openai') });
const { accountId } = town;
const { platform } = town.server;
const { prisma } = platform.db;
const tracker = await town.tracker({ recording: true });
town.business(tracker).is('answer', { say: 'garage-door' });
const { giveUp } = transcribeRemotelyHandler({
  ...{ ...platform, expectedWords },
  ...{ speech: provider.provider('openai'), remoteSpeech: null },
});

let made: string;
let companyId: string;
beforeAll(async () => {
  companyId = (await town.ask('{ companies(first: 1) { nodes { id } } }')).companies.nodes[0].id;
  await town.ask(
    'mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) { userErrors { message } } }',
    { input: { companyId, thirdPartyTranscription: true } },
  );
  const caller = town.caller();
  caller.dials(tracker, { say: 'garage-door' });
  const ready = await town.sees('CALL_RECORDING_READY', (e) => e.call.from === caller.from);
  made = ready.call.id;
  await town.endedCall(caller.from);
});
beforeEach(() => provider.answers({ json: { text: 'hello there' } }));

type Copy = Awaited<ReturnType<typeof copyCall>>;
const asked = async (input: object = {}) => {
  const { requestTranscription } = await town.ask(
    `mutation($input: RequestTranscriptionInput!) { requestTranscription(input: $input) {
       requested userErrors { code } } }`,
    { input: { companyId, ...input } },
  );
  expect(requestTranscription.userErrors).toEqual([]);
  return requestTranscription.requested;
};
const fails = ({ recordingId }: Copy, reason: SpeechError['reason'] = 'PROVIDER_UNAUTHORIZED') =>
  giveUp?.({ accountId, recordingId }, new SpeechError(reason, 'It was not written down.'));
const transcriptOf = ({ recordingId }: Copy) =>
  prisma.transcript.findFirst({ where: { recordingId } });
const isReady = (of: Copy) =>
  town.until('it is written down', async () => (await transcriptOf(of))?.state === 'READY');

it('is heard while the job before has not ended', async () => {
  const copy = await copyCall(town, made);
  await fails(copy);
  // the first request's job asks the provider, which answers when the second one has been heard
  let requests = 0;
  provider.answers(async () => {
    requests += 1;
    if (requests === 1) {
      await fails(copy);
      expect(await asked({ callId: copy.call.id })).toBe(1);
      await isReady(copy);
    }
    return { json: { text: 'hello there' } };
  });
  expect(await asked({ callId: copy.call.id })).toBe(1);
  await isReady(copy);
});

it('is heard while a job of the recording waits to be put away', async () => {
  const copy = await copyCall(town, made);
  await fails(copy);
  const { recordingId } = copy;
  await platform.db.transaction((tx) =>
    platform.jobs.enqueue(
      tx,
      transcribeJob,
      { accountId, recordingId },
      { singletonKey: recordingId, startAfter: new Date(Date.now() + 3_600_000) },
    ),
  );
  expect(await asked({ callId: copy.call.id })).toBe(1);
  await isReady(copy);
});

it('begins with what failed first, and passes over what is broken itself unless its call is named', async () => {
  const [late, early, broken] = [
    await copyCall(town, made),
    await copyCall(town, made),
    await copyCall(town, made),
  ];
  await fails(broken, 'AUDIO_CORRUPT');
  await fails(late);
  await fails(early);
  // in no order of their ids
  for (const [copy, at] of [
    [early, '2030-01-01T00:00:00Z'],
    [late, '2030-01-02T00:00:00Z'],
  ] as const) {
    await prisma.transcript.updateMany({
      where: { recordingId: copy.recordingId },
      data: { finishedAt: new Date(at) },
    });
  }
  expect(await asked()).toBe(2);
  const subjects = [early, late].map(({ call }) => `call:${decodeGlobalId(call.id)?.id}`);
  const audited = await prisma.auditEntry.findMany({
    where: { accountId, action: 'requestTranscription', subject: { in: subjects } },
    orderBy: { id: 'asc' },
  });
  expect(audited.map(({ subject }) => subject)).toEqual(subjects);
  await isReady(early);
  await isReady(late);
  expect(await transcriptOf(broken)).toMatchObject({ state: 'FAILED' });
  expect(await asked()).toBe(0);
  expect(await asked({ callId: broken.call.id })).toBe(1);
  await isReady(broken);
});
