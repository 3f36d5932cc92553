// The dry run: what keywords would find in calls gone by beside what a set has found, in portions, and nothing is written.
import { describe, expect, it } from 'vitest';
import { scanHistoryHandler } from '#domains/intelligence/keywords/spotting/scan-history.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { companyOf } from './keyword-desk.ts';
import { openSpottingDesk } from './spotting-desk.ts';

const library = await openSpottingDesk();
const { prisma } = library.db;

const PREVIEW = `query($keywords: [KeywordInput!]!, $keywordSetId: ID, $companyIds: [ID!], $startedFrom: DateTime, $startedBefore: DateTime, $first: Int, $after: Cursor) {
  previewKeywordSet(keywords: $keywords, keywordSetId: $keywordSetId, companyIds: $companyIds, startedFrom: $startedFrom, startedBefore: $startedBefore, first: $first, after: $after) {
    looked gained lost kept pageInfo { hasNextPage endCursor }
    nodes { call { id } change hitsBefore hitsAfter
      gained { keyword quote startMs isAbsence set { name } segment { text } } lost { keyword quote } } } }`;
const BACKLOG = `query($id: ID!, $startedFrom: DateTime) { node(id: $id) { ... on KeywordSet { backlog(startedFrom: $startedFrom) { totalCount totalCountIsExact } } } }`;

async function settleHistory() {
  const people = await library.settle();
  const from = library.clock.now(people.accountId);
  const calls: string[] = [];
  const { id: setId } = await people.set([{ text: 'leak' }]);
  for (const said of ['It leaks.', 'It leaks, it drips.', 'All is well.', 'It drips.']) {
    const call = await people.write([`A: Hello there.`, `C: ${said}`]);
    calls.push(encodeGlobalId('Call', call.callId));
    await library.spot(call);
    library.clock.advance(1_000);
  }
  const preview = async (variables: object, viewer?: Viewer) => {
    const { data, errors } = await people.run(
      PREVIEW,
      { keywords: [{ text: 'drip' }], ...variables },
      viewer,
    );
    return errors ? { errors } : data.previewKeywordSet;
  };
  const keywordSetId = encodeGlobalId('KeywordSet', setId);
  return { ...people, keywordSetId, calls, from, preview };
}

