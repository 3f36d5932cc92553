// The tables agent and agent_usage: the only place that writes them. A seat counts while its member is one: memberships
// end in the accounts domain, which knows no seats, so each read asks for both.
import type { AgentUsage, Prisma } from '#generated/prisma/client.ts';
import { type SqlPart, sqlPart, type Tx, tenantSql } from '#platform/db/index.ts';

/** Somebody with a seat. */
export interface Agent {
  id: string;
  userId: string;
  /** the companies that they are kept to; null = every company */
  companyIds: readonly string[] | null;
}

/** The seat of a member; null when they have none, or are no member any more. */
export function seatOf(tx: Tx, accountId: string, userId: string): Promise<Agent | null> {
  return findSeat(tx, accountId, sqlPart`a.user_id = ${userId}::uuid`);
}

/** A seat by its id; null when it ended, or its member is one no more. */
export function readAgent(tx: Tx, accountId: string, agentId: string): Promise<Agent | null> {
  return findSeat(tx, accountId, sqlPart`a.id = ${agentId}::uuid`);
}

async function findSeat(tx: Tx, accountId: string, which: SqlPart): Promise<Agent | null> {
  const sql = tenantSql(accountId);
  // who was removed and came back has no seat until it is given again
  const [seat] = await sql`
    select a.id, a.user_id as "userId",
           case when m.all_companies then null else m.company_ids end as "companyIds"
      from agent a
      join membership m on m.account_id = a.account_id and m.user_id = a.user_id
     where a.account_id = ${sql.account} and a.removed_at is null and m.created_at <= a.seated_at
       and m.role <> 'NOTIFICATION' and ${which}`.rows<Agent>(tx);
  return seat ?? null;
}

/** What an agent used in a month; null before the first. */
export function readUsageRow(
  tx: Tx,
  accountId: string,
  agentId: string,
  month: Date,
): Promise<AgentUsage | null> {
  const key = { accountId, agentId, month };
  return tx.agentUsage.findUnique({ where: { accountId_agentId_month: key } });
}

/** Writes what an agent used in a month. The caller holds the lock of the usage. */
export async function saveUsage(tx: Tx, row: AgentUsage): Promise<void> {
  const { accountId, agentId, month, ...fields } = row;
  await tx.agentUsage.upsert({
    where: { accountId_agentId_month: { accountId, agentId, month } },
    create: row as Prisma.AgentUsageUncheckedCreateInput,
    update: fields,
    select: { agentId: true },
  });
}
