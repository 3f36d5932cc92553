// The table agent_telephone: the only place that writes it. Rows stay when a telephone goes to somebody else, so that who
// answered a call is told as it was then.
import { type Tx, tenantSql } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { HAS_SEAT } from './store.ts';

/** Held while telephones change hands; taken before the lock of any agent. */
export const TELEPHONES_SUBJECT = 'agent-telephones';

/** The telephones of these agents as they are now, E.164, those that they have longest first; none of those without a seat. */
export async function telephonesOf(
  tx: Tx,
  accountId: string,
  agentIds: readonly string[],
): Promise<string[][]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select t.agent_id as "agentId", t.number
      from agent_telephone t
      join agent a on a.account_id = t.account_id and a.id = t.agent_id
      join membership m on m.account_id = a.account_id and m.user_id = a.user_id
     where t.account_id = ${sql.account} and t.agent_id = any(${[...agentIds]}::uuid[]) and t.until is null
       and ${HAS_SEAT}
     order by t.since, t.number`.rows<{ agentId: string; number: string }>(tx);
  const byAgent = Map.groupBy(rows, ({ agentId }) => agentId);
  return agentIds.map((id) => (byAgent.get(id) ?? []).map(({ number }) => number));
}

/** What an agent holds, E.164, with or without a seat. */
export async function heldBy(tx: Tx, accountId: string, agentId: string): Promise<string[]> {
  const rows = await tx.agentTelephone.findMany({
    where: { accountId, agentId, until: null },
    orderBy: [{ since: 'asc' }, { number: 'asc' }],
    select: { number: true },
  });
  return rows.map(({ number }) => number);
}

/** Who holds any of these numbers, each once. */
export async function holdersOf(
  tx: Tx,
  accountId: string,
  numbers: readonly string[],
): Promise<string[]> {
  const rows = await tx.agentTelephone.findMany({
    where: { accountId, until: null, number: { in: [...numbers] } },
    distinct: ['agentId'],
    select: { agentId: true },
  });
  return rows.map(({ agentId }) => agentId);
}

/**
 * Makes these an agent's telephones from a moment on, and no longer those of anybody else; what else they had is theirs no
 * longer. The caller holds TELEPHONES_SUBJECT.
 * @param numbers E.164, each once
 */
export async function saveTelephones(
  tx: Tx,
  { accountId, agentId }: { accountId: string; agentId: string },
  numbers: readonly string[],
  at: Date,
): Promise<void> {
  const held = await heldBy(tx, accountId, agentId);
  const fresh = numbers.filter((number) => !held.includes(number));
  const lost = held.filter((number) => !numbers.includes(number));
  await tx.agentTelephone.updateMany({
    where: { accountId, until: null, number: { in: [...fresh, ...lost] } },
    data: { until: at },
  });
  await tx.agentTelephone.createMany({
    data: fresh.map((number) => ({ accountId, id: newId(), agentId, number, since: at })),
  });
}
