// Nobody picks up: the caller leaves a message, which is stored, written down by the real engine and redacted. It is
// followed live by those whose call it is, and by nobody else.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRinging } from '#domains/calls/events.ts';
import { transcriptReady } from '#domains/transcripts/events.ts';
import { openTown } from '#tests/support/town.ts';
import { decodeGlobalId } from '#values/global-id.ts';
import { type Api, type Data, openApi } from '../../demo/api.ts';

const town = await openTown({ speed: 10 });
const { platform } = town.server;
const tracker = await town.tracker({ voicemail: true, transcription: true, ringSeconds: 5 });
const stranger = await town.stranger();
const { otherCompanyId, neighbour } = await companyBeside();

/** A second company of the account, and a key that is kept to it. */
async function companyBeside() {
  const { createCompany } = await town.ask(
    `mutation { createCompany(input: { name: "Beside" }) {
       company { id } userErrors { code message field } } }`,
  );
  const { id } = createCompany.company;
  const { createApiKey } = await town.ask(
    `mutation($id: ID!) { createApiKey(input: { name: "Beside", companyIds: [$id],
       scopes: [CALLS_READ, TRANSCRIPTS_READ] }) { secret userErrors { code message field } } }`,
    { id },
  );
  return { otherCompanyId: decodeGlobalId(id)?.id ?? '', neighbour: createApiKey.secret as string };
}

const apis: Api[] = [];
afterAll(() => apis.forEach((api) => void api.close()));

/** Follows a subscription and keeps what it told. */
function follow(key: string, subscription: string, variables: object = {}) {
  const told: Data[] = [];
  const api = openApi(town.server.url, key);
  apis.push(api);
  const pump = async () => {
    for await (const data of api.follow(subscription, variables)) told.push(...Object.values(data));
  };
  const ended = pump();
  // a refusal is looked at by those who expect one; the others would wait in vain
  ended.catch(() => {});
  return { told, ended };
}

/**
 * An event that each of these followers is told of: what was appended before it they have then been told, or never will
 * be. It tells of no call of theirs, so they see null.
 */
async function mark(followers: { told: Data[] }[], callId: string): Promise<void> {
  const before = followers.map(({ told }) => told.length);
  const places = [
    { accountId: town.accountId, companyId: town.companyId },
    { accountId: town.accountId, companyId: otherCompanyId },
    { accountId: stranger.accountId, companyId: null },
  ];
  const event = { subject: `call:${callId}`, subjectVersion: 1_000, occurredAt: new Date() };
  const ready = { transcriptId: randomUUID(), segments: 0, redactions: 0 };
  for (const { accountId, companyId } of places) {
    const gone = { callId: randomUUID() };
    await platform.db.transaction((tx) =>
      platform.events.append(tx, accountId, [
        { ...event, companyId, definition: callRinging, payload: gone },
        { ...event, companyId, definition: transcriptReady, payload: { ...gone, ...ready } },
      ]),
    );
  }
  await town.until('the mark was told to all', () =>
    followers.every(({ told }, n) => told.length > (before[n] ?? 0)),
  );
}

const LIVE = 'subscription { liveCalls { id state from } }';
const TRANSCRIPT = `subscription($callId: ID!) { transcript(callId: $callId) {
  id transcript { state segments { text } } } }`;
const board = {
  owner: follow(town.key, LIVE),
  neighbour: follow(neighbour, LIVE),
  stranger: follow(stranger.key, LIVE),
};
let from: string;
let call: Data;
let words: { owner: Data[]; neighbour: Data[]; stranger: Data[] };

beforeAll(async () => {
  const lives = Object.values(board);
  await town.until('all follow', async () => {
    await mark([], randomUUID());
    return lives.every(({ told }) => told.length > 0);
  });
  town.business(tracker).is('no-answer');
  const caller = town.caller();
  from = caller.from;
  caller.dials(tracker, { afterBeep: 'voicemail-message' });
  const { id } = (await town.sees('CALL_RINGING', (e) => e.call?.from === from)).call;
  const callId = decodeGlobalId(id)?.id ?? '';
  const readers = [town.key, neighbour, stranger.key].map((key) =>
    follow(key, TRANSCRIPT, { callId: id }),
  );
  await town.until('all wait for the transcript', async () => {
    await mark([], callId);
    return readers.every(({ told }) => told.length > 0);
  });
  call = await town.endedCall(from);
  await town.sees('TRANSCRIPT_READY', (e) => e.call?.id === call.id);
  await mark([...lives, ...readers], callId);
  const [owner = [], next = [], third = []] = readers.map(({ told }) => told);
  words = { owner, neighbour: next, stranger: third };
}, 90_000);

const seen = (told: Data[]) => told.filter((one) => one !== null);

it('is a recording of one channel with a transcript of the caller’s words', async () => {
  expect(call).toMatchObject({ outcome: 'VOICEMAIL', talkSeconds: null, recording: null });
  expect(call.steps.map((step: { name: string }) => step.name)).toEqual([
    'ring',
    'dial',
    'voicemail-greeting',
    'voicemail',
  ]);
  const { voicemail, transcript } = await town.call(call.id);
  expect(voicemail).toMatchObject({ state: 'NEW', recording: { state: 'READY', channels: 1 } });
  expect(voicemail.recording.durationSeconds).toBeGreaterThan(2);
  expect(transcript).toMatchObject({ state: 'READY', failure: null });
  const speakers = transcript.segments.map((segment: { speaker: string }) => segment.speaker);
  expect(new Set(speakers)).toEqual(new Set(['CALLER']));
});

describe('liveCalls', () => {
  it('tells the call as it rings, at each step, and as it ends', () => {
    const live = seen(board.owner.told);
    expect(live.length).toBeGreaterThan(2);
    expect(live.at(-1)).toEqual({ id: call.id, state: 'ENDED', from });
  });

  it('tells nothing of it to a key of another company, nor to another account', () => {
    expect(seen(board.neighbour.told)).toEqual([]);
    expect(seen(board.stranger.told)).toEqual([]);
  });

  it('of a company that is not among one’s own is refused', async () => {
    const companyId = (
      await town.ask('{ companies(first: 2) { nodes { id name } } }')
    ).companies.nodes.find((company: Data) => company.name !== 'Beside').id;
    const asked = follow(neighbour, 'subscription($id: ID) { liveCalls(companyId: $id) { id } }', {
      id: companyId,
    });
    await expect(asked.ended).rejects.toThrow('FORBIDDEN');
  });
});

describe('transcript', () => {
  it('tells the call again once it is written down', () => {
    const written = seen(words.owner);
    expect(written).toHaveLength(1);
    expect(written[0]).toMatchObject({ id: call.id, transcript: { state: 'READY' } });
    expect(JSON.stringify(written[0].transcript.segments)).toMatch(/call me back/i);
  });

  it('tells nothing to a key of another company, nor to another account, that name the call', () => {
    expect(seen(words.neighbour)).toEqual([]);
    expect(seen(words.stranger)).toEqual([]);
  });

  it('is refused without the right to read transcripts', async () => {
    const asked = follow(await town.keyWith(['calls:read']), TRANSCRIPT, { callId: call.id });
    await expect(asked.ended).rejects.toThrow('FORBIDDEN');
  });
});
