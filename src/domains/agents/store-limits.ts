// The table message_limit: the only place that writes it.
import type { MessageLimit } from '#generated/prisma/client.ts';
import { columnOf, preparedSql, type SqlTx, type Tx } from '#platform/db/index.ts';
import { LIMIT_NAMES, limitsOf, type VersionedLimits } from './message-limits.ts';

/** What an account has set; null while it has set nothing. */
export async function readLimitRow(tx: SqlTx, accountId: string): Promise<MessageLimit | null> {
  const sql = preparedSql(accountId);
  const [found] = await sql`
    select version, to_jsonb(l) as columns from message_limit l
     where account_id = ${sql.account}`.rows<{ version: number; columns: Record<string, number> }>(
    tx,
  );
  if (!found) return null;
  const { version, columns } = found;
  const set = LIMIT_NAMES.map((name) => [name, columns[columnOf(name)] ?? null]);
  return { accountId, version, ...Object.fromEntries(set) };
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
