// Words of calls that go on: who lets the carrier hear them, and that what comes late, twice, in any order or not at all
// does no harm. What is said is laid out by hand in the sandbox, or told as its webhook would tell it.
import { beforeAll, describe, expect, it } from 'vitest';
import type { CallMachine } from '#domains/calls/machine-state.ts';
import { receiveSpeech } from '#domains/transcripts/index.ts';
import { keepRedactionHandler } from '#domains/transcripts/redaction/keep-redaction.ts';
import { readHead, speechSession } from '#platform/carrier/index.ts';
import { newId } from '#platform/ids/index.ts';
import { findTraces } from '#tests/support/find-traces.ts';
import { openTown, type TownTracker } from '#tests/support/town.ts';

const town = await openTown({ speed: 20 });
const { platform } = town.server;
const { accountId, sandbox } = town;
const { prisma } = platform.db;

const UPDATE = `mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) {
  company { liveTranscription thirdPartyTranscription } userErrors { code field message } } }`;
const LIVE = `query($id: ID!) { node(id: $id) { ... on Call {
  state steps { name outcome } liveSegments { speaker startMs text } } } }`;

const says = async (input: object) =>
  (await town.answer(UPDATE, { input: { companyId: company, ...input } })).data.updateCompany;
const ON = { liveTranscription: true, thirdPartyTranscription: true, redactionClasses: [] };
const facts = async (id: string) => (await town.ask(LIVE, { id })).node;
const wordsOf = async (id: string): Promise<string[]> =>
  (await facts(id)).liveSegments.map(
    ({ speaker, text }: { speaker: string; text: string }) => `${speaker}: ${text}`,
  );

let company: string;
let tracker: TownTracker;
beforeAll(async () => {
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  company = companies.nodes[0].id;
  tracker = await town.tracker({ recording: true, transcription: true });
});

/** Two who talk until somebody hangs up; the caller says these. */
async function talk(say: { words: string; atSeconds: number }[] = [], to = tracker) {
  town.business(to).is('answer', { say: [] });
  const caller = town.caller();
  const leg = caller.dials(to, { say, hangUpWhen: 'ended-by-destination' });
  const { call } = await town.sees('CALL_ANSWERED', (event) => event.call.from === caller.from);
  const asked = (kind: string) => town.commands(leg, kind);
  const { machine } = await prisma.call.findFirstOrThrow({ where: { from: caller.from } });
  const { recording, startedAt } = machine as unknown as CallMachine;
  const fromMs = Date.parse(recording?.startedAt ?? startedAt);
  const hears = (...bodies: object[]) => hear(leg.sessionId, bodies);
  const heard = (text: string, seconds = 0, more: object = {}) =>
    toldOf(leg.sessionId, text, fromMs + seconds * 1_000, more);
  return { id: call.id as string, leg, from: caller.from, asked, heard, hears };
}

/** What the carrier may tell of a call. */
const toldOf = (session: string, text: string, atMs: number, more: object) => ({
  data: {
    ...{ event_type: 'call.transcription', id: newId(), record_type: 'event' },
    occurred_at: new Date(atMs).toISOString(),
    payload: {
      call_session_id: session,
      transcription_data: {
        ...{ is_final: true, confidence: 1, transcript: text, transcription_track: 'inbound' },
        ...more,
      },
    },
  },
});
/** Stores webhooks as the door does, then takes them, all at once. */
async function hear(session: string, bodies: readonly object[]) {
  for (const body of bodies) {
    const now = platform.clock.now(accountId);
    await platform.inbox.store(accountId, readHead(body), JSON.stringify(body), now);
  }
  await receiveSpeech(platform, accountId, speechSession(session));
}

