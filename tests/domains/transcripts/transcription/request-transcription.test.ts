// A provider that fails is asked again for about a day; what was given up all the same is tried again when a person asks.
import { expect, it } from 'vitest';
import { expectedWords } from '#domains/intelligence/index.ts';
import { transcribeRemotelyJob } from '#domains/transcripts/index.ts';
import { transcribeRemotelyHandler } from '#domains/transcripts/transcription/transcribe.ts';
import { createMoonshine, SpeechError } from '#platform/speech/index.ts';
import { openProviderServer } from '#tests/platform/speech/provider-server.ts';
import { openTown } from '#tests/support/town.ts';

const provider = await openProviderServer();
const town = await openTown({ env: provider.env('openai') });
const { platform } = town.server;
const { prisma } = platform.db;
// transcription is asked for by hand below, so that the worker stays out of it until a person asks
const tracker = await town.tracker({ recording: true });
town.business(tracker).is('answer', { say: 'garage-door' });

const REQUEST = `mutation($input: RequestTranscriptionInput!) { requestTranscription(input: $input) {
  requested userErrors { code field } } }`;
const REFUSED = { requested: null, userErrors: [{ code: 'WRONG_STATE', field: ['callId'] }] };

it('a provider is asked again for about a day', async () => {
  const { rows } = await platform.db.pool.query(
    `select retry_limit as tries, retry_delay as first, retry_delay_max as most, retry_backoff as grows
       from pgboss.queue where name = $1`,
    [transcribeRemotelyJob.name],
  );
  const [{ tries, first, most, grows }] = rows;
  expect(grows).toBe(true);
  const pauses = Array.from({ length: tries }, (_, n) => Math.min(most, first * 2 ** n));
  const hours = pauses.reduce((sum, one) => sum + one, 0) / 3_600;
  expect(hours).toBeGreaterThan(20);
  expect(hours).toBeLessThan(30);
});

it('what was given up is tried again when a person asks, and its sound opens with the words', async () => {
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  const companyId = companies.nodes[0].id;
  const says = (input: object) =>
    town.ask(
      'mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) { userErrors { message } } }',
      { input: { companyId, ...input } },
    );
  const caller = town.caller();
  caller.dials(tracker, { say: 'garage-door' });
  const { call } = await town.sees('CALL_RECORDING_READY', (e) => e.call.from === caller.from);
  const { id: recordingId, accountId } = await prisma.recording.findFirstOrThrow({
    where: { call: { from: caller.from } },
  });
  // as its tracker would have it
  await prisma.recording.updateMany({ where: { id: recordingId }, data: { redaction: 'PENDING' } });
  await says({ thirdPartyTranscription: true });
  const speech = createMoonshine();
  const { giveUp } = transcribeRemotelyHandler({
    ...platform,
    expectedWords,
    speech,
    remoteSpeech: null,
  });
  const refused = new SpeechError('PROVIDER_UNAUTHORIZED', 'It answers 401.');
  expect(await giveUp?.({ accountId, recordingId }, refused)).toBe('failed');
  const read = async () => {
    const query = `query($id: ID!) { node(id: $id) { ... on Call {
      recording { redaction } transcript { state failure engine } } } }`;
    return (await town.ask(query, { id: call.id })).node;
  };
  expect(await read()).toMatchObject({
    recording: { redaction: 'FAILED' },
    transcript: { state: 'FAILED', failure: 'PROVIDER_UNAUTHORIZED' },
  });

  const request = (input: object, key?: string) =>
    town.answer(REQUEST, { input: { companyId, ...input } }, key);
  const asked = async (input: object) => (await request(input)).data.requestTranscription;
  const reader = await town.keyWith(['calls:read', 'transcripts:read']);
  expect((await request({}, reader)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  const { key } = await town.stranger();
  expect((await request({}, key)).data.requestTranscription.userErrors).toMatchObject([
    { code: 'NOT_FOUND' },
  ]);
  await says({ callTranscription: false });
  expect(await asked({})).toEqual({ requested: 0, userErrors: [] });
  expect(await asked({ callId: call.id })).toEqual(REFUSED);
  await says({ callTranscription: true });

  provider.answers({ json: { text: 'hello there' } });
  expect(await asked({})).toEqual({ requested: 1, userErrors: [] });
  await town.until('it is heard', async () => (await read()).transcript.state === 'READY');
  expect(await read()).toMatchObject({
    recording: { redaction: 'CLEAR' },
    transcript: { failure: null, engine: 'openai' },
  });
  expect(await asked({})).toEqual({ requested: 0, userErrors: [] });
  expect(await asked({ callId: call.id })).toEqual(REFUSED);
});
