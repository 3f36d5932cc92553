// The table message_limit: the only place that writes it.
import type { MessageLimit } from '#generated/prisma/client.ts';
import { preparedSql, type SqlTx, type Tx } from '#platform/db/index.ts';
import { limitsOf, type VersionedLimits } from './message-limits.ts';

/** What an account has set; null while it has set nothing. */
export async function readLimitRow(tx: SqlTx, accountId: string): Promise<MessageLimit | null> {
  const sql = preparedSql(accountId);
  const [row] = await sql`
    select account_id as "accountId", agent_in_month as "agentInMonth", inbound_percent as "inboundPercent",
           ratio_from as "ratioFrom", earliest_hour as "earliestHour", latest_hour as "latestHour",
           same_people_in_hour as "samePeopleInHour", same_people_in_day as "samePeopleInDay",
           agent_in_minute as "agentInMinute", account_in_hour as "accountInHour",
           account_in_day as "accountInDay", version
      from message_limit where account_id = ${sql.account}`.rows<MessageLimit>(tx);
  return row ?? null;
}

/** The limits that hold for an account. */
export async function readMessageLimits(tx: SqlTx, accountId: string): Promise<VersionedLimits> {
  const row = await readLimitRow(tx, accountId);
  return { ...limitsOf(row ?? {}), version: row?.version ?? 0 };
}

/** Writes what an account has set. The caller holds the lock `messageLimits`. */
export async function saveLimitRow(tx: Tx, row: MessageLimit): Promise<void> {
  const { accountId, ...fields } = row;
  await tx.messageLimit.upsert({
    where: { accountId },
    create: row,
    update: fields,
    select: { version: true },
  });
}
