// A call that is erased, as its caller may ask for: recorded, written down, searched, told to a partner. Afterwards no
// table and no file of the server knows the number or a word that was said, and nothing that comes late brings it back.
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { insertClaims } from '#domains/attribution/store-claims.ts';
import { fetchRecordingJob } from '#domains/calls/index.ts';
import { erasuresJobHandlers } from '#domains/erasures/index.ts';
import { drawInsightsJob, findTermsJob, spotKeywordsJob } from '#domains/intelligence/index.ts';
import { transcribeJob } from '#domains/transcripts/index.ts';
import { turnedClock } from '#platform/clock/index.ts';
import { newId } from '#platform/ids/index.ts';
import { loadKeys } from '#sandbox/webhooks/keys.ts';
import { findTraces, spellingsOf } from '#tests/support/find-traces.ts';
import { openTown, SANDBOX_KEY } from '#tests/support/town.ts';
import { decodeGlobalId } from '#values/global-id.ts';
import { type Data, openApi } from '../../demo/api.ts';

const town = await openTown({ speed: 20, env: { WEBHOOK_ALLOW_HOSTS: '127.0.0.1' } });
const { platform } = town.server;
const { prisma } = platform.db;
const { accountId, sandbox } = town;
const storage = join(platform.config.DATA_DIR, 'storage');
const from = '+12065550143';
// recognition makes a little more or less of one word from run to run
const KEYWORDS = ['goodbye', 'tomorrow', 'appointment', 'garage'].map((text) => ({ text }));
const TEXTS = [...spellingsOf(from), 'bluebird', 'spring', 'stuck'];

const ERASE = `mutation($input: EraseCallInput!) { eraseCall(input: $input) {
  erasure { id callId state completedAt requestedBy { kind }
    erased { recordings transcripts leads carrierEvents consentEntries webhookDeliveries } }
  userErrors { code field message } } }`;
const RECEIPT = `query($id: ID!) { node(id: $id) { ... on Erasure { state completedAt callId } } }`;
const EVENTS = `events { type ... on CallEvent { call { id from } } ... on TranscriptEvent { call { from } }
  ... on KeywordEvent { call { from } hits { quote } } ... on LeadEvent { lead { phoneNumbers } } }`;

const erase = async (callId: string, more: object = {}, key?: string) => {
  const answer = await town.answer(ERASE, { input: { callId, ...more } }, key);
  return answer.errors ? answer : answer.data.eraseCall;
};
// what lies in the carrier's own folder is the carrier's
const traces = () =>
  findTraces(platform.db, { folder: platform.config.DATA_DIR, except: ['carrier'] }, TEXTS);

let tracker: Awaited<ReturnType<typeof town.tracker>>;
let call: { id: string; callId: string };
let recording: { id: string; storageKey: string | null; carrierRecordingId: string | null };
let transcriptId: string;
let told = 0;

