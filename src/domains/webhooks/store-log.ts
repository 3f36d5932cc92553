// The other writer of webhook_delivery and webhook_attempt: what happens to the delivery log afterwards. Replayed, erased,
// forgotten.
import type { Prisma, WebhookDelivery } from '#generated/prisma/client.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';

/** Makes deliveries due again from their first attempt on; those that were erased are left. Returns how many. */
export async function replayDeliveries(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
  at: Date,
): Promise<number> {
  const { count } = await tx.webhookDelivery.updateMany({
    where: { accountId, id: { in: [...ids] }, erasedAt: null },
    data: {
      state: 'PENDING',
      failure: null,
      dueAt: at,
      tries: 0,
      deliveredAt: null,
      replayedAt: at,
    },
  });
  return count;
}

/**
 * The next deliveries of an endpoint that a replay is to make due again, in the order of the indexes by endpoint: each
 * piece begins where the one before ended.
 */
export function readReplayable(
  prisma: Tx,
  replay: Replay,
  after: ReplayPlace | null,
  limit: number,
): Promise<ReplayPlace[]> {
  const from = after?.createdAt ?? replay.createdFrom;
  return prisma.webhookDelivery.findMany({
    where: {
      AND: [
        replayable({ ...replay, createdFrom: from }),
        after ? { OR: [{ createdAt: { gt: after.createdAt } }, { id: { gt: after.id } }] } : {},
      ],
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: limit,
    select: { id: true, createdAt: true },
  });
}

/** How far a replay has come. */
export type ReplayPlace = Pick<WebhookDelivery, 'id' | 'createdAt'>;

/** How many those are, counted up to `cap`. */
export function countReplayable(prisma: Tx, replay: Replay, cap: number): Promise<number> {
  return prisma.webhookDelivery.count({ where: replayable(replay), take: cap });
}

/** Which deliveries of an endpoint are wanted again. */
export interface Replay {
  accountId: string;
  endpointId: string;
  /** inclusive; null = from the oldest on */
  createdFrom: Date | null;
  /** exclusive */
  createdBefore: Date;
  failedOnly: boolean;
  /** what was replayed then or later is done */
  requestedAt: Date;
}

function replayable(replay: Replay): Prisma.WebhookDeliveryWhereInput {
  const { accountId, endpointId, createdFrom, createdBefore, failedOnly, requestedAt } = replay;
  return {
    accountId,
    endpointId,
    createdAt: { lt: createdBefore, ...(createdFrom && { gte: createdFrom }) },
    ...(failedOnly && { state: 'FAILED' as const }),
    erasedAt: null,
    OR: [{ replayedAt: null }, { replayedAt: { lt: requestedAt } }],
  };
}

/** The endpoints that have deliveries of these subjects. */
export async function readEndpointsTold(
  tx: Tx,
  accountId: string,
  subjects: readonly string[],
): Promise<string[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select distinct endpoint_id as id from webhook_delivery
     where account_id = ${sql.account} and subject = any(${[...subjects]}::text[])`.rows<{
    id: string;
  }>(tx);
  return rows.map(({ id }) => id);
}

/**
 * The endpoints that may have what these deliveries say in hand at this moment: of which one waits. What is over is in
 * nobody's hand.
 * @param fresh ids of deliveries that this transaction made
 */
export async function readEndpointsSending(
  tx: Tx,
  accountId: string,
  subjects: readonly string[],
  fresh: readonly string[] = [],
): Promise<string[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select distinct endpoint_id as id from webhook_delivery
     where account_id = ${sql.account} and subject = any(${[...subjects]}::text[])
       and state = 'PENDING' and id <> all(${[...fresh]}::uuid[])`.rows<{ id: string }>(tx);
  return rows.map(({ id }) => id);
}

/**
 * Takes the bodies and answers out of deliveries whose endpoints this transaction holds: of all of subjects that go, and of
 * what waits of those that only may tell of them, which is due again, without a body. Returns how many deliveries there
 * were, with those of the latter that are over, for `eraseSettled`.
 */
export async function eraseTexts(
  tx: Tx,
  accountId: string,
  { erased, mayTell }: { erased: readonly string[]; mayTell: readonly string[] },
  { erasedAt, anewAt }: { erasedAt: Date; anewAt: Date },
): Promise<number> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    with told as (
      update webhook_delivery d
         set erased_at = case when goes.own then ${erasedAt}::timestamptz else d.erased_at end,
             due_at = case when goes.own then d.due_at else greatest(d.due_at, ${anewAt}::timestamptz) end
        from (select subject, subject = any(${[...erased]}::text[]) as own
                from unnest(${[...erased, ...mayTell]}::text[]) as subject) goes
       where d.account_id = ${sql.account} and d.subject = goes.subject and (goes.own or d.state = 'PENDING')
      returning d.id),
    bodies as (
      delete from webhook_body b using told
       where b.account_id = ${sql.account} and b.delivery_id = told.id),
    answers as (
      update webhook_attempt a set response = null from told
       where a.account_id = ${sql.account} and a.delivery_id = told.id and a.response is not null)
    select ((select count(*) from told) +
            (select count(*) from webhook_delivery d
              where d.account_id = ${sql.account} and d.subject = any(${[...mayTell]}::text[])
                and d.state <> 'PENDING'))::int as count`.rows<{ count: number }>(tx);
  return rows[0]?.count ?? 0;
}

/**
 * Takes the bodies and answers out of what was over when something was erased that deliveries of these subjects may tell of;
 * whose endpoints this transaction holds. What was wanted again since is due without a body, after `anewAt`.
 */
export async function eraseSettled(
  tx: Tx,
  accountId: string,
  subjects: readonly string[],
  { erasedAt, anewAt }: { erasedAt: Date; anewAt: Date },
): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    with told as (
      update webhook_delivery d
         set erased_at = case when d.state = 'PENDING' then d.erased_at else ${erasedAt}::timestamptz end,
             due_at = case when d.state = 'PENDING' then greatest(d.due_at, ${anewAt}::timestamptz) else d.due_at end
       where d.account_id = ${sql.account} and d.subject = any(${[...subjects]}::text[])
         and d.created_at <= ${erasedAt}::timestamptz
         and (d.replayed_at >= ${erasedAt}::timestamptz or (d.state <> 'PENDING' and not exists (
               select from webhook_attempt a
                where a.account_id = ${sql.account} and a.delivery_id = d.id and a.at > ${erasedAt}::timestamptz)))
      returning d.id),
    answers as (
      update webhook_attempt a set response = null from told
       where a.account_id = ${sql.account} and a.delivery_id = told.id and a.response is not null)
    delete from webhook_body b using told
     where b.account_id = ${sql.account} and b.delivery_id = told.id`.rows(tx);
}

