// Keywords that are conditions, through the public API only: a call that was really spoken is spotted, a change is tried on
// it in a dry run, and done to it in the background.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countJobs } from '#tests/support/count-jobs.ts';
import { openTown, until } from '#tests/support/town.ts';
import { type Data, openApi } from '../../demo/api.ts';

const town = await openTown();
const api = openApi(town.server.url, town.key);
afterAll(() => api.close());

const PATIENCE_MS = 120_000;
const STUCK = 'stuck NEAR/15 (spring OR "garage door") speaker:caller';
const BOOKED = 'appointment speaker:caller AND NOT refund';
const NAMELESS = 'NOT "my name is" speaker:agent within:first-30s';
const KEYWORDS = [
  { text: STUCK, match: 'EXPRESSION' },
  { text: BOOKED, match: 'EXPRESSION', tag: 'Booked' },
  { text: NAMELESS, match: 'EXPRESSION', tag: 'No name' },
  { text: 'goodbye speaker:agent OR elephant', match: 'EXPRESSION' },
];

const HIT = `fragment Hit on KeywordHit {
  keyword speaker startMs quote isAbsence segment { speaker text startMs endMs } }`;
const FOLLOW = `${HIT} subscription { events(filter: { types: [KEYWORD_SPOTTED] }) {
  subjectVersion ... on KeywordEvent { call { id tags { name } } hits { ...Hit } } } }`;
const CREATE = `mutation($input: CreateKeywordSetInput!) { createKeywordSet(input: $input) {
  keywordSet { id version } userErrors { code message field } } }`;
const UPDATE = `mutation($input: UpdateKeywordSetInput!) { updateKeywordSet(input: $input) {
  keywordSet { version } userErrors { code message field } } }`;
const SCAN = `mutation($input: RequestKeywordScanInput!) { requestKeywordScan(input: $input) {
  keywordSet { id version } userErrors { code message field } } }`;
const PREVIEW = `${HIT} query($keywords: [KeywordInput!]!, $id: ID) {
  previewKeywordSet(keywords: $keywords, keywordSetId: $id, first: 10) {
    looked gained lost kept pageInfo { hasNextPage }
    nodes { change call { id } hitsBefore hitsAfter gained { ...Hit } lost { ...Hit } } } }`;
const CALL = `${HIT} query($id: ID!) { node(id: $id) { ... on Call {
  tags { name } keywordHits { ...Hit } transcript { state } } } }`;
const BACKLOG = `query($id: ID!, $startedFrom: DateTime!) { node(id: $id) {
  ... on KeywordSet { version backlog(startedFrom: $startedFrom) { totalCount totalCountIsExact } } } }`;

const startedFrom = '2020-01-01T00:00:00.000Z';
const spotted: Data[] = [];
let setId: string;
let callId: string;

beforeAll(async () => {
  const { createKeywordSet } = await town.ask(CREATE, {
    input: { name: 'Doors', keywords: KEYWORDS },
  });
  setId = createKeywordSet.keywordSet.id;
  const events = api.follow(FOLLOW);
  (async () => {
    for await (const { events: event } of events) spotted.push(event);
  })().catch(() => {});
  const tracker = await town.tracker({ recording: true, transcription: true });
  town.business(tracker).is('answer', { say: 'garage-door' });
  const caller = town.caller('+14155550193');
  caller.dials(tracker, { say: 'garage-door' });
  ({ id: callId } = await town.endedCall(caller.from));
  await until('it is spotted', () => spotted.length === 1, PATIENCE_MS);
}, PATIENCE_MS);

const call = async () => (await town.ask(CALL, { id: callId })).node;