describe('a dry run', () => {
  it('tells which calls are gained, lost and kept, with examples, and writes nothing', async () => {
    const { accountId, calls, keywordSetId, preview } = await settleHistory();
    const stored = () =>
      Promise.all([
        prisma.keywordHit.findMany({ where: { accountId } }),
        prisma.keywordScan.findMany({ where: { accountId } }),
        prisma.auditEntry.count({ where: { accountId } }),
      ]);
    const before = await stored();
    const { nodes, ...counts } = await preview({ keywordSetId });
    expect(counts).toMatchObject({ looked: 4, gained: 1, lost: 1, kept: 1 });
    expect(counts.pageInfo.hasNextPage).toBe(false);
    expect(nodes).toEqual([
      {
        ...{ call: { id: calls[3] }, change: 'GAINED', hitsBefore: 0, hitsAfter: 1, lost: [] },
        gained: [
          {
            ...{ keyword: 'drip', quote: 'It drips.', startMs: 1_200, isAbsence: false },
            ...{ set: { name: 'Set' }, segment: { text: 'It drips.' } },
          },
        ],
      },
      {
        ...{ call: { id: calls[1] }, change: 'KEPT', hitsBefore: 1, hitsAfter: 1 },
        gained: [expect.objectContaining({ keyword: 'drip', quote: 'It leaks, it drips.' })],
        lost: [{ keyword: 'leak', quote: 'It leaks, it drips.' }],
      },
      {
        ...{ call: { id: calls[0] }, change: 'LOST', hitsBefore: 1, hitsAfter: 0, gained: [] },
        lost: [{ keyword: 'leak', quote: 'It leaks.' }],
      },
    ]);
    expect(await stored()).toEqual(before);
  });

  it('of no set gains all that it finds, also what was not said', async () => {
    const { preview } = await settleHistory();
    const { nodes, gained, kept } = await preview({
      keywords: [{ text: 'NOT hello speaker:caller AND drip', match: 'EXPRESSION' }],
    });
    expect({ gained, kept }).toEqual({ gained: 2, kept: 0 });
    const silent = await preview({
      keywords: [{ text: 'NOT "recorded line" speaker:agent', match: 'EXPRESSION' }],
    });
    expect(silent.gained).toBe(4);
    expect(silent.nodes[0].gained).toMatchObject([
      { isAbsence: true, quote: 'Hello there.', startMs: 0, set: null },
    ]);
    expect(nodes).toHaveLength(2);
  });

  it('goes on in portions, as many transcripts as were asked for, whatever is found', async () => {
    const { keywordSetId, preview } = await settleHistory();
    const seen: string[] = [];
    let after: string | null = null;
    const looked: number[] = [];
    for (let more = true; more; ) {
      const page: Awaited<ReturnType<typeof preview>> = await preview({
        ...{ keywordSetId, first: 1, after },
      });
      looked.push(page.looked);
      seen.push(...page.nodes.map((node: { change: string }) => node.change));
      ({ hasNextPage: more, endCursor: after } = page.pageInfo);
    }
    expect(looked).toEqual([1, 1, 1, 1]);
    expect(seen).toEqual(['GAINED', 'KEPT', 'LOST']);
  });

  it('keeps to its times and companies, and to those of the viewer', async () => {
    const { viewer, otherCompanyId, companyId, from, preview } = await settleHistory();
    const at = (ms: number) => new Date(from.getTime() + ms).toISOString();
    expect(await preview({ startedFrom: at(1_000), startedBefore: at(3_000) })).toMatchObject({
      looked: 2,
    });
    expect(await preview({ companyIds: [companyOf(otherCompanyId)] })).toMatchObject({ looked: 0 });
    expect(await preview({ companyIds: [companyOf(companyId)] })).toMatchObject({ looked: 4 });
    const kept = { ...viewer, companyIds: [otherCompanyId] };
    expect(await preview({}, kept)).toMatchObject({ looked: 0 });
    const stranger = await library.settle();
    expect(await preview({}, stranger.viewer)).toMatchObject({ looked: 0 });
  });

  it('refuses keywords as a set does, sets of others, and who may not read transcripts', async () => {
    const { viewer, keywordSetId, preview } = await settleHistory();
    const codeOf = async (variables: object, as?: Viewer) =>
      (await preview(variables, as)).errors[0].extensions.code;
    expect(await codeOf({ keywords: [] })).toBe('BAD_INPUT');
    expect(await codeOf({ keywords: [{ text: '(a', match: 'EXPRESSION' }] })).toBe('BAD_INPUT');
    expect(await codeOf({ first: 101 })).toBe('BAD_INPUT');
    const stranger = await library.settle();
    expect(await codeOf({ keywordSetId }, stranger.viewer)).toBe('NOT_FOUND');
    expect(await codeOf({}, { ...viewer, scopes: ['settings:write', 'calls:read'] })).toBe(
      'FORBIDDEN',
    );
  });

  it('says what a scan then does, and the backlog what is left of it', async () => {
    const { accountId, run, from, preview, set, viewer, otherCompanyId } = await settleHistory();
    const fresh = await set([{ text: 'drip' }], null);
    const id = encodeGlobalId('KeywordSet', fresh.id);
    const backlog = async () =>
      (await run(BACKLOG, { id, startedFrom: from.toISOString() })).data.node.backlog;
    expect(await backlog()).toEqual({ totalCount: 4, totalCountIsExact: true });
    // nobody is told how many calls of other companies there are
    const elsewhere = { ...viewer, companyIds: [otherCompanyId] };
    const { data } = await run(BACKLOG, { id }, elsewhere);
    expect(data.node.backlog.totalCount).toBe(0);
    const { gained } = await preview({ keywordSetId: id });
    const job = { id: 'try', attempt: 1, signal: new AbortController().signal };
    const outcome = await scanHistoryHandler(library).run(
      { accountId, setId: fresh.id, startedFrom: from.toISOString() },
      job,
    );
    expect(outcome).toBe(`looked through 4, changed ${gained}`);
    expect(await backlog()).toEqual({ totalCount: 0, totalCountIsExact: true });
    expect(await preview({ keywordSetId: id })).toMatchObject({ gained: 0, lost: 0, kept: 2 });
  });
});