describe('the switch', () => {
  it('is refused while no third party may hear the calls, and falls with that', async () => {
    await says({ liveTranscription: false, thirdPartyTranscription: false });
    const { userErrors } = await says({ liveTranscription: true });
    const message = expect.stringContaining('thirdPartyTranscription');
    const field = ['liveTranscription'];
    expect(userErrors).toEqual([{ code: 'AI_PROCESSING_NOT_ALLOWED', field, message }]);
    expect((await says(ON)).company.liveTranscription).toBe(true);
    expect((await says({ thirdPartyTranscription: false })).company).toEqual({
      ...{ liveTranscription: false, thirdPartyTranscription: false },
    });
  });

  it('is refused for another language than English, and falls with that', async () => {
    const { userErrors } = await says({ ...ON, speechLanguage: 'es-MX' });
    expect(userErrors).toMatchObject([
      { code: 'INVALID_INPUT', message: expect.stringContaining('speechLanguage') },
    ]);
    expect((await says({ ...ON, speechLanguage: 'en-GB' })).company.liveTranscription).toBe(true);
    expect((await says({ speechLanguage: 'es' })).company.liveTranscription).toBe(false);
    expect((await says({ ...ON, speechLanguage: null })).company.liveTranscription).toBe(true);
  });

  it.each([
    ['the company', {}, {}],
    ['the company’s transcription', { ...ON, callTranscription: false }, {}],
    ['the tracker', ON, { recording: true, transcription: false }],
    ['the tracker’s recording', ON, { recording: false }],
  ])('that is off at %s sends no command', async (_, settings, ofTracker) => {
    await says({ liveTranscription: false, thirdPartyTranscription: false, ...settings });
    const quiet = Object.keys(ofTracker).length > 0 ? await town.tracker(ofTracker) : tracker;
    const { id, leg, from, asked, heard, hears } = await talk(
      [{ words: 'Nobody hears this.', atSeconds: 1 }],
      quiet,
    );
    await hears(heard('Nor is this taken.'));
    sandbox.hangUp(leg.callControlId);
    await town.endedCall(from);
    expect(asked('transcription_start')).toEqual([]);
    expect(await wordsOf(id)).toEqual([]);
    await says({ callTranscription: true });
  });

  it('that goes off has the carrier stop, and what still comes is dropped', async () => {
    await says(ON);
    const { id, leg, from, asked, heard, hears } = await talk();
    await town.until('it began', () => asked('transcription_start')[0]?.status === 200);
    await hears(heard('This is taken.'));
    await says({ liveTranscription: false });
    await hears(heard('This is not.'));
    await town.until('it was stopped', () => asked('transcription_stop')[0]?.status === 200);
    expect(await wordsOf(id)).toEqual(['CALLER: This is taken.']);
    const isTold = async () => JSON.stringify((await facts(id)).steps).includes('"switched off"');
    await town.until('the call tells of it', isTold);
    sandbox.hangUp(leg.callControlId);
    await town.endedCall(from);
    expect(asked('transcription_stop')).toHaveLength(1);
  });

  it('that the carrier refuses to follow harms no call', async () => {
    await says(ON);
    sandbox.faults([{ command: 'transcription_start', status: 422, code: '10015', detail: 'No.' }]);
    const { id, leg, from, asked } = await talk();
    await town.until('it was refused', () => asked('transcription_start')[0]?.status === 422);
    await town.until('the call tells of it', async () =>
      (await facts(id)).steps.some(
        ({ outcome }: { outcome: string }) => outcome === 'refused: No.',
      ),
    );
    sandbox.hangUp(leg.callControlId);
    expect((await town.endedCall(from)).outcome).toBe('ANSWERED');
  });
});

