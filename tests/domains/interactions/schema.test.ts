// Interactions, their leads and their changes through the schema.
import '#domains/activity/schema.ts';
import '#domains/interactions/schema.ts';
import '#domains/leads/schema.ts';
import type { GraphQLSchema } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { Interaction, implementInteraction } from '#domains/interactions/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineNode } from '#graphql/node.ts';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openTown } from './town.ts';

const town = await openTown();
const CALLER = '+14155550134';
const minute = (n: number) => new Date(Date.UTC(2026, 2, 2, 15, n));

// a channel as small as can be; calls has its own tests
let loads = 0;
const Call = defineNode('Call', (ids, { platform, viewer }) => {
  loads += 1;
  const { accountId } = viewer;
  return platform.db.prisma.interaction.findMany({ where: { accountId, id: { in: ids } } });
});
Call.implement({
  description: 'A call.',
  interfaces: [Interaction],
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'Its kind.' }),
  }),
});
implementInteraction('CALL', Call);

let schema: GraphQLSchema;
beforeAll(() => {
  schema = builder.toSchema();
});

async function customer() {
  const people = await town.settle();
  const run = (source: string, variables: Record<string, unknown> = {}, viewer = people.viewer) =>
    runOperation(schema, source, variables, { platform: town, viewer });
  return { ...people, run };
}

const SHARED = `fragment I on Interaction {
  id company { name } lead { name } occurredAt source { name } medium campaign
  tags { name } note value { amountCents currencyCode } leadStatus version }`;

describe('the interface Interaction', () => {
  it('tells what every channel has', async () => {
    const { run, arrives, change, accountId, companyId } = await customer();
    const { id } = await arrives(CALLER, minute(1));
    await town.db.prisma.source.create({
      data: { accountId, companyId, id: id, name: 'Google Ads', medium: 'cpc' },
    });
    await town.db.prisma.interaction.update({
      where: { accountId_id: { accountId, id } },
      data: { sourceId: id },
    });
    await change(id, {
      note: 'Call back',
      valueCents: Number.MAX_SAFE_INTEGER,
      tags: { set: ['b', 'a'] },
      leadStatus: 'GOOD_LEAD',
    });
    const answer = await run(
      `${SHARED} query($id: ID!) { node(id: $id) { __typename ...I ... on Call { kind } } }`,
      { id: encodeGlobalId('Call', id) },
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data.node).toEqual({
      __typename: 'Call',
      kind: 'CALL',
      id: encodeGlobalId('Call', id),
      company: { name: 'Garage Doors' },
      lead: { name: 'Ada Caller' },
      occurredAt: '2026-03-02T15:01:00.000Z',
      source: { name: 'Google Ads' },
      medium: 'cpc',
      campaign: null,
      tags: [{ name: 'a' }, { name: 'b' }],
      note: 'Call back',
      value: { amountCents: 9_007_199_254_740_991, currencyCode: 'USD' },
      leadStatus: 'GOOD_LEAD',
      version: 2,
    });
  });

  it('tells nothing of what was withheld or never said', async () => {
    const { run, arrives } = await customer();
    const { id } = await arrives(null, minute(1));
    const answer = await run(`${SHARED} query($id: ID!) { node(id: $id) { ...I } }`, {
      id: encodeGlobalId('Call', id),
    });
    expect(answer.data.node).toMatchObject({
      lead: null,
      source: null,
      medium: null,
      tags: [],
      note: null,
      value: null,
      leadStatus: 'NOT_SCORED',
    });
  });
});

