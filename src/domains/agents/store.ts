// The tables agent and agent_usage: the only place that writes them. A seat counts while its member is one: memberships
// end in the accounts domain, which knows no seats, so each read asks for both.
import type { Agent as AgentRow, AgentUsage } from '#generated/prisma/client.ts';
import {
  preparedSql,
  type SqlPart,
  type SqlTx,
  sqlPart,
  type Tx,
  tenantSql,
} from '#platform/db/index.ts';

export type { AgentRow };

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

/** Of the agent `a` and the membership `m`: whether the seat stands. Who was removed and came back has none until it is given again. */
export const HAS_SEAT = sqlPart`(a.removed_at is null and m.role <> 'NOTIFICATION' and m.created_at <= a.seated_at)`;

async function findSeat(tx: Tx, accountId: string, which: SqlPart): Promise<Agent | null> {
  const sql = tenantSql(accountId);
  const [seat] = await sql`
    select a.id, a.user_id as "userId",
           case when m.all_companies then null else m.company_ids end as "companyIds"
      from agent a
      join membership m on m.account_id = a.account_id and m.user_id = a.user_id
     where a.account_id = ${sql.account} and ${HAS_SEAT} and ${which}`.rows<Agent>(tx);
  return seat ?? null;
}

/** One agent of the account, with or without a seat; or null. */
export function readAgentRow(tx: Tx, accountId: string, id: string): Promise<AgentRow | null> {
  return tx.agent.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** The agent of a person, with or without a seat; or null. */
export function findAgentOf(tx: Tx, accountId: string, userId: string): Promise<AgentRow | null> {
  return tx.agent.findUnique({ where: { accountId_userId: { accountId, userId } } });
}

/** Agents whose device has not been heard since a moment, the longest silent first, at most `limit`. Over all accounts: the job's own read. */
export function findLostAgents(
  tx: Tx,
  before: Date,
  limit: number,
): Promise<Pick<AgentRow, 'accountId' | 'id'>[]> {
  return tx.agent.findMany({
    where: { leaseId: { not: null }, seenAt: { lte: before } },
    orderBy: { seenAt: 'asc' },
    take: limit,
    select: { accountId: true, id: true },
  });
}

/** Gives a person a seat, theirs of before again if they had one. The caller holds the lock of the seat. */
export function saveSeat(
  tx: Tx,
  row: Pick<
    AgentRow,
    'accountId' | 'id' | 'userId' | 'namedPerson' | 'seatedAt' | 'presenceAt' | 'version'
  >,
): Promise<AgentRow> {
  const { accountId, id, userId: _, ...fields } = row;
  const nobody = { presence: 'OFFLINE', awayReason: null, leaseId: null, deviceId: null } as const;
  return tx.agent.upsert({
    where: { accountId_id: { accountId, id } },
    create: row,
    update: { ...fields, ...nobody, seenAt: null, removedAt: null },
  });
}

/** Writes fields of an agent. The caller holds its lock. */
export function writeAgent(
  tx: Tx,
  accountId: string,
  id: string,
  fields: Partial<Omit<AgentRow, 'accountId' | 'id' | 'userId' | 'version'>> & {
    version?: number | { increment: 1 };
  },
): Promise<AgentRow> {
  return tx.agent.update({ where: { accountId_id: { accountId, id } }, data: fields });
}

/** Notes that an agent's device was heard; nothing that is told of changes. */
export function touchSeat(tx: Tx, accountId: string, id: string, seenAt: Date): Promise<AgentRow> {
  return writeAgent(tx, accountId, id, { seenAt });
}

/** What an agent used in a month; null before the first. */
export async function readUsageRow(
  tx: SqlTx,
  accountId: string,
  agentId: string,
  month: Date,
): Promise<Pick<AgentUsage, 'messagesSent' | 'messagesReceived' | 'warnedPercent'> | null> {
  const sql = preparedSql(accountId);
  const [row] = await sql`
    select messages_sent as "messagesSent", messages_received as "messagesReceived",
           warned_percent as "warnedPercent"
      from agent_usage
     where account_id = ${sql.account} and agent_id = ${agentId}::uuid
       and month = ${dayOf(month)}::date`.rows<
    Pick<AgentUsage, 'messagesSent' | 'messagesReceived' | 'warnedPercent'>
  >(tx);
  return row ?? null;
}

/** The zone of an agent's account. */
export async function readTimeZone(tx: SqlTx, accountId: string, agentId: string): Promise<string> {
  const sql = preparedSql(accountId);
  const [row] = await sql`
    select o.time_zone as "timeZone" from agent a join account o on o.id = a.account_id
     where a.account_id = ${sql.account} and a.id = ${agentId}::uuid`.rows<{ timeZone: string }>(
    tx,
  );
  if (!row) throw new Error('readTimeZone was asked for an agent who is not in this account.');
  return row.timeZone;
}

/** Writes what an agent used in a month. The caller holds the lock of the usage. */
export async function saveUsage(tx: SqlTx, row: AgentUsage): Promise<void> {
  const sql = preparedSql(row.accountId);
  await sql`
    insert into agent_usage (account_id, agent_id, month, messages_sent, messages_received, warned_percent)
    select account_id, id, ${dayOf(row.month)}::date, ${row.messagesSent}::int, ${row.messagesReceived}::int,
           ${row.warnedPercent}::int
      from agent where account_id = ${sql.account} and id = ${row.agentId}::uuid
        on conflict (account_id, agent_id, month)
        do update set messages_sent = excluded.messages_sent, messages_received = excluded.messages_received,
                      warned_percent = excluded.warned_percent`.rows(tx);
}

/** A day that stands as its midnight in UTC, in words that mean the same in every zone. */
const dayOf = (midnight: Date): string => midnight.toISOString().slice(0, 10);
