// The messages of an agent and month: exact also when 50 send at once, told at 80, 95 and 100 %, new with the month.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type Agent,
  agentUsageSubject,
  countAgentMessage,
  exhausted,
  readAgent,
  readAgentUsage,
  seatOf,
} from '#domains/agents/index.ts';
import { openTown, refusalOf } from '#tests/domains/interactions/town.ts';

const town = await openTown();
const { db, events, clock } = town;
const ZONE = 'America/Los_Angeles';
const REFUSED = 'AGENT_MESSAGES_EXHAUSTED';

/** An account in California with one agent, who has used so much of this month. */
async function settle(used = 0) {
  const { accountId, companyId } = await town.settle();
  await db.prisma.account.update({ where: { id: accountId }, data: { timeZone: ZONE } });
  const [userId, agentId] = [randomUUID(), randomUUID()];
  const at = clock.now(accountId);
  const email = `${userId}@example.com`;
  await db.prisma.user.create({ data: { id: userId, email, name: 'Sam', createdAt: at } });
  await db.prisma.membership.create({ data: { accountId, userId, role: 'AGENT', createdAt: at } });
  await db.prisma.agent.create({
    data: { accountId, id: agentId, userId, seatedAt: at, presenceAt: at },
  });
  const month = new Date('2026-03-01T00:00:00.000Z');
  if (used > 0) {
    const row = { accountId, agentId, month, messagesSent: used - 10, messagesReceived: 10 };
    await db.prisma.agentUsage.create({ data: row });
  }
  const counts = (direction: 'INBOUND' | 'OUTBOUND', when = clock.now(accountId)) =>
    db.transaction(async (tx) => {
      await events.lock(tx, accountId, [agentUsageSubject(agentId), 'consent:another']);
      await countAgentMessage(tx, town, { accountId, agentId, direction, at: when });
    });
  const usage = (when = clock.now(accountId)) =>
    readAgentUsage(db.prisma, { accountId, agentId, at: when });
  const warned = async () => {
    const type = 'agent.usage_warning';
    const rows = await db.prisma.event.findMany({
      where: { accountId, type },
      orderBy: { seq: 'asc' },
    });
    return rows.map(({ payload }) => payload as { percent: number; messages: number });
  };
  return { accountId, companyId, userId, agentId, counts, usage, warned };
}

describe('the limit', () => {
  it('lets exactly as many out as are left, when 50 send at once', async () => {
    const { counts, usage } = await settle(4_983);
    const tries = await Promise.allSettled(Array.from({ length: 50 }, () => counts('OUTBOUND')));
    const refused = tries.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(refused).toHaveLength(50 - 17);
    expect(new Set(refused.map(({ reason }) => reason.code))).toEqual(new Set([REFUSED]));
    expect(await usage()).toMatchObject({
      messages: 5_000,
      sent: 4_990,
      received: 10,
      limit: 5_000,
    });
  });

  it('counts what comes in beyond it, and refuses only what would go out', async () => {
    const { counts, usage } = await settle(4_999);
    await counts('INBOUND');
    const refusal = await refusalOf(counts('OUTBOUND'));
    expect(refusal).toMatchObject({
      code: REFUSED,
      field: ['agentId'],
      figures: { limit: 5_000, current: 5_000, retryAt: new Date('2026-04-01T07:00:00.000Z') },
    });
    await counts('INBOUND');
    expect((await usage()).messages).toBe(5_001);
    // a dry run tells the same
    expect(exhausted(await usage())).toMatchObject({ figures: { limit: 5_000, current: 5_000 } });
  });

  it('is that of the month of the account’s zone, to the millisecond', async () => {
    const { counts, usage } = await settle(5_000);
    const last = new Date('2026-04-01T06:59:59.999Z');
    const first = new Date('2026-04-01T07:00:00.000Z');
    expect((await refusalOf(counts('OUTBOUND', last))).code).toBe(REFUSED);
    await counts('OUTBOUND', first);
    // one that was received before midnight, and reaches us after it
    await counts('INBOUND', last);
    expect([(await usage(first)).messages, (await usage(last)).messages]).toEqual([1, 5_001]);
  });
});

it('tells once of 80, 95 and 100 %', async () => {
  const { counts, warned } = await settle(3_998);
  await counts('OUTBOUND');
  expect(await warned()).toEqual([]);
  await Promise.all([1, 2, 3].map(() => counts('OUTBOUND')));
  expect(await warned()).toMatchObject([{ percent: 80, messages: 4_000 }]);
  const { accountId, agentId } = await settle(4_999);
  await db.transaction((tx) =>
    countAgentMessage(tx, town, {
      ...{ accountId, agentId, direction: 'OUTBOUND' },
      at: clock.now(accountId),
    }),
  );
  const last = await db.prisma.event.findMany({ where: { accountId } });
  expect(last.map(({ subject, payload }) => [subject, payload])).toEqual([
    [`agent-usage:${agentId}:2026-03`, { agentId, percent: 100, messages: 5_000, limit: 5_000 }],
  ]);
});

describe('a seat', () => {
  it('is its member’s, and ends with the membership or its own end', async () => {
    const { accountId, userId, agentId } = await settle();
    const seat: Agent = { id: agentId, userId, companyIds: null };
    expect(await seatOf(db.prisma, accountId, userId)).toEqual(seat);
    expect(await readAgent(db.prisma, accountId, agentId)).toEqual(seat);
    const other = await settle();
    expect(await readAgent(db.prisma, other.accountId, agentId)).toBeNull();
    expect(await seatOf(db.prisma, accountId, other.userId)).toBeNull();
    const where = { accountId_userId: { accountId, userId } };
    const { createdAt } = await db.prisma.membership.delete({ where });
    expect(await seatOf(db.prisma, accountId, userId)).toBeNull();
    // somebody who is asked back has no seat until it is given again
    const back = new Date(createdAt.getTime() + 1);
    const company = randomUUID();
    const data = { accountId, userId, role: 'AGENT', createdAt: back } as const;
    await db.prisma.membership.create({
      data: { ...data, allCompanies: false, companyIds: [company] },
    });
    expect(await readAgent(db.prisma, accountId, agentId)).toBeNull();
    const agent = { where: { accountId_id: { accountId, id: agentId } } };
    await db.prisma.agent.update({ ...agent, data: { seatedAt: back } });
    expect(await seatOf(db.prisma, accountId, userId)).toEqual({ ...seat, companyIds: [company] });
    await db.prisma.agent.update({ ...agent, data: { removedAt: back } });
    expect(await readAgent(db.prisma, accountId, agentId)).toBeNull();
  });
});