beforeAll(async () => {
  const partner = createServer((request, response) => {
    // a receiver that repeats what it is told, so that the log of its answers knows it too
    request.pipe(response);
    told += 1;
  });
  await once(partner.listen(0, '127.0.0.1'), 'listening');
  afterAll(() => void partner.close());
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  await town.ask(
    `mutation($input: CreateKeywordSetInput!) { createKeywordSet(input: $input) {
       userErrors { code message field } } }`,
    {
      input: { companyId: companies.nodes[0].id, name: 'Booked', keywords: KEYWORDS },
    },
  );
  await town.ask(
    `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
       userErrors { code message field } } }`,
    {
      input: {
        url: `http://127.0.0.1:${(partner.address() as AddressInfo).port}/`,
        eventTypes: ['CALL_ENDED', 'LEAD_CREATED', 'TRANSCRIPT_READY', 'CONSENT_CHANGED'],
        query: `{ id type ... on CallEvent { call { id from lead { phoneNumbers } } }
          ... on LeadEvent { lead { phoneNumbers } } ... on ConsentEvent { consent { phoneNumber } }
          ... on TranscriptEvent { call { from transcript { segments { text } } } } }`,
      },
    },
  );
  tracker = await town.tracker({ recording: true, transcription: true });
  town.business(tracker).is('answer', { say: 'garage-door' });
  town.caller(from).dials(tracker, { say: 'garage-door', callerName: 'BLUEBIRD FAN' });
  const ringing = await town.sees('CALL_RINGING', (e) => e.call.from === from);
  const early = await erase(ringing.call.id);
  expect(early.userErrors).toMatchObject([{ code: 'WRONG_STATE', field: ['callId'] }]);
  const spotted = await town.sees('KEYWORD_SPOTTED');
  await town.sees('INSIGHT_READY');
  call = { id: ringing.call.id, callId: decodeGlobalId(ringing.call.id)?.id ?? '' };
  // a browser says that it is this caller's
  const { companyId } = await prisma.call.findFirstOrThrow({ where: { id: call.callId } });
  const [visitorId, at] = [newId(), new Date()];
  const seen = { firstSeenAt: at, lastSeenAt: at };
  await prisma.visitor.create({ data: { accountId, companyId, id: visitorId, ...seen } });
  const visitor = { accountId, companyId, visitorId, at };
  await insertClaims(prisma, platform.secrets, visitor, [{ kind: 'PHONE', value: from }]);
  expect(await prisma.visitorClaim.count()).toBe(1);
  expect(spotted).toBeTruthy();
  await town.ask(
    `mutation($input: UpdateCallInput!) { updateCall(input: $input) { userErrors { code } } }`,
    { input: { callId: call.id, note: 'Ask for Bluebird at (206) 555-0143.' } },
  );
  await town.ask(
    `mutation($input: RecordConsentInput!) { recordConsent(input: $input) { userErrors { message } } }`,
    {
      input: {
        ...{
          companyId: companies.nodes[0].id,
          phoneNumber: from,
          kind: 'OPT_IN',
          source: 'VERBAL',
        },
        evidence: { shownText: 'Bluebird may be texted.' },
      },
    },
  );
  await town.until('the partner was told', () => told >= 4);
  recording = await prisma.recording.findFirstOrThrow({ where: { callId: call.callId } });
  const found = await prisma.transcript.findFirstOrThrow({ where: { callId: call.callId } });
  transcriptId = found.id;
  await town.until('every delivery is in the log', async () => {
    const open = await prisma.webhookDelivery.count({ where: { state: 'PENDING' } });
    return open === 0;
  });
}, 180_000);

const atCarrier = async () => {
  const { status } = await fetch(`${sandbox.url}/v2/recordings/${recording.carrierRecordingId}`, {
    headers: { authorization: `Bearer ${SANDBOX_KEY}` },
  });
  return status === 200;
};
const completed = (id: string) =>
  town.until('the erasure is completed', async () => {
    const { node } = await town.ask(RECEIPT, { id });
    return node.state === 'COMPLETED' ? node : null;
  });

