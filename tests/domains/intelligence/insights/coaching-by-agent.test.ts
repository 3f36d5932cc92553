// Whose calls become better: by the agent at whose telephone they were answered, of all agents, or of oneself.
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { removeUser } from '#domains/accounts/remove-user.ts';
import { addAgent } from '#domains/agents/add-agent.ts';
import { removeAgent } from '#domains/agents/remove-agent.ts';
import { setAgentTelephones } from '#domains/agents/set-agent-telephones.ts';
import { person } from '#tests/domains/accounts/town.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { FRONT, openTrendDesk, WORKSHOP } from './trend-desk.ts';

const desk = await openTrendDesk();
const { prisma } = desk.db;
const TREND = `query($companyId: ID!, $groupBy: CoachingGroupBy) { coachingTrend(companyId: $companyId, groupBy: $groupBy,
  from: "2026-03-01T00:00:00.000Z", before: "2026-04-01T00:00:00.000Z") { destination agent { id name } met calls } }`;

let people: Awaited<ReturnType<typeof desk.settle>>;
beforeEach(async () => {
  desk.clock.set(new Date('2026-03-03T15:00:00.000Z'));
  people = await desk.settle();
});

const member = async (
  companyIds: string[] | null = null,
): Promise<{ userId: string; viewer: Viewer }> => {
  const { accountId } = people;
  const [userId, createdAt] = [randomUUID(), desk.clock.now(accountId)];
  await prisma.user.create({
    data: { id: userId, email: `${userId}@example.com`, name: 'Sam Miller', createdAt },
  });
  const kept = companyIds ? { allCompanies: false, companyIds } : {};
  const row = { accountId, userId, role: 'AGENT' as const, createdAt, ...kept };
  await prisma.membership.create({ data: row });
  return { userId, viewer: person(accountId, 'AGENT', { id: userId, companyIds }) };
};
/** Somebody with a seat who answers at these. */
const agentAt = async (...telephones: string[]) => {
  const { userId, viewer } = await member();
  const { id: agentId } = await addAgent(desk, people.viewer, { userId });
  await setAgentTelephones(desk, people.viewer, { agentId, telephones });
  return { agentId, viewer, shown: { id: encodeGlobalId('Agent', agentId), name: 'Sam Miller' } };
};
const trend = async (as = people.viewer, groupBy: string | null = 'AGENT') => {
  const companyId = encodeGlobalId('Company', people.companyId);
  const { data, errors } = await people.run(TREND, { companyId, groupBy }, as);
  return errors ? errors[0].extensions.code : data.coachingTrend;
};
const of = (agent: object | null, met: number, calls: number) => ({
  ...{ destination: null, agent, met, calls },
});
const byCalls = (one: { calls: number }, other: { calls: number }) => other.calls - one.calls;

it('calls are those of whose telephone it was when they were answered', async () => {
  const [one, other] = [await agentAt(FRONT), await agentAt(WORKSHOP)];
  const { callTo } = people;
  for (const met of [1, 0.5, 0.75]) await callTo(FRONT, met);
  for (const met of [0.25, 0.75]) await callTo(WORKSHOP, met);
  // nobody answered there
  await callTo(WORKSHOP, 0, false);
  const before = [of(one.shown, 0.75, 3), of(other.shown, 0.5, 2), of(null, 0, 1)];
  expect((await trend()).toSorted(byCalls)).toEqual(before);

  // it is another one's from then on, and then nobody's
  desk.clock.advance(60_000);
  const telephones = [WORKSHOP, FRONT];
  await setAgentTelephones(desk, people.viewer, { agentId: other.agentId, telephones });
  expect((await trend()).toSorted(byCalls)).toEqual(before);
  for (const met of [0, 0, 0.5]) await callTo(FRONT, met);
  desk.clock.advance(60_000);
  await removeAgent(desk, people.viewer, { agentId: other.agentId });
  for (let n = 0; n < 6; n += 1) await callTo(FRONT, 1);
  expect((await trend()).toSorted(byCalls)).toEqual([
    ...[of(null, 6 / 7, 7), of(other.shown, 0.3, 5), of(one.shown, 0.75, 3)],
  ]);
});

it('calls of before a telephone was said to be anybody’s are nobody’s', async () => {
  await people.callTo(FRONT, 1);
  desk.clock.advance(60_000);
  await agentAt(FRONT);
  expect(await trend()).toEqual([of(null, 1, 1)]);
});

it('calls of after the membership has gone are nobody’s, those of before stay theirs', async () => {
  const { viewer, shown } = await agentAt(FRONT);
  await people.callTo(FRONT, 1);
  desk.clock.advance(60_000);
  await removeUser(desk, people.viewer, { userId: viewer.actor.id });
  for (const met of [0, 0.5]) await people.callTo(FRONT, met);
  expect((await trend()).toSorted(byCalls)).toEqual([
    ...[of(null, 0.25, 2), of({ ...shown, name: null }, 1, 1)],
  ]);
});

it('agents see their own trend, and nobody else’s', async () => {
  const [one, other] = [await agentAt(FRONT), await agentAt(WORKSHOP)];
  await people.callTo(FRONT, 1);
  await people.callTo(WORKSHOP, 0);
  expect(await trend(one.viewer)).toEqual([of(one.shown, 1, 1)]);
  expect(await trend(other.viewer)).toEqual([of(other.shown, 0, 1)]);
  for (const groupBy of [null, 'DESTINATION']) {
    expect(await trend(one.viewer, groupBy)).toBe('FORBIDDEN');
  }
  // who has no seat has no trend, nor has who does not serve the company
  expect(await trend((await member()).viewer)).toBe('FORBIDDEN');
  const { otherCompanyId, viewer } = people;
  expect(await trend({ ...one.viewer, companyIds: [otherCompanyId] })).toBe('FORBIDDEN');
  // whoever may read transcripts sees them all, where they may read agents
  expect(await trend({ ...viewer, scopes: ['transcripts:read'] })).toBe('FORBIDDEN');
  const both = { ...viewer, scopes: ['transcripts:read', 'agents:read', 'personal:read'] as const };
  expect(await trend({ ...both, scopes: [...both.scopes] })).toHaveLength(2);
});
