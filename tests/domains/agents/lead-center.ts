// A Lead Center to test in: people of an account who have seats, and the API as each of them sees it.
import { randomUUID } from 'node:crypto';
import { schema } from '#schema';
import { person } from '#tests/domains/accounts/town.ts';
import { openTown } from '#tests/domains/interactions/town.ts';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Role } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';

/** Opens it on a database of its own. Call it at the top of a test file. */
export async function openLeadCenter() {
  const town = await openTown();
  const { db, clock } = town;
  // biome-ignore lint/suspicious/noExplicitAny: an answer has whatever shape was asked for
  const ask = async (viewer: Viewer, source: string, variables: object = {}): Promise<any> => {
    const as = { platform: town as never, viewer };
    const { data, errors } = await runOperation(schema, source, variables as never, as);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  /** one mutation: its payload */
  const change = async (viewer: Viewer, name: string, input: object, fields: string) => {
    const Name = name.charAt(0).toUpperCase() + name.slice(1);
    const source = `mutation($input: ${Name}Input!) { ${name}(input: $input) {
      ${fields} userErrors { code field message ... on PolicyRefusal { retryAt } } } }`;
    return (await ask(viewer, source, { input }))[name];
  };
  const settle = async () => {
    const here = await town.settle();
    const { accountId } = here;
    /** A member, and how they see the account. */
    const joins = async (
      more: { role?: Role; email?: string; companyIds?: string[] } = {},
    ): Promise<{ userId: string; id: string; viewer: Viewer }> => {
      const { role = 'AGENT', companyIds } = more;
      const [userId, createdAt] = [randomUUID(), clock.now(accountId)];
      const email = more.email ?? `${userId}@example.com`;
      await db.prisma.user.create({ data: { id: userId, email, name: 'Sam Miller', createdAt } });
      const kept = companyIds ? { allCompanies: false, companyIds } : {};
      await db.prisma.membership.create({ data: { accountId, userId, role, createdAt, ...kept } });
      const viewer = person(accountId, role, { id: userId, companyIds: companyIds ?? null });
      return { userId, id: encodeGlobalId('User', userId), viewer };
    };
    /** A member with a seat. */
    const sits = async (more: Parameters<typeof joins>[0] = {}) => {
      const member = await joins(more);
      const input = { userId: member.id };
      const { agent, userErrors } = await change(here.viewer, 'addAgent', input, 'agent { id }');
      if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
      return { ...member, agentId: agent.id as string };
    };
    const told = async (type: string) => {
      const where = { accountId, type };
      const rows = await db.prisma.event.findMany({ where, orderBy: { seq: 'asc' } });
      return rows.map(({ payload, subjectVersion }) => ({
        ...(payload as { presence: string; reason: string; replacedLeaseId: string | null }),
        subjectVersion,
      }));
    };
    return { ...here, joins, sits, told };
  };
  return { ...town, ask, change, settle };
}

const LEASE = 'agent { presence awayReason } lease { id expiresAt heartbeatSeconds }';

/** A device of a person: what it does with their seat. */
export function deviceOf(
  { change }: Pick<Awaited<ReturnType<typeof openLeadCenter>>, 'change'>,
  viewer: Viewer,
  deviceId = randomUUID() as string,
) {
  let leaseId = encodeGlobalId('Lease', randomUUID());
  return {
    leaseId: () => leaseId,
    claims: async () => {
      const answer = await change(viewer, 'claimPresence', { deviceId }, LEASE);
      leaseId = answer.lease?.id ?? leaseId;
      return answer;
    },
    renews: () => change(viewer, 'renewPresence', { leaseId }, LEASE),
    sets: (presence: string, more: object = {}) =>
      change(viewer, 'setPresence', { leaseId, presence, ...more }, LEASE),
    leaves: () => change(viewer, 'leavePresence', { leaseId }, LEASE),
  };
}