// one story: each part begins where the one before ended
describe('a call', { shuffle: false, timeout: 90_000 }, () => {
  it('is erased in every place that knew it, and the receipt says so', async () => {
    const file = join(storage, recording.storageKey ?? '');
    expect(existsSync(file) && (await atCarrier())).toBe(true);
    // the search does find: in each of the places where such things stand
    expect(await traces()).toEqual(
      expect.arrayContaining(
        [
          'call.from_number',
          'consent.number',
          'consent_entry.shown_text',
          'carrier_event.body',
          'interaction.note',
          'lead.name',
          'lead_identity.value',
          'search_document.said',
          'search_document.words',
          'search_word.word',
          'transcript_segment.text',
          'transcript_segment.words',
          'webhook_attempt.response',
          'webhook_body.body',
        ].map((place) => `public.${place}`),
      ),
    );
    const stranger = await town.stranger();
    expect((await erase(call.id, {}, stranger.key)).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    const reader = await town.keyWith(['calls:read']);
    expect((await erase(call.id, {}, reader)).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);

    sandbox.faults([{ command: 'DELETE /v2/recordings/:id', times: 1_000, status: 503 }]);
    const { erasure, userErrors } = await erase(call.id, { idempotencyKey: 'forget-me' });
    expect(await prisma.visitorClaim.count()).toBe(0);
    expect(userErrors).toEqual([]);
    expect(erasure).toMatchObject({
      ...{ callId: call.id, state: 'PENDING', completedAt: null, requestedBy: { kind: 'KEY' } },
      erased: {
        ...{ recordings: 1, transcripts: 1, leads: 1 },
        ...{ consentEntries: 1, webhookDeliveries: 4 },
      },
    });
    expect(erasure.erased.carrierEvents).toBeGreaterThan(3);
    // gone from the database at once; the sound follows when the carrier can be asked
    expect(await traces()).toEqual([]);
    sandbox.faults([]);
    await completed(erasure.id);
    expect(existsSync(file) || (await atCarrier())).toBe(false);
    await town.sees('ERASURE_COMPLETED');

    for (const more of [{ idempotencyKey: 'forget-me' }, {}]) {
      expect((await erase(call.id, more)).erasure.id).toBe(erasure.id);
    }
    const entries = await prisma.auditEntry.findMany({ where: { action: 'eraseCall' } });
    expect(entries).toMatchObject([
      { subject: `call:${call.callId}`, actor: expect.stringMatching(/^key:/) },
    ]);
    const { erasures } = await town.ask(
      'query($ids: [ID!]) { erasures(filter: { callIds: $ids }) { totalCount nodes { id } } }',
      { ids: [call.id] },
    );
    expect(erasures).toEqual({ totalCount: 1, nodes: [{ id: erasure.id }] });
    expect(await traces()).toEqual([]);
  });

  it('is nothing to those who read again what was told of it', async () => {
    const ids = { ids: [call.id] };
    const { events } = await town.ask(
      `query($ids: [ID!]) { events(filter: { callIds: $ids }) { nodes { type cursor ... on CallEvent { call { from } } } } }`,
      ids,
    );
    expect(events.nodes.length).toBeGreaterThan(5);
    expect(events.nodes.filter((one: Data) => one.call)).toEqual([]);
    const api = openApi(town.server.url, town.key);
    onTestFinished(() => api.close());
    const after = events.nodes[0].cursor;
    const replayed: Data[] = [];
    for await (const { events: event } of api.follow(
      EVENTS.replace('events', 'subscription($after: Cursor) { events(after: $after)').concat(' }'),
      { after },
    )) {
      replayed.push(event);
      if (event.type === 'ERASURE_COMPLETED') break;
    }
    expect(replayed.length).toBeGreaterThan(5);
    expect(JSON.stringify(replayed)).not.toContain(from);
    const { webhookDeliveries } = await town.ask(
      '{ webhookDeliveries(first: 10) { nodes { id body erasedAt attempts { response } } } }',
    );
    expect(webhookDeliveries.nodes).toHaveLength(4);
    for (const one of webhookDeliveries.nodes) {
      expect(one).toMatchObject({ body: null, erasedAt: expect.any(String) });
      const answer = await town.answer(
        `mutation($input: ReplayWebhookDeliveriesInput!) { replayWebhookDeliveries(input: $input) {
           count userErrors { code } } }`,
        { input: { deliveryIds: [one.id] } },
      );
      expect(answer.data?.replayWebhookDeliveries).toEqual({ count: 0, userErrors: [] });
    }
    const { calls, node, leads } = await town.ask(
      'query($id: ID!) { calls { totalCount } node(id: $id) { id } leads { totalCount } }',
      { id: call.id },
    );
    expect({ calls, node, leads }).toEqual({
      ...{ calls: { totalCount: 0 }, node: null, leads: { totalCount: 0 } },
    });
  });

  it('does not come back by webhooks that come late, nor by jobs that were cut off', async () => {
    const keys = loadKeys(join(platform.config.DATA_DIR, 'carrier'));
    const deliveries = sandbox
      .deliveries()
      .filter(({ webhook }) => JSON.stringify(webhook).includes(from));
    expect(deliveries.length).toBeGreaterThan(3);
    const post = async (webhook: object) => {
      const body = JSON.stringify({ data: webhook, meta: { attempt: 2 } });
      const headers = keys.signWebhook(body, Math.floor(Date.now() / 1_000));
      const url = deliveries[0]?.attempts[0]?.url ?? '';
      return (await fetch(url, { method: 'POST', headers, body })).status;
    };
    const before = await prisma.carrierEvent.count();
    for (const { webhook } of deliveries) {
      expect(await post(webhook)).toBe(200);
      // and as one that never arrived
      expect(await post({ ...webhook, id: newId() })).toBe(200);
    }
    expect(await post({ ...deliveries[0]?.webhook, id: newId(), event_type: 'call.cost' })).toBe(
      200,
    );
    await town.until('all of it is settled', async () => {
      const waiting = await prisma.carrierEvent.count({ where: { state: 'RECEIVED' } });
      return waiting === 0;
    });
    expect(await prisma.carrierEvent.count()).toBe(before + deliveries.length + 1);

    // a try that was killed between the file and its row
    const stray = join(storage, `recordings/${accountId}/${recording.id}/heard.wav`);
    mkdirSync(dirname(stray), { recursive: true });
    for (const path of [stray, `${stray}.${newId()}.part`]) writeFileSync(path, `RIFF ${from}`);
    const ofRecording = { accountId, recordingId: recording.id };
    await platform.db.transaction(async (tx) => {
      await platform.jobs.enqueue(tx, fetchRecordingJob, ofRecording);
      await platform.jobs.enqueue(tx, transcribeJob, ofRecording);
      await platform.jobs.enqueue(tx, spotKeywordsJob, { accountId, transcriptId });
      await platform.jobs.enqueue(tx, drawInsightsJob, { accountId, transcriptId });
      await platform.jobs.enqueue(tx, findTermsJob, { accountId, transcriptId });
    });
    await town.until('they have ended', async () => {
      const { rows } = await platform.db.pool.query<{ open: number }>(
        `select count(*)::int as open from pgboss.job
          where name = any($1) and state in ('created', 'retry', 'active')`,
        [
          [fetchRecordingJob, transcribeJob, spotKeywordsJob, drawInsightsJob, findTermsJob].map(
            ({ name }) => name,
          ),
        ],
      );
      return rows[0]?.open === 0;
    });
    expect(await prisma.call.count()).toBe(0);
    expect(await traces()).toEqual([]);
    expect(existsSync(stray)).toBe(false);
  });

  it('with a lead that has other calls leaves the lead, scored by them', async () => {
    const quiet = await town.tracker();
    town.business(quiet).is('answer');
    const caller = town.caller();
    const dial = async (nth: number) => {
      caller.dials(quiet, { say: [] });
      const ended = () =>
        town.seen((e) => e.type === 'CALL_ENDED' && e.call?.from === caller.from)[nth];
      return (await town.until('the call has ended', ended)).call.id as string;
    };
    const first = await dial(0);
    const second = await dial(1);
    await town.ask(
      'mutation($input: UpdateCallInput!) { updateCall(input: $input) { userErrors { code } } }',
      { input: { callId: first, leadStatus: 'GOOD_LEAD' } },
    );
    expect((await town.call(second)).leadStatus).toBe('PREVIOUSLY_MARKED_GOOD_LEAD');
    const { erasure } = await erase(first);
    expect(erasure.erased).toMatchObject({ leads: 0 });
    expect(await town.call(second)).toMatchObject({
      leadStatus: 'NOT_SCORED',
      lead: { status: 'NOT_SCORED' },
    });
    await completed(erasure.id);

    // as if the carrier had been out of reach until the job gave up
    const id = decodeGlobalId(erasure.id)?.id ?? '';
    await prisma.erasure.updateMany({
      where: { id },
      data: { state: 'PENDING', completedAt: null },
    });
    const resume = (ms: number) => {
      const clock = turnedClock(new Date(Date.now() + ms));
      const [, handler] = erasuresJobHandlers({ ...platform, clock });
      return handler.run({}, { id: 'try', attempt: 1, signal: new AbortController().signal });
    };
    expect(await resume(0)).toBe('0 taken up');
    expect(await resume(2 * 3_600_000)).toBe('1 taken up');
    await completed(erasure.id);
  });
});
