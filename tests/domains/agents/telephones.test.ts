// The telephones at which agents answer: one person's at a time, told to those who may read who people are, and gone with
// the seat.
import { expect, it } from 'vitest';
import { person } from '#tests/domains/accounts/town.ts';
import { openLeadCenter } from './lead-center.ts';

const center = await openLeadCenter();
const { clock, db } = center;
const [FRONT, WORKSHOP] = ['+13125550181', '+13125550182'];
const FIELDS = 'agent { telephones version }';
const READ = 'query($id: ID!) { node(id: $id) { ... on Agent { telephones } } }';

async function settle() {
  const people = await center.settle();
  const { viewer } = people;
  const sets = (agentId: string, telephones: string[], more: object = {}, as = viewer) =>
    center.change(as, 'setAgentTelephones', { agentId, telephones, ...more }, FIELDS);
  const read = async (id: string, as = viewer) =>
    (await center.ask(as, READ, { id })).node.telephones;
  return { ...people, sets, read };
}

it('a telephone is one agent’s, and goes to the next one with the time that it was theirs', async () => {
  const { sits, sets, read, accountId } = await settle();
  const [one, other] = [await sits(), await sits()];
  const { agent } = await sets(one.agentId, [FRONT, WORKSHOP, FRONT]);
  expect(agent.telephones).toEqual([FRONT, WORKSHOP]);
  expect((await sets(one.agentId, [WORKSHOP, FRONT])).agent).toEqual(agent);
  const givenAt = clock.advance(60_000) ?? clock.now(accountId);
  expect((await sets(other.agentId, [FRONT])).agent.telephones).toEqual([FRONT]);
  expect(await read(one.agentId)).toEqual([WORKSHOP]);
  const rows = await db.prisma.agentTelephone.findMany({
    where: { accountId, number: FRONT },
    orderBy: { since: 'asc' },
  });
  expect(rows.map(({ until }) => until)).toEqual([clock.now(accountId), null]);
  expect(rows[1]?.since).toEqual(givenAt);
  const audited = await db.prisma.auditEntry.count({
    where: { accountId, action: 'setAgentTelephones' },
  });
  expect(audited).toBe(3);
});

it('who loses one to somebody else has a new version, and the audit tells of it', async () => {
  const { sits, sets, accountId } = await settle();
  const [one, other] = [await sits(), await sits()];
  const { version } = (await sets(one.agentId, [FRONT, WORKSHOP])).agent;
  await sets(other.agentId, [FRONT]);
  const stale = await sets(one.agentId, [FRONT], { expectedVersion: version });
  expect(stale.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
  const audited = await db.prisma.auditEntry.findMany({
    where: {
      accountId,
      action: 'setAgentTelephones',
      before: { path: ['telephones', '0'], equals: FRONT },
    },
    select: { before: true, after: true },
  });
  expect(audited).toEqual([
    { before: { telephones: [FRONT, WORKSHOP] }, after: { telephones: [WORKSHOP] } },
  ]);
  const again = await sets(one.agentId, [FRONT], { expectedVersion: version + 1 });
  expect(again.agent).toEqual({ telephones: [FRONT], version: version + 2 });
});

it('they end with the seat, and without one there are none', async () => {
  const { sits, sets, read, viewer } = await settle();
  const { agentId, id: userId } = await sits();
  await sets(agentId, [FRONT]);
  await center.change(viewer, 'removeAgent', { agentId }, 'agent { id }');
  expect(await read(agentId)).toEqual([]);
  const refused = await sets(agentId, [FRONT]);
  expect(refused.userErrors).toMatchObject([{ code: 'WRONG_STATE', field: ['agentId'] }]);
  clock.advance(1_000);
  await center.change(viewer, 'addAgent', { userId }, 'agent { id }');
  expect(await read(agentId)).toEqual([]);
});

it.each([
  ['removeUser', {}],
  ['changeUserRole', { role: 'NOTIFICATION' }],
])('they end where %s ends the seat, and come back with nobody', async (mutation, more) => {
  const { sits, sets, read, accountId, viewer } = await settle();
  const { agentId, id, userId } = await sits();
  await sets(agentId, [FRONT]);
  clock.advance(1_000);
  await center.change(viewer, mutation, { userId: id, ...more }, '__typename');
  expect(await read(agentId)).toEqual([]);
  const where = { accountId, number: FRONT };
  const rows = () => db.prisma.agentTelephone.findMany({ where, select: { until: true } });
  expect(await rows()).toEqual([{ until: clock.now(accountId) }]);
  clock.advance(1_000);
  const member = { accountId, userId, role: 'AGENT' as const, createdAt: clock.now(accountId) };
  if (mutation === 'removeUser') {
    const user = { id: userId, email: `${userId}@example.com`, name: 'Sam Miller' };
    await db.prisma.user.create({ data: { ...user, createdAt: member.createdAt } });
    await db.prisma.membership.create({ data: member });
  } else {
    await center.change(viewer, mutation, { userId: id, role: 'AGENT' }, '__typename');
  }
  await center.change(viewer, 'addAgent', { userId: id }, 'agent { id }');
  expect(await read(agentId)).toEqual([]);
});

it('those that a seat left behind when it ended are shown with none, and end when it is given again', async () => {
  const { sits, sets, read, accountId, viewer } = await settle();
  const { agentId, id, userId } = await sits();
  await sets(agentId, [FRONT]);
  clock.advance(1_000);
  await db.prisma.membership.deleteMany({ where: { accountId, userId } });
  expect(await read(agentId)).toEqual([]);
  const member = { accountId, userId, role: 'AGENT' as const, createdAt: clock.now(accountId) };
  await db.prisma.membership.create({ data: member });
  await center.change(viewer, 'addAgent', { userId: id }, 'agent { id }');
  expect(await read(agentId)).toEqual([]);
});

it('they are set by administrators, a few at a time, and read as names are', async () => {
  const { sits, sets, read, accountId, viewer } = await settle();
  const { agentId } = await sits();
  const many = Array.from({ length: 11 }, (_, n) => `+131255501${60 + n}`);
  expect((await sets(agentId, many)).userErrors).toMatchObject([
    { code: 'INVALID_INPUT', field: ['telephones'] },
  ]);
  const stale = await sets(agentId, [FRONT], { expectedVersion: 7 });
  expect(stale.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
  const stranger = await settle();
  expect((await stranger.sets(agentId, [FRONT])).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const manager = person(accountId, 'MANAGER');
  await expect(sets(agentId, [FRONT], {}, manager)).rejects.toThrow('FORBIDDEN');
  await sets(agentId, [FRONT]);
  const unseeing = { ...viewer, scopes: ['agents:read' as const] };
  expect(await read(agentId, unseeing)).toBeNull();
});