/**
 * Forgets what deliveries of these subjects say and were answered, whose endpoints this transaction holds: they are rendered
 * anew when they are sent, those that wait not before `anewAt`.
 */
export async function dropTexts(
  tx: Tx,
  accountId: string,
  subjects: readonly string[],
  anewAt: Date,
): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    with told as (
      update webhook_delivery d
         set due_at = case when d.state = 'PENDING' then greatest(d.due_at, ${anewAt}::timestamptz) else d.due_at end
       where d.account_id = ${sql.account} and d.subject = any(${[...subjects]}::text[])
      returning d.id),
    answers as (
      update webhook_attempt a set response = null from told
       where a.account_id = ${sql.account} and a.delivery_id = told.id and a.response is not null)
    delete from webhook_body b using told
     where b.account_id = ${sql.account} and b.delivery_id = told.id`.rows(tx);
}

/**
 * Deletes the deliveries of an account that were made before a moment, or all of one endpoint, with their attempts and
 * bodies, the oldest first, at most `limit`.
 * @returns how many there were
 */
export async function deleteDeliveries(
  prisma: Tx,
  accountId: string,
  which: { before: Date } | { endpointId: string },
  limit: number,
): Promise<number> {
  const where = 'before' in which ? { createdAt: { lt: which.before } } : which;
  const oldest = await prisma.webhookDelivery.findMany({
    where: { accountId, ...where },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
    take: limit,
  });
  const ids = oldest.map(({ id }) => id);
  await prisma.webhookDelivery.deleteMany({ where: { accountId, id: { in: ids } } });
  return ids.length;
}
