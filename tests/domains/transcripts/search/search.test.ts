// searchTranscripts through the schema: what a partner asks and is told.
import { describe, expect, it } from 'vitest';
import { freshDatabase } from '#tests/support/database.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { FACETS, openCounter, SEARCH } from './search-support.ts';

const { db } = await freshDatabase();
const { customer } = openCounter(db);
type Call = Awaited<ReturnType<Awaited<ReturnType<typeof customer>>['write']>>;

describe('a search', () => {
  it('tells the call, the segments, the very words and their moments', async () => {
    const { write, find } = await customer();
    const call = await write(
      'agent: Good morning!\ncaller: My “boiler” leaks — a big leak 💧 today',
    );
    const found = await find('boiler leak ');
    expect(found).toEqual({
      totalCount: 1,
      totalCountIsExact: true,
      engine: 'POSTGRES',
      pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
      nodes: [
        {
          score: 1,
          call: {
            id: encodeGlobalId('Call', call.subjectId),
            startedAt: call.occurredAt.toISOString(),
          },
          transcript: {
            state: 'READY',
            segments: call.passages.map(({ text }) => ({ text })),
          },
          matches: [
            {
              segment: { text: call.passages[1]?.text, speaker: 'CALLER', startMs: 1_000 },
              words: [expect.anything(), expect.anything()],
            },
          ],
        },
      ],
    });
    const [{ segment, words }] = found.nodes[0].matches;
    expect(
      words.map(({ start, end }: { start: number; end: number }) => segment.text.slice(start, end)),
    ).toEqual(['boiler', 'leak']);
  });

  it('tells when each word was said, measured or shared out', async () => {
    const { write, find, accountId } = await customer();
    const call = await write('caller: a big leak');
    const momentOf = async () =>
      (await find('leak ')).nodes[0].matches[0].words.map(
        ({ startMs, endMs }: { startMs: number; endMs: number }) => [startMs, endMs],
      );
    expect(await momentOf()).toEqual([[540, 900]]);
    await db.prisma.transcriptSegment.updateMany({
      where: { accountId, transcriptId: call.id },
      data: {
        words: [
          { text: 'a', startMs: 10, endMs: 20 },
          { text: 'big', startMs: 30, endMs: 40 },
          { text: 'leak', startMs: 50, endMs: 60 },
        ],
      },
    });
    expect(await momentOf()).toEqual([[50, 60]]);
  });

  it('pages by cursor', async () => {
    const { write, find } = await customer();
    const calls = [];
    for (let n = 0; n < 5; n += 1) calls.unshift(await write('caller: leak'));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await find('leak', { first: 2, after });
      expect(page.totalCount).toBe(5);
      seen.push(...page.nodes.map(({ call }: { call: { id: string } }) => call.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(calls.map(({ subjectId }) => encodeGlobalId('Call', subjectId)));
  });

  it('goes on behind a page that is short since a found call was just erased', async () => {
    const { write, find, accountId } = await customer();
    const calls = [];
    for (let n = 0; n < 6; n += 1) calls.unshift(await write('caller: leak'));
    // the index was read, then it was erased
    const erase = ({ id }: { id: string }) =>
      db.prisma.transcriptSegment.deleteMany({ where: { accountId, transcriptId: id } });
    const [first, second, third, ...rest] = calls as [Call, Call, Call, ...Call[]];
    const idsOf = (some: Call[]) => some.map(({ subjectId }) => encodeGlobalId('Call', subjectId));
    await erase(second);
    const page = await find('leak', { first: 2 });
    expect(page.nodes.map(({ call }: { call: { id: string } }) => call.id)).toEqual(
      idsOf([first, third]),
    );
    expect(page.pageInfo.hasNextPage).toBe(true);
    const after = page.pageInfo.endCursor;
    const next = await find('leak', { first: 9, after });
    expect(next.nodes.map(({ call }: { call: { id: string } }) => call.id)).toEqual(idsOf(rest));
    expect(next.pageInfo.hasNextPage).toBe(false);
    // of both that were looked for, none is left
    await erase(first);
    const [only] = (await find('leak', { first: 1 })).nodes;
    expect([only.call.id]).toEqual(idsOf([third]));
  });

  it('takes filters by the ids that the API gave', async () => {
    const { write, find, companyId, otherCompanyId, trackerId } = await customer();
    await write({
      says: 'caller: leak',
      tags: ['new'],
      occurredAt: new Date('2026-03-01T10:00:00Z'),
    });
    await write({ says: 'agent: leak', companyId: otherCompanyId, trackerId: null });
    const count = async (filter: object) => (await find('leak', { filter })).totalCount;
    expect(await count({})).toBe(2);
    expect(await count({ companyIds: [encodeGlobalId('Company', companyId)] })).toBe(1);
    expect(await count({ trackerIds: [encodeGlobalId('Tracker', trackerId)] })).toBe(1);
    expect(await count({ tags: ['new', 'old'] })).toBe(1);
    expect(await count({ speaker: 'AGENT' })).toBe(1);
    expect(await count({ startedFrom: '2026-03-01T10:00:00.000Z' })).toBe(1);
    expect(await count({ startedBefore: '2026-03-01T10:00:00.000Z' })).toBe(1);
  });

  it('counts what it found', async () => {
    const { write, ask, companyId, otherCompanyId, trackerId, accountId } = await customer();
    await db.prisma.account.update({
      where: { id: accountId },
      data: { timeZone: 'America/New_York' },
    });
    const march = new Date('2026-03-01T03:00:00Z');
    await write({ says: 'caller: leak\nagent: leak', tags: ['good', 'new'], occurredAt: march });
    await write({ says: 'caller: leak', tags: ['new'] });
    await write({ says: 'agent: leak', companyId: otherCompanyId, trackerId: null });
    const { data, errors } = await ask(FACETS, { query: 'leak ' });
    expect(errors).toBeUndefined();
    expect(data.searchTranscripts.facets).toEqual({
      companies: [
        { count: 2, company: { id: encodeGlobalId('Company', companyId) } },
        { count: 1, company: { id: encodeGlobalId('Company', otherCompanyId) } },
      ],
      trackers: [{ count: 2, tracker: { id: encodeGlobalId('Tracker', trackerId) } }],
      tags: [
        { count: 2, tag: 'new' },
        { count: 1, tag: 'good' },
      ],
      months: [
        { count: 1, month: '2026-02-01' },
        { count: 2, month: '2026-01-01' },
      ],
      speakers: [
        { count: 2, speaker: 'AGENT' },
        { count: 2, speaker: 'CALLER' },
      ],
    });
  });

  it('counts who said all of the words, not who said only some of those that are shown', async () => {
    const { write, ask } = await customer();
    await write('caller: the garage is stuck');
    await write('agent: the garage\ncaller: stuck');
    const query = 'garage caller:stuck ';
    expect((await ask(SEARCH, { query })).data.searchTranscripts.totalCount).toBe(2);
    expect((await ask(FACETS, { query })).data.searchTranscripts.facets.speakers).toEqual([
      { count: 1, speaker: 'CALLER' },
    ]);
  });
});

describe('totals', () => {
  it('are counted up to 10,000, of phrases up to 1,000, and say so', {
    timeout: 60_000,
  }, async () => {
    const { accountId, companyId, ask, write } = await customer();
    await write('caller: a leak');
    await fill(accountId, companyId, 10_001);
    const { data } = await ask(FACETS, { query: 'leak ' });
    const { totalCount, facets } = data.searchTranscripts;
    expect([totalCount, facets.companies[0].count]).toEqual([10_000, 10_000]);
    const exact = await ask(SEARCH, { query: 'leak ', first: 1 });
    expect(exact.data.searchTranscripts).toMatchObject({
      totalCount: 10_000,
      totalCountIsExact: false,
    });
    const phrase = await ask(FACETS, { query: '"a leak"' });
    expect(phrase.data.searchTranscripts.facets.companies[0].count).toBe(1_000);
    const judged = await ask(SEARCH, { query: '"a leak"', first: 1 });
    expect(judged.data.searchTranscripts).toMatchObject({
      totalCount: 1_000,
      totalCountIsExact: false,
    });
  });
});

/** Many calls on which one word was said, by plain SQL. */
async function fill(accountId: string, companyId: string, count: number): Promise<void> {
  const client = await db.pool.connect();
  try {
    await client.query('begin; set local session_replication_role = replica');
    await client.query(
      `create temp table filled on commit drop as select gen_random_uuid() as id from generate_series(1, ${count})`,
    );
    await client.query(
      `insert into search_document (account_id, id, subject_id, company_id, occurred_at, version, words, pairs, said)
       select account_id, filled.id, filled.id, $2, occurred_at, version, words, pairs, said
         from search_document, filled where account_id = $1`,
      [accountId, companyId],
    );
    await client.query(
      `insert into transcript_segment (account_id, transcript_id, n, speaker, start_ms, end_ms, text, words)
       select account_id, filled.id, n, speaker, start_ms, end_ms, text, words
         from transcript_segment, filled where account_id = $1`,
      [accountId],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
}
