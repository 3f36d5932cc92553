// The table sending_hold: the only place that writes it.
import type { Tx } from '#platform/db/index.ts';

/** Whether an account may begin conversations by text, as far as bulk is concerned. */
export interface SendingHold {
  /** since when it may not; null = it may */
  heldAt: Date | null;
  /** when an administrator last let it go on; null = never */
  releasedAt: Date | null;
}

/** What holds for an account. */
export async function readSendingHold(tx: Tx, accountId: string): Promise<SendingHold> {
  const row = await tx.sendingHold.findUnique({ where: { accountId } });
  return { heldAt: row?.heldAt ?? null, releasedAt: row?.releasedAt ?? null };
}

/** Holds the conversations that an account would begin, until they are let go on. What is held already stays as it is. */
export async function holdSending(tx: Tx, accountId: string, heldAt: Date): Promise<void> {
  await tx.sendingHold.createMany({ data: [{ accountId }], skipDuplicates: true });
  await tx.sendingHold.updateMany({ where: { accountId, heldAt: null }, data: { heldAt } });
}

/** Lets them go on. False when nothing was held, or something that was tried since. */
export async function endSendingHold(
  tx: Tx,
  accountId: string,
  heldAt: Date,
  releasedAt: Date,
): Promise<boolean> {
  const { count } = await tx.sendingHold.updateMany({
    where: { accountId, heldAt },
    data: { heldAt: null, releasedAt },
  });
  return count > 0;
}
