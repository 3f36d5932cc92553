// A call that is followed while it goes on: its words and keywords are seen by a dashboard before it has ended, no number
// among them, and once it is written down nothing is told twice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTraces } from '#tests/support/find-traces.ts';
import { openTown, until } from '#tests/support/town.ts';
import { type Data, openApi } from '../../demo/api.ts';

const town = await openTown({ speed: 5 });
const { platform } = town.server;
const api = openApi(town.server.url, town.key);
afterAll(() => api.close());

const FOLLOW = `subscription { events {
  type subjectVersion
  ... on CallEvent { changes call { id } }
  ... on InsightEvent { call { id } }
  ... on TranscriptEvent { liveSegment { speaker startMs endMs text } call { id } }
  ... on KeywordEvent { isLive call { id } hits { keyword } liveHits { keyword speaker quote set { name } } }
} }`;
const LIVE = `query($id: ID!) { node(id: $id) { ... on Call { state steps { name outcome }
  liveSegments { speaker startMs text } liveKeywordHits { keyword quote }
  keywordHits { keyword } } } }`;
/** the card that the dialogue tells, as it is said and as it may be written */
const SECRETS = ['four two four', '4242'];

const seen: Data[] = [];
const of = (type: string) => seen.filter((event) => event.type === type);
const live = async () => (await town.ask(LIVE, { id: callId })).node;
let callId: string;
let during: Data;
let traces: string[];

beforeAll(async () => {
  void (async () => {
    for await (const { events } of api.follow(FOLLOW)) seen.push(events);
  })().catch(() => {});
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  const companyId = companies.nodes[0].id;
  const switches = { liveTranscription: true, thirdPartyTranscription: true };
  await town.ask(
    `mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) {
       userErrors { code message field } } }`,
    { input: { companyId, ...switches, speechLanguage: 'en-US' } },
  );
  for (const [name, keyword] of [
    ['Garage', { text: 'appointments', speaker: 'CALLER' }],
    ['Zoo', { text: 'NOT elephant', match: 'EXPRESSION' }],
  ] as const) {
    await town.ask(
      `mutation($input: CreateKeywordSetInput!) { createKeywordSet(input: $input) {
         userErrors { code message field } } }`,
      { input: { companyId, name, keywords: [keyword] } },
    );
  }
  const tracker = await town.tracker({ recording: true, transcription: true });
  // by then the carrier has been asked
  const say = [{ speech: 'garage-door', atSeconds: 8 }];
  town.business(tracker).is('answer', { say });
  const caller = town.caller();
  const leg = caller.dials(tracker, { say, hangUpWhen: 'ended-by-destination' });
  const { call } = await town.sees('CALL_ANSWERED', (event) => event.call.from === caller.from);
  callId = call.id;
  await until('a keyword was spotted live', () => of('KEYWORD_SPOTTED')[0]);
  await until('all was heard', () => of('TRANSCRIPT_SEGMENT').length === 8);
  during = await live();
  const places = { folder: platform.config.DATA_DIR, except: ['carrier', 'speech'] };
  traces = await findTraces(platform.db, places, SECRETS);
  town.sandbox.hangUp(leg.callControlId);
  await until('the transcript was looked through', () => of('KEYWORD_SPOTTED')[1], 120_000);
  await until('its keywords stand', () =>
    seen.find(({ type, changes }) => type === 'CALL_UPDATED' && changes.includes('keywordHits')),
  );
  await until('insights are there', () => of('INSIGHT_READY')[0]);
}, 240_000);

describe('while it goes on', () => {
  it('what both say is seen as it is said, by whom and when', () => {
    const told = of('TRANSCRIPT_SEGMENT').map(({ liveSegment }) => liveSegment);
    expect(told.map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual([
      'AGENT: Thank you for calling Bluebird Garage Doors. How can I help you?',
      'CALLER: Hi, I found you through a search ad. My garage door is stuck. I think the spring is broken.',
      expect.stringMatching(/^AGENT: I am sorry to hear that\. A new spring costs \[DIGITS\]/),
      expect.stringContaining('CALLER: Yes, please book the appointment'),
      'AGENT: Great. What is your credit card number?',
      'CALLER: [CARD_NUMBER].',
      expect.stringMatching(/^AGENT: Thank you\. We will see you tomorrow at \[DIGITS\]/),
      'CALLER: Thank you so much. Goodbye.',
    ]);
    for (const { startMs, endMs } of told) expect(startMs).toBeLessThan(endMs);
    expect(during.state).toBe('IN_PROGRESS');
    expect(during.liveSegments).toHaveLength(8);
  });

  it('a keyword is spotted, and told before the call has ended', () => {
    const types = seen.map(({ type }) => type);
    expect(types.indexOf('KEYWORD_SPOTTED')).toBeLessThan(types.indexOf('CALL_ENDED'));
    const [first] = of('KEYWORD_SPOTTED');
    expect(first).toMatchObject({ isLive: true, hits: [], call: { id: callId } });
    expect(first.liveHits).toEqual([
      {
        ...{ keyword: 'appointments', speaker: 'CALLER', set: { name: 'Garage' } },
        quote: expect.stringContaining('book the appointment'),
      },
    ]);
    expect(during.liveKeywordHits).toHaveLength(1);
  });

  it('no number is kept or logged anywhere', () => {
    expect(traces).toEqual([]);
    expect(JSON.stringify([seen, town.logged])).not.toMatch(new RegExp(SECRETS.join('|'), 'i'));
  });

  it('the carrier is asked once, for both who talk', () => {
    const asked = town.sandbox
      .calls()
      .commands.filter(({ kind }) => kind === 'transcription_start');
    expect(asked).toMatchObject([
      { status: 200, body: { transcription_engine: 'Telnyx', transcription_tracks: 'both' } },
    ]);
    expect(during.steps).toContainEqual({ name: 'live-words', outcome: null });
  });
});

describe('once it is written down', () => {
  it('its live words are gone: the transcript has them', async () => {
    const after = await live();
    expect(after).toMatchObject({ state: 'ENDED', liveSegments: [], liveKeywordHits: [] });
    expect(after.keywordHits.map(({ keyword }: Data) => keyword)).toContain('appointments');
    expect(await platform.db.prisma.liveKeyword.count()).toBe(0);
  });

  it('a keyword that was told of is not told again, another is', () => {
    const [, second, ...more] = of('KEYWORD_SPOTTED');
    expect(second).toMatchObject({
      ...{ isLive: false, hits: [{ keyword: 'NOT elephant' }], liveHits: [] },
    });
    expect(more).toEqual([]);
  });

  it('everything was told in versions that rise by one', () => {
    const versions = seen
      .filter(({ call }) => call?.id === callId)
      .map(({ subjectVersion }) => subjectVersion as number);
    expect(versions.toSorted((a, b) => a - b)).toEqual(versions.map((_, n) => n + 1));
  });
});
