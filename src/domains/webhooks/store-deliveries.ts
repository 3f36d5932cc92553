// The writer of the tables webhook_delivery and webhook_attempt: what is to be sent, in whose hand it is, and what came of
// it. What happens to the log afterwards stands in store-log.ts.
import type { WebhookDelivery } from '#generated/prisma/client.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import { type DeliveryAfter, type Failure, MOST_IN_HAND } from './machine.ts';

export type DeliveryRow = WebhookDelivery;

/** An event that an endpoint is to be told of. */
export interface NewDelivery {
  id: string;
  endpointId: string;
  eventId: string;
  /** null for a test */
  eventType: string | null;
  subject: string | null;
}

/** Adds deliveries that are due at once; one for the same event and endpoint stays as it is. Endpoints that are gone get none. */
export async function insertDeliveries(
  tx: Tx,
  accountId: string,
  deliveries: readonly NewDelivery[],
  at: Date,
): Promise<void> {
  if (deliveries.length === 0) return;
  const sql = tenantSql(accountId);
  await sql`
    insert into webhook_delivery
           (account_id, id, endpoint_id, event_id, event_type, subject, due_at, created_at)
    select e.account_id, n.id, e.id, n."eventId", n."eventType", n.subject,
           ${at}::timestamptz, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb)
           as n(id uuid, "endpointId" uuid, "eventId" text, "eventType" text, subject text)
      join webhook_endpoint e on e.id = n."endpointId"
     where e.account_id = ${sql.account}
        on conflict do nothing`.rows(tx);
}

/**
 * Takes what is due of an endpoint that this transaction holds, the longest due first; no more than may be in hand at
 * once over all processes.
 * @param want.limit how many this process takes at most
 * @param want.testsOnly the endpoint is paused
 */
export async function claimDue(
  tx: Tx,
  accountId: string,
  endpointId: string,
  want: { worker: number; now: Date; limit: number; testsOnly: boolean },
): Promise<DeliveryRow[]> {
  const sql = tenantSql(accountId);
  const taken = await sql`
    with due as (
      select d.id from webhook_delivery d
       where d.account_id = ${sql.account} and d.endpoint_id = ${endpointId}::uuid
         and d.state = 'PENDING' and d.claimed_by is null and d.due_at <= ${want.now}::timestamptz
         and (not ${want.testsOnly}::boolean or d.event_type is null)
       order by d.due_at, d.id
       limit (select least(${want.limit}::int, ${MOST_IN_HAND}::int - count(*)::int)
                from webhook_delivery c
               where c.account_id = ${sql.account} and c.endpoint_id = ${endpointId}::uuid
                 and c.claimed_by is not null)
         for update skip locked)
    update webhook_delivery d set claimed_by = ${want.worker}::int, claims = d.claims + 1
      from due where d.account_id = ${sql.account} and d.id = due.id
    returning d.id`.rows<{ id: string }>(tx);
  if (taken.length === 0) return [];
  return tx.webhookDelivery.findMany({
    where: { accountId, id: { in: taken.map(({ id }) => id) } },
    orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
  });
}

/** A delivery as one process has it in hand: no longer when another one took it since. */
export interface Claim {
  id: string;
  claimedBy: number | null;
  claims: number;
}

const inHand = (accountId: string, { id, claimedBy, claims }: Claim) => ({
  accountId,
  id,
  claimedBy,
  claims,
  state: 'PENDING' as const,
});

/** Keeps the body of a delivery in hand. False when it has one, was erased, or is no longer in this hand. */
export async function storeBody(
  prisma: Tx,
  accountId: string,
  claim: Claim,
  body: string,
): Promise<boolean> {
  const { count } = await prisma.webhookDelivery.updateMany({
    where: { ...inHand(accountId, claim), body: null, erasedAt: null },
    data: { body },
  });
  return count === 1;
}

/** One attempt, as the log shows it. */
export interface AttemptRow {
  at: Date;
  durationMs: number;
  status: number | null;
  failure: Failure | null;
  response: string | null;
}

/** Writes what an attempt came to, and lets go of the delivery. False when it is no longer in this hand. */
export async function settleDelivery(
  tx: Tx,
  accountId: string,
  claim: Claim,
  attempt: AttemptRow,
  after: DeliveryAfter,
): Promise<boolean> {
  const { state, failure, dueAt } = after;
  const { count } = await tx.webhookDelivery.updateMany({
    where: inHand(accountId, claim),
    data: {
      state,
      failure,
      dueAt,
      claimedBy: null,
      tries: { increment: 1 },
      attempts: { increment: 1 },
      ...(state === 'DELIVERED' && { deliveredAt: attempt.at }),
    },
  });
  if (count === 0) return false;
  const sql = tenantSql(accountId);
  await sql`
    insert into webhook_attempt (account_id, delivery_id, n, at, duration_ms, status, failure, response)
    select d.account_id, d.id, d.attempts, ${attempt.at}::timestamptz, ${attempt.durationMs}::int,
           ${attempt.status}::int, ${attempt.failure}::text,
           case when d.erased_at is null then ${attempt.response}::text end
      from webhook_delivery d
     where d.account_id = ${sql.account} and d.id = ${claim.id}::uuid`.rows(tx);
  return true;
}

/** Lets go of a delivery that was not tried: it is due as it was. */
export async function releaseDelivery(prisma: Tx, accountId: string, claim: Claim): Promise<void> {
  await prisma.webhookDelivery.updateMany({
    where: inHand(accountId, claim),
    data: { claimedBy: null },
  });
}

/** What processes other than this one have in hand, at most `limit`. */
export function readClaims(
  prisma: Tx,
  notBy: number,
  limit: number,
): Promise<{ accountId: string; endpointId: string; claimedBy: number | null }[]> {
  return prisma.webhookDelivery.findMany({
    where: { claimedBy: { not: notBy } },
    distinct: ['accountId', 'endpointId', 'claimedBy'],
    take: limit,
    select: { accountId: true, endpointId: true, claimedBy: true },
  });
}

/** Lets go of everything of an endpoint that dead processes had in hand. */
export async function releaseClaimsOf(
  tx: Tx,
  accountId: string,
  endpointId: string,
  workers: readonly number[],
): Promise<void> {
  await tx.webhookDelivery.updateMany({
    where: { accountId, endpointId, claimedBy: { in: [...workers] } },
    data: { claimedBy: null },
  });
}