describe('what is said', () => {
  beforeAll(() => says(ON));

  it('is taken once, by its moment, however it comes', async () => {
    const { id, leg, heard, hears } = await talk();
    const first = heard('First of all.', 1);
    await hears(first, heard('A guess', 2, { is_final: false }));
    await hears(heard('Last of all.', 30));
    await hears(first, heard('In between.', 10, { transcription_track: 'outbound' }));
    await hears(heard('', 11), heard('Of nobody.', 40, { transcription_track: null }));
    expect(await wordsOf(id)).toEqual([
      ...['CALLER: First of all.', 'AGENT: In between.', 'CALLER: Last of all.'],
      'UNKNOWN: Of nobody.',
    ]);
    const rows = await prisma.carrierEvent.findMany({
      where: { accountId, session: speechSession(leg.sessionId) },
    });
    for (const { body, state } of rows) {
      expect(body).toEqual({});
      expect(['DONE', 'IGNORED']).toContain(state);
    }
    sandbox.hangUp(leg.callControlId);
  });

  it('and cannot be read fails alone', async () => {
    const { id, leg, heard, hears } = await talk();
    const broken = heard('x', 0, { transcript: 7 });
    await hears(broken, heard('This can.', 1));
    expect(await wordsOf(id)).toEqual(['CALLER: This can.']);
    const row = await prisma.carrierEvent.findFirstOrThrow({ where: { id: broken.data.id } });
    expect(row.state).toBe('FAILED');
    await prisma.carrierEvent.update({
      where: { accountId_id: { accountId, id: row.id } },
      data: { state: 'IGNORED' },
    });
    sandbox.hangUp(leg.callControlId);
  });

  it('of a number over two pieces, one of them late, is kept nowhere', async () => {
    const { id, leg, from, heard, hears } = await talk([
      { words: 'My card number is five five oh three six', atSeconds: 60 },
      { words: 'five five oh three six nine nine and I thank you for it.', atSeconds: 70 },
    ]);
    await town.until('both were heard', async () => (await wordsOf(id)).length === 2);
    await hears(heard('5503 6771', -1));
    expect(await wordsOf(id)).toHaveLength(3);
    sandbox.hangUp(leg.callControlId);
    await town.endedCall(from);
    // with the space beside them: ids hold any four digits by chance
    const secrets = ['five five oh', '5503 ', ' 6771', 'nine nine'];
    const places = { folder: platform.config.DATA_DIR, except: ['carrier', 'speech'] };
    expect(await findTraces(platform.db, places, secrets)).toEqual([]);
    expect(JSON.stringify(town.logged)).not.toMatch(new RegExp(secrets.join('|')));
  });

  it('waits for the rest where a name may be told over two pieces, but not for long', async () => {
    await says({ redactionClasses: ['PERSONAL'] });
    const { id, leg, heard, hears } = await talk();
    await hears(heard('Hi, my name is Anna', 1));
    await hears(heard('Hill, and I call for help.', 2));
    expect(await wordsOf(id)).toEqual([]);
    await hears(heard('Thank you.', 3));
    expect(await wordsOf(id)).toEqual([
      'CALLER: Hi, my name is [NAME]',
      'CALLER: [NAME], and I call for help.',
    ]);
    // nobody goes on after so long
    await hears(heard('I am here.', -3_600, { transcription_track: 'outbound' }));
    expect(await wordsOf(id)).toContain('AGENT: I am here.');
    sandbox.hangUp(leg.callControlId);
    await says({ redactionClasses: [] });
  });

  it('goes when the call is erased, and does not come back', async () => {
    const { id, leg, from, heard, hears } = await talk();
    await hears(heard('Remember the heliotrope.'));
    sandbox.hangUp(leg.callControlId);
    await town.endedCall(from);
    await town.ask(
      'mutation($input: EraseCallInput!) { eraseCall(input: $input) { userErrors { code message field } } }',
      { input: { callId: id } },
    );
    await hears(heard('The heliotrope again.'));
    const places = { folder: platform.config.DATA_DIR, except: ['carrier', 'speech'] };
    expect(await findTraces(platform.db, places, ['heliotrope'])).toEqual([]);
  });
});

it('words that no transcript comes of are gone after a day', async () => {
  await says(ON);
  const { id, leg, heard, hears } = await talk();
  await hears(heard('Kept for a day.'));
  const clock = { now: () => new Date(Date.now() + 23 * 3_600_000) };
  const run = (slice: object) =>
    keepRedactionHandler(slice as never).run({}, { signal: new AbortController().signal } as never);
  await run({ ...platform, clock });
  expect(await wordsOf(id)).toHaveLength(1);
  await run({ ...platform, clock: { now: () => new Date(Date.now() + 25 * 3_600_000) } });
  expect(await wordsOf(id)).toEqual([]);
  sandbox.hangUp(leg.callControlId);
});
