// The table message_limit: the only place that writes it.
import type { MessageLimit } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { limitsOf, type VersionedLimits } from './message-limits.ts';

/** What an account has set; null while it has set nothing. */
export function readLimitRow(tx: Tx, accountId: string): Promise<MessageLimit | null> {
  return tx.messageLimit.findUnique({ where: { accountId } });
}

/** The limits that hold for an account. */
export async function readMessageLimits(tx: Tx, accountId: string): Promise<VersionedLimits> {
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