// each chapter begins with what the one before left
describe('a set of conditions', { shuffle: false }, () => {
  describe('conditions', () => {
    it('are spotted by their terms, each in its segment, at its second, by its speaker', async () => {
      const [{ hits }] = spotted as [Data];
      const of = (keyword: string) => hits.filter((hit: Data) => hit.keyword === keyword);
      expect(of(STUCK)).toHaveLength(1);
      expect(of(STUCK)[0]).toMatchObject({ speaker: 'CALLER', isAbsence: false });
      expect(of(BOOKED)).toHaveLength(1);
      for (const { quote, segment, startMs } of [...of(STUCK), ...of(BOOKED)]) {
        expect(segment.text).toContain(quote);
        expect(quote).toMatch(/stuck|appointment/);
        expect(startMs).toBeGreaterThanOrEqual(segment.startMs);
        expect(startMs).toBeLessThanOrEqual(segment.endMs);
      }
      expect(of('goodbye speaker:agent OR elephant')).toEqual([]);
    });

    it('of what was not said are spotted by the words that were', () => {
      const [{ hits }] = spotted as [Data];
      const [missed, ...more] = hits.filter((hit: Data) => hit.isAbsence);
      expect(more).toEqual([]);
      expect(missed).toMatchObject({ keyword: NAMELESS, speaker: 'AGENT' });
      expect(missed.startMs).toBeLessThan(30_000);
      expect(missed.segment.text.startsWith(missed.quote)).toBe(true);
    });

    it('tag the call', async () => {
      const { tags, keywordHits } = await call();
      expect(tags.map(({ name }: Data) => name).toSorted()).toEqual(['Booked', 'No name']);
      expect(keywordHits).toEqual(spotted[0]?.hits);
    });

    it('that say nothing are refused, with the place and what to do', async () => {
      const keywords = [{ text: 'leak and drip', match: 'EXPRESSION' }];
      const refused = await town.answer(CREATE, { input: { name: 'Wrong', keywords } });
      expect(refused.data.createKeywordSet.userErrors).toEqual([
        {
          code: 'INVALID_INPUT',
          field: ['keywords', '0', 'text'],
          message: expect.stringMatching(/^At character 6: write AND in capitals/),
        },
      ]);
    });
  });

  describe('a change', () => {
    const changed = [{ text: 'calling speaker:agent', match: 'EXPRESSION' }];

    it('is tried on the calls that there are, and nothing of them changes', async () => {
      const before = await call();
      const { previewKeywordSet } = await town.ask(PREVIEW, { keywords: changed, id: setId });
      const { nodes, ...counts } = previewKeywordSet;
      expect(counts).toEqual({
        ...{ looked: 1, gained: 0, lost: 0, kept: 1, pageInfo: { hasNextPage: false } },
      });
      expect(nodes).toHaveLength(1);
      expect(nodes[0]).toMatchObject({ change: 'KEPT', call: { id: callId }, hitsBefore: 3 });
      expect(nodes[0].hitsAfter).toBe(1);
      expect(nodes[0].gained[0]).toMatchObject({
        speaker: 'AGENT',
        quote: expect.stringMatching(/calling/),
      });
      expect(nodes[0].lost.map(({ keyword }: Data) => keyword).toSorted()).toEqual(
        [STUCK, BOOKED, NAMELESS].toSorted(),
      );
      const none = await town.ask(PREVIEW, { keywords: [{ text: 'elephant' }], id: setId });
      expect(none.previewKeywordSet).toMatchObject({ lost: 1, nodes: [{ change: 'LOST' }] });
      expect(await call()).toEqual(before);
      expect(spotted).toHaveLength(1);
    });

    it('is done to them in the background, told once, and the tags that were given stay', async () => {
      const { updateKeywordSet } = await town.ask(UPDATE, {
        input: { keywordSetId: setId, keywords: changed },
      });
      expect(updateKeywordSet.keywordSet.version).toBe(2);
      const backlog = async () =>
        (await town.ask(BACKLOG, { id: setId, startedFrom })).node.backlog;
      expect(await backlog()).toEqual({ totalCount: 1, totalCountIsExact: true });
      const input = { keywordSetId: setId, startedFrom, expectedVersion: 2 };
      expect((await town.ask(SCAN, { input })).requestKeywordScan.keywordSet.id).toBe(setId);
      await town.until('nothing is left', async () => (await backlog()).totalCount === 0);
      await town.until('it is told', () => spotted.length === 2);
      const { keywordHits, tags } = await call();
      expect(keywordHits).toEqual(spotted[1]?.hits);
      expect(keywordHits).toHaveLength(1);
      expect(tags).toHaveLength(2);
      await town.ask(SCAN, { input });
      const { data } = await town.answer(SCAN, { input: { ...input, expectedVersion: 1 } });
      expect(data.requestKeywordScan.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
      await town.until('the second scan is over', async () => {
        const { pool } = town.server.platform.db;
        const { waiting, running } = await countJobs(pool, 'intelligence.scan-history');
        return waiting + running === 0;
      });
      expect(spotted).toHaveLength(2);
    });
  });
});
