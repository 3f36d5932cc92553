// What was asked of models, row by row, through the schema: for whoever may read the audit log, newest first.
import { beforeEach, expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import { openAssistDesk, READING } from '../insights/assist-desk.ts';

const desk = await openAssistDesk();
const { server } = desk;
const { prisma } = desk.db;

const LIST = `query($filter: ModelRequestFilter, $first: Int, $after: Cursor) {
  modelRequests(filter: $filter, first: $first, after: $after) {
    nodes { company { id } purpose engine model promptVersion state failure reservedTokens tokensIn tokensOut requests tries
      dropped costMicros startedAt }
    pageInfo { hasNextPage endCursor } totalCount } }`;

let people: Awaited<ReturnType<typeof desk.settle>>;
let callId: string;
beforeEach(async () => {
  people = await desk.settle();
  await people.agree();
  server.answers({ json: READING });
  const first = await people.write();
  callId = first.callId;
  await desk.draw(first, { AI_PRICE_IN: '2', AI_PRICE_OUT: '10' });
  desk.clock.advance(60_000);
  server.answers({ status: 401 });
  await desk.draw(await people.write());
});
const list = async (variables: Record<string, unknown> = {}, viewer = people.viewer) => {
  const { data, errors } = await people.run(LIST, variables, viewer);
  return errors ? errors[0].extensions.code : data.modelRequests;
};
const states = async (variables: Record<string, unknown>) =>
  (await list(variables)).nodes.map(({ state }: { state: string }) => state);

it('tells of each what it was for and what it cost, and nothing of the words', async () => {
  const { companyId } = people;
  const all = await list();
  const company = { id: encodeGlobalId('Company', companyId) };
  const by = { purpose: 'CALL_INSIGHTS', engine: 'openai', model: 'test-1', promptVersion: '4' };
  const base = { company, ...by, reservedTokens: 0, tries: 1 };
  expect(all).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: false } });
  expect(all.nodes).toMatchObject([
    { ...base, state: 'FAILED', failure: 'MODEL_REFUSED', requests: 1, costMicros: 0 },
    {
      ...{ ...base, state: 'DONE', failure: null, requests: 1, dropped: 0 },
      ...{ tokensIn: 900, tokensOut: 210, costMicros: 3_900 },
    },
  ]);
  expect(JSON.stringify(all)).not.toMatch(/sink|Harbor/);
  // the words go, what they cost stays
  await prisma.transcript.deleteMany({ where: { callId } });
  expect((await list()).totalCount).toBe(2);
});

it('is read page by page, and kept to companies and times', async () => {
  const { companyId, otherCompanyId } = people;
  const page = await list({ first: 1 });
  expect(page).toMatchObject({ nodes: [{ state: 'FAILED' }], pageInfo: { hasNextPage: true } });
  const { endCursor: after } = page.pageInfo;
  const rest = await list({ first: 1, after });
  expect(rest).toMatchObject({ nodes: [{ state: 'DONE' }], pageInfo: { hasNextPage: false } });
  const of = (id: string) => ({ filter: { companyIds: [encodeGlobalId('Company', id)] } });
  expect(await states(of(companyId))).toEqual(['FAILED', 'DONE']);
  expect(await states(of(otherCompanyId))).toEqual([]);
  const { startedAt } = page.nodes[0];
  expect(await states({ filter: { startedFrom: startedAt } })).toEqual(['FAILED']);
  expect(await states({ filter: { startedBefore: startedAt } })).toEqual(['DONE']);
  expect(await list({ after: 'bm90IG91cnM' })).toBe('MALFORMED_CURSOR');
});

it('tells of one that is under way how much is held back for it', async () => {
  const [row] = await people.costs();
  const { accountId } = people;
  await prisma.modelRequest.updateMany({
    where: { accountId, key: row?.key ?? '' },
    data: { state: 'OPEN', reservedTokens: 7_000, purpose: null },
  });
  expect((await list()).nodes[1]).toMatchObject({
    ...{ state: 'OPEN', reservedTokens: 7_000, purpose: null },
  });
});

it('is for whoever may read the audit log of that account', async () => {
  const { viewer, companyId } = people;
  expect(await list({}, { ...viewer, scopes: ['calls:read', 'transcripts:read'] })).toBe(
    'FORBIDDEN',
  );
  expect(await list({}, { ...viewer, companyIds: [companyId] })).toBe('FORBIDDEN');
  const { viewer: stranger } = await desk.settle();
  expect(await list({}, stranger)).toMatchObject({ nodes: [], totalCount: 0 });
});
