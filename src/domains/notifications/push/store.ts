// The only writer of the table push_subscription.
import type { Prisma, PushSubscription } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';

export type PushSubscriptionRow = PushSubscription;

export function findPushSubscription(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<PushSubscriptionRow | null> {
  return tx.pushSubscription.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** The subscription of a browser, whoever's it is. */
export function findByEndpoint(
  tx: Tx,
  accountId: string,
  endpointHash: Uint8Array<ArrayBuffer>,
): Promise<PushSubscriptionRow | null> {
  const where = { accountId_endpointHash: { accountId, endpointHash } };
  return tx.pushSubscription.findUnique({ where });
}

/** A user's, the first made first. */
export function readPushSubscriptions(
  tx: Tx,
  accountId: string,
  userId: string,
): Promise<PushSubscriptionRow[]> {
  return tx.pushSubscription.findMany({
    where: { accountId, userId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
}

export function insertPushSubscription(
  tx: Tx,
  data: Prisma.PushSubscriptionUncheckedCreateInput,
): Promise<PushSubscriptionRow> {
  return tx.pushSubscription.create({ data });
}

/** Writes fields of a browser. */
export function writePushSubscription(
  tx: Tx,
  { accountId, id }: { accountId: string; id: string },
  data: Prisma.PushSubscriptionUncheckedUpdateInput,
): Promise<PushSubscriptionRow> {
  return tx.pushSubscription.update({ where: { accountId_id: { accountId, id } }, data });
}

/** Writes down what came of a try; of several at once the first alone, and one that is gone is no fault. */
export async function settlePush(
  tx: Tx,
  { accountId, id, failures }: PushSubscriptionRow,
  data: { failures: number; restsUntil: Date | null },
): Promise<void> {
  await tx.pushSubscription.updateMany({ where: { accountId, id, failures }, data });
}

/** Forgets a browser; one that is gone is no fault. */
export async function dropPushSubscription(
  tx: Tx,
  { accountId, id }: { accountId: string; id: string },
  /** only while it has failed so often in a row: who subscribed anew meanwhile stays */
  failures?: number,
): Promise<void> {
  await tx.pushSubscription.deleteMany({
    where: { accountId, id, ...(failures === undefined ? null : { failures }) },
  });
}
