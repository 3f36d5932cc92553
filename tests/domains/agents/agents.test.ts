// Seats: given to members, one a person, listed with what they use, and ended with the membership.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import { deviceOf, openLeadCenter } from './lead-center.ts';

const center = await openLeadCenter();
const { db, clock } = center;
const LIST = `query($filter: AgentFilter, $first: Int, $after: Cursor) {
  agents(filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id name namedPerson hasSeat presence user { id }
      usage { resetsAt messages { total sent received } limits { messages } } } } }`;

describe('a seat', () => {
  it('is one a person, whoever asks how often', async () => {
    const { joins, viewer, accountId } = await center.settle();
    const { id, userId } = await joins();
    const adds = (more: object = {}) =>
      center.change(viewer, 'addAgent', { userId: id, ...more }, 'agent { id version }');
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => adds()));
    const once = await adds({ idempotencyKey: 'k' });
    const [agent] = answers.map((answer) => answer.agent);
    for (const answer of [...answers, once]) expect(answer).toEqual({ agent, userErrors: [] });
    const audited = await db.prisma.auditEntry.findMany({
      where: { accountId, action: 'addAgent' },
    });
    expect(audited.map(({ after }) => after)).toEqual([{ userId }]);
  });

  it('that is given again goes on with its month', async () => {
    const { sits, viewer, accountId } = await center.settle();
    const { id, agentId, userId } = await sits();
    const { id: row } = await db.prisma.agent.findFirstOrThrow({ where: { accountId, userId } });
    const month = new Date('2026-03-01T00:00:00.000Z');
    const used = { messagesSent: 7, messagesReceived: 5 };
    await db.prisma.agentUsage.create({ data: { accountId, agentId: row, month, ...used } });
    const stale = { agentId, expectedVersion: 7 };
    const refused = await center.change(viewer, 'removeAgent', stale, 'agent { id }');
    expect(refused.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
    for (const _ of [1, 2]) await center.change(viewer, 'removeAgent', { agentId }, 'agent { id }');
    expect((await center.ask(viewer, LIST)).agents.nodes).toEqual([]);
    clock.advance(1_000);
    await center.change(viewer, 'addAgent', { userId: id }, 'agent { id }');
    expect((await center.ask(viewer, LIST)).agents.nodes).toMatchObject([
      {
        ...{ id: agentId, name: 'Sam Miller', hasSeat: true, user: { id } },
        usage: {
          messages: { total: 12, sent: 7, received: 5 },
          limits: { messages: 5_000 },
          resetsAt: '2026-04-01T04:00:00.000Z',
        },
      },
    ]);
  });

  it('is not for posts without a name, for those who only get mail, nor for strangers', async () => {
    const { joins, viewer } = await center.settle();
    const adds = async (userId: string, more: object = {}) =>
      (await center.change(viewer, 'addAgent', { userId, ...more }, 'agent { namedPerson }')) as {
        agent: object;
        userErrors: { code: string; field: string[] }[];
      };
    const { id: post } = await joins({ email: `info+${randomUUID()}@example.com` });
    const shared = await adds(post);
    expect(shared.userErrors).toMatchObject([{ code: 'SEAT_SHARING', field: ['namedPerson'] }]);
    expect((await adds(post, { namedPerson: 'Sam' })).agent).toEqual({ namedPerson: 'Sam' });
    const { id: reader } = await joins({ role: 'NOTIFICATION' });
    expect((await adds(reader)).userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    const stranger = await (await center.settle()).joins();
    for (const id of [stranger.id, encodeGlobalId('User', randomUUID())]) {
      expect((await adds(id)).userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['userId'] }]);
    }
  });

  it('ends with the membership; who comes back is given a new one', async () => {
    const { sits, viewer, accountId } = await center.settle();
    const { userId, agentId, id } = await sits();
    const where = { accountId_userId: { accountId, userId } };
    const { createdAt, ...member } = await db.prisma.membership.delete({ where });
    expect((await center.ask(viewer, LIST)).agents.nodes).toEqual([]);
    const read = `query($id: ID!) { node(id: $id) { ... on Agent { name hasSeat presence } } }`;
    const gone = { name: null, hasSeat: false, presence: 'OFFLINE' };
    expect(await center.ask(viewer, read, { id: agentId })).toEqual({ node: gone });
    clock.advance(1_000);
    const back = new Date(createdAt.getTime() + 1_000);
    await db.prisma.membership.create({ data: { ...member, createdAt: back } });
    expect((await center.ask(viewer, LIST)).agents.totalCount).toBe(0);
    await center.change(viewer, 'addAgent', { userId: id }, 'agent { id }');
    expect((await center.ask(viewer, LIST)).agents.nodes).toMatchObject([{ id: agentId }]);
  });
});

describe('the list', () => {
  it('is paged, and filtered by user, company and what they do now', async () => {
    const { sits, viewer, companyId, otherCompanyId } = await center.settle();
    const seated = [];
    for (const companyIds of [undefined, [companyId], [otherCompanyId]]) {
      seated.push(await sits(companyIds ? { companyIds } : {}));
      clock.advance(10);
    }
    const [everywhere, here, there] = seated;
    const ids = async (filter: object, as = viewer) =>
      (await center.ask(as, LIST, { filter })).agents.nodes.map(({ id }: { id: string }) => id);
    expect(await ids({})).toEqual(seated.map(({ agentId }) => agentId));
    const company = encodeGlobalId('Company', companyId);
    expect(await ids({ companyIds: [company] })).toEqual([everywhere?.agentId, here?.agentId]);
    expect(await ids({ userIds: [there?.id] })).toEqual([there?.agentId]);
    await deviceOf(center, there?.viewer as never).claims();
    expect(await ids({ presences: ['AVAILABLE'] })).toEqual([there?.agentId]);
    expect(await ids({ presences: ['OFFLINE', 'AWAY'] })).toHaveLength(2);
    clock.advance(45_000);
    expect(await ids({ presences: ['OFFLINE'] })).toHaveLength(3);
    const page = (await center.ask(viewer, LIST, { first: 2 })).agents;
    expect([page.totalCount, page.pageInfo.hasNextPage]).toEqual([3, true]);
    const rest = (await center.ask(viewer, LIST, { first: 2, after: page.pageInfo.endCursor }))
      .agents;
    expect(rest.nodes).toMatchObject([{ id: there?.agentId }]);
    // who is kept to a company sees those who serve it, and no names without the right to them
    const kept = { ...viewer, companyIds: [companyId] };
    expect(await ids({}, kept)).toEqual([everywhere?.agentId, here?.agentId]);
    const blind = { ...viewer, scopes: ['agents:read' as const] };
    const names = (await center.ask(blind, LIST)).agents.nodes.map(
      (one: { name: string }) => one.name,
    );
    expect(names).toEqual(['•••', '•••', '•••']);
  });
});