describe('a lead', () => {
  const LEADS = `query($filter: LeadFilter, $order: LeadOrder, $after: Cursor, $first: Int) {
    leads(filter: $filter, order: $order, after: $after, first: $first) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes { id name phoneNumbers emails company { name } status value { amountCents } version
        createdAt qualifiedBy { __typename id }
        interactions(first: 2) { totalCount pageInfo { hasNextPage endCursor }
          nodes { __typename occurredAt tags { name } ... on Call { kind } } } } } }`;

  it('has its value, its interactions and what qualified it, for many leads by few queries', async () => {
    const { run, arrives, change } = await customer();
    const numbers = [CALLER, '+14155550135', '+14155550136'];
    for (const number of numbers) {
      const first = await arrives(number, minute(1));
      const second = await arrives(number, minute(2));
      await arrives(number, minute(3));
      await change(first.id, { leadStatus: 'GOOD_LEAD', valueCents: 300 });
      await change(second.id, { valueCents: 20, tags: { add: ['t'] } });
    }
    const { pool } = town.db;
    const query = pool.query.bind(pool);
    let queries = 0;
    loads = 0;
    pool.query = ((...args: Parameters<typeof query>) => {
      // the event log polls through the same pool
      if (/\b(lead|lead_identity|interaction|tag|company)\b/.test(textOf(args[0]))) queries += 1;
      return query(...args);
    }) as typeof pool.query;
    const answer = await run(LEADS.replaceAll('totalCount', ''));
    pool.query = query;
    expect(answer.errors).toBeUndefined();
    expect(queries).toBeGreaterThan(5);
    expect(queries).toBeLessThanOrEqual(12);
    expect(loads).toBeLessThanOrEqual(2);
    expect(answer.data.leads.nodes).toHaveLength(3);
    for (const lead of answer.data.leads.nodes) {
      expect(lead).toMatchObject({
        status: 'GOOD_LEAD',
        value: { amountCents: 320 },
        qualifiedBy: { __typename: 'Call' },
        interactions: {
          pageInfo: { hasNextPage: true },
          nodes: [
            { __typename: 'Call', kind: 'CALL', occurredAt: '2026-03-02T15:03:00.000Z', tags: [] },
            { occurredAt: '2026-03-02T15:02:00.000Z', tags: [{ name: 't' }] },
          ],
        },
      });
    }
  });

  it('pages its interactions without gap or repeat', async () => {
    const { run, arrives } = await customer();
    const calls = [];
    for (let n = 0; n < 5; n++) calls.push(await arrives(CALLER, minute(n < 3 ? 1 : n)));
    const page = `query($id: ID!, $after: Cursor) { node(id: $id) { ... on Lead {
      interactions(first: 2, after: $after) { totalCount nodes { id }
        pageInfo { hasNextPage endCursor } } } } }`;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const id = encodeGlobalId('Lead', calls[0]?.leadId ?? '');
      const { data } = await run(page, { id, after });
      const { nodes, totalCount, pageInfo } = data.node.interactions;
      expect(totalCount).toBe(5);
      seen.push(...nodes.map((node: { id: string }) => node.id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(5);
    expect(new Set(seen)).toEqual(new Set(calls.map(({ id }) => encodeGlobalId('Call', id))));
  });

  it('is masked without personal:read, and cannot be searched by what is masked', async () => {
    const { run, arrives, viewer, accountId, companyId } = await customer();
    const { leadId } = await arrives(CALLER);
    await town.db.prisma.leadIdentity.create({
      data: { accountId, companyId, kind: 'EMAIL', value: 'ada@example.com', leadId: leadId ?? '' },
    });
    const found = await run(LEADS, { filter: { phoneNumber: '(415) 555-0134', name: 'ADA' } });
    expect(found.data.leads.nodes).toMatchObject([
      { name: 'Ada Caller', phoneNumbers: [CALLER], emails: ['ada@example.com'] },
    ]);
    const blind = { ...viewer, scopes: ['leads:read' as const, 'calls:read' as const] };
    const masked = await run(LEADS, {}, blind);
    expect(masked.data.leads.nodes).toMatchObject([
      { name: 'A•••', phoneNumbers: ['+1••••••••34'], emails: ['a•••@example.com'] },
    ]);
    for (const filter of [{ phoneNumber: CALLER }, { name: 'ada' }]) {
      const refused = await run(LEADS, { filter }, blind);
      expect(refused.errors?.[0].extensions.code).toBe('FORBIDDEN');
    }
  });

  it('is listed newest first, filtered by status and company, and kept from strangers', async () => {
    const { run, arrives, change, viewer, otherCompanyId } = await customer();
    const old = await arrives(CALLER, minute(1));
    await arrives('+14155550135', minute(2));
    await change(old.id, { leadStatus: 'NOT_A_LEAD' });
    const ids = async (variables: object, as = viewer) => {
      const answer = await run(LEADS, { ...variables }, as);
      expect(answer.errors).toBeUndefined();
      return answer.data.leads.nodes.map((lead: { createdAt: string }) => lead.createdAt);
    };
    const [first, second] = [minute(1).toISOString(), minute(2).toISOString()];
    expect(await ids({})).toEqual([second, first]);
    const order = { field: 'CREATED_AT', direction: 'ASC' };
    expect(await ids({ order })).toEqual([first, second]);
    expect(await ids({ filter: { statuses: ['NOT_A_LEAD'] } })).toEqual([first]);
    expect(await ids({ filter: { createdFrom: second } })).toEqual([second]);
    expect(await ids({ filter: { createdBefore: second } })).toEqual([first]);
    const other = encodeGlobalId('Company', otherCompanyId);
    expect(await ids({ filter: { companyIds: [other] } })).toEqual([]);
    expect(await ids({}, { ...viewer, companyIds: [otherCompanyId] })).toEqual([]);
    expect(await ids({}, (await town.settle()).viewer)).toEqual([]);
  });

  it('is renamed', async () => {
    const { run, arrives, leadOf } = await withLead();
    const { leadId } = await arrives(CALLER);
    const rename = (name: string | null, expectedVersion?: number) =>
      run(
        `mutation($input: UpdateLeadInput!) { updateLead(input: $input) {
          lead { id name version } userErrors { code field } } }`,
        { input: { leadId: leadOf(leadId), name, expectedVersion } },
      );
    expect((await rename('Grace')).data.updateLead).toEqual({
      lead: { id: leadOf(leadId), name: 'Grace', version: 2 },
      userErrors: [],
    });
    expect((await rename('x', 1)).data.updateLead).toEqual({
      lead: null,
      userErrors: [{ code: 'VERSION_CONFLICT', field: ['expectedVersion'] }],
    });
    expect((await rename('x'.repeat(201))).data.updateLead.userErrors).toEqual([
      { code: 'INVALID_INPUT', field: ['name'] },
    ]);
    expect((await rename(null)).data.updateLead.lead).toMatchObject({ name: null, version: 3 });
  });
});

describe('the events of a lead', () => {
  it('name the lead and what changed', async () => {
    const { run, arrives, change, accountId } = await customer();
    const stop = new AbortController();
    const live = town.events.follow({ accountId, filter: {}, signal: stop.signal });
    const { id, leadId } = await arrives(CALLER);
    await change(id, { leadStatus: 'GOOD_LEAD', valueCents: 5 });
    for (let n = 0; n < 3; n++) await live.next();
    stop.abort();
    const { data, errors } = await run(
      `query($filter: EventFilter) { events(filter: $filter) { nodes {
        type subjectVersion ... on LeadEvent { changes lead { name status } } } } }`,
      { filter: { leadIds: [encodeGlobalId('Lead', leadId ?? '')] } },
    );
    expect(errors).toBeUndefined();
    const lead = { name: 'Ada Caller', status: 'GOOD_LEAD' };
    expect(data.events.nodes).toEqual([
      { type: 'LEAD_CREATED', subjectVersion: 1, changes: [], lead },
      { type: 'LEAD_QUALIFIED', subjectVersion: 2, changes: [], lead },
      { type: 'LEAD_UPDATED', subjectVersion: 3, changes: ['value'], lead },
    ]);
  });
});

async function withLead() {
  const people = await customer();
  return { ...people, leadOf: (id: string | null) => encodeGlobalId('Lead', id ?? '') };
}

function textOf(query: unknown): string {
  return typeof query === 'string' ? query : String((query as { text?: string }).text);
}
