// The writer of the tables webhook_delivery, webhook_body and webhook_attempt: what is to be sent, what it says, and what
// came of it. What happens to the log afterwards stands in store-log.ts.
import type { WebhookDelivery } from '#generated/prisma/client.ts';
import { sqlPart, type Tx, tenantSql } from '#platform/db/index.ts';
import type { DeliveryAfter, Failure } from './machine.ts';
import type { Claim } from './store-claims.ts';

export type DeliveryRow = WebhookDelivery;

/** A delivery that is to be sent. */
export type DueDelivery = Pick<
  DeliveryRow,
  'id' | 'eventId' | 'eventType' | 'tries' | 'attempts' | 'erasedAt' | 'createdAt'
> & {
  /** null before its first attempt */
  body: string | null;
};

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
     where e.account_id = ${sql.account} and e.deleted_at is null
        on conflict do nothing`.rows(tx);
}

// not one condition with a parameter: the few tests of a paused endpoint have an index of their own
const ALL = sqlPart``;
const TESTS = sqlPart`and d.event_type is null`;

/**
 * What is due of an endpoint, the longest due first, with its bodies.
 * @param want.known what is in hand already
 * @param want.testsOnly the endpoint is paused
 */
export async function readDue(
  tx: Tx,
  accountId: string,
  endpointId: string,
  want: { known: readonly string[]; now: Date; limit: number; testsOnly: boolean },
): Promise<DueDelivery[]> {
  const sql = tenantSql(accountId);
  return sql`
    select d.id, d.event_id as "eventId", d.event_type as "eventType", d.tries, d.attempts,
           d.erased_at as "erasedAt", d.created_at as "createdAt", b.body
      from webhook_delivery d
      left join webhook_body b on b.account_id = d.account_id and b.delivery_id = d.id
     where d.account_id = ${sql.account} and d.endpoint_id = ${endpointId}::uuid
       and d.state = 'PENDING' ${want.testsOnly ? TESTS : ALL}
       and d.due_at <= ${want.now}::timestamptz and d.id <> all(${[...want.known]}::uuid[])
     order by d.due_at, d.id
     limit ${want.limit}::int`.rows<DueDelivery>(tx);
}

/**
 * Keeps bodies of an endpoint in hand before they leave; one that is kept already stays.
 * @returns the ids of the deliveries that have this body now: not those that were erased meanwhile
 */
export async function storeBodies(
  prisma: Tx,
  claim: Claim,
  bodies: readonly { id: string; body: string }[],
): Promise<Set<string>> {
  const sql = tenantSql(claim.accountId);
  // the locks have it see what an erasure that runs at this moment writes; the endpoint's first, as everywhere
  const rows = await sql`
    insert into webhook_body (account_id, delivery_id, body)
    select d.account_id, d.id, n.body
      from jsonb_to_recordset(${JSON.stringify(bodies)}::jsonb) as n(id uuid, body text)
      join webhook_delivery d on d.id = n.id
      join webhook_endpoint e on e.account_id = d.account_id and e.id = d.endpoint_id
     where d.account_id = ${sql.account} and d.erased_at is null
       and e.id = ${claim.id}::uuid and e.claimed_by = ${claim.claimedBy}::int
       and e.claims = ${claim.claims}::int
       for share of e, d
        on conflict do nothing
    returning delivery_id as id`.rows<{ id: string }>(prisma);
  return new Set(rows.map(({ id }) => id));
}

/** One attempt, as the log shows it. */
export interface AttemptRow {
  at: Date;
  durationMs: number;
  status: number | null;
  failure: Failure | null;
  response: string | null;
}

/** An attempt at a delivery, and where the delivery stands after it. */
export interface SettledAttempt {
  delivery: Pick<DueDelivery, 'id' | 'tries' | 'attempts'>;
  attempt: AttemptRow;
  after: DeliveryAfter;
}

/**
 * Writes what attempts came to. A delivery that stands elsewhere than before its attempt (it was replayed meanwhile) is
 * left, and so is the answer of one that was erased.
 * @returns the ids of those that were written
 */
export async function settleDeliveries(
  tx: Tx,
  accountId: string,
  settled: readonly SettledAttempt[],
): Promise<Set<string>> {
  const told = settled.map(({ delivery, attempt, after }) => ({
    ...attempt,
    ...after,
    attemptFailure: attempt.failure,
    id: delivery.id,
    tries: delivery.tries,
    attempts: delivery.attempts,
  }));
  const sql = tenantSql(accountId);
  const rows = await sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(told)}::jsonb)
        as t(id uuid, tries int, attempts int, state text, failure text, "dueAt" timestamptz, at timestamptz,
             "durationMs" int, status int, "attemptFailure" text, response text)),
    settled as (
      update webhook_delivery d
         set state = t.state::webhook_delivery_state, failure = t.failure, due_at = t."dueAt",
             tries = d.tries + 1, attempts = d.attempts + 1,
             delivered_at = case when t.state = 'DELIVERED' then t.at end
        from told t
       where d.account_id = ${sql.account} and d.id = t.id and d.state = 'PENDING'
         and d.tries = t.tries and d.attempts = t.attempts
      returning d.account_id, d.id, d.attempts, d.erased_at)
    insert into webhook_attempt
           (account_id, delivery_id, n, at, duration_ms, status, failure, response)
    select s.account_id, s.id, s.attempts, t.at, t."durationMs", t.status, t."attemptFailure",
           case when s.erased_at is null then t.response end
      from settled s join told t on t.id = s.id
    returning delivery_id as id`.rows<{ id: string }>(tx);
  return new Set(rows.map(({ id }) => id));
}
