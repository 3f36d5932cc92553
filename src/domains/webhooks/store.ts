// The only writer of the table webhook_endpoint.
import type { Prisma, WebhookEndpoint } from '#generated/prisma/client.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import { type Health, MOST_IN_HAND } from './machine.ts';

export type EndpointRow = WebhookEndpoint;

export function insertEndpoint(
  tx: Tx,
  row: Prisma.WebhookEndpointUncheckedCreateInput,
): Promise<EndpointRow> {
  return tx.webhookEndpoint.create({ data: row });
}

/** One endpoint of the account, or null. */
export function readEndpoint(tx: Tx, accountId: string, id: string): Promise<EndpointRow | null> {
  return tx.webhookEndpoint.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** The endpoints of the account: few enough to be read at once. */
export function readEndpoints(tx: Tx, accountId: string): Promise<EndpointRow[]> {
  return tx.webhookEndpoint.findMany({ where: { accountId } });
}

/** Writes what somebody or something decided, raises the version and returns the endpoint. */
export function writeEndpoint(
  tx: Tx,
  accountId: string,
  id: string,
  data: Prisma.WebhookEndpointUncheckedUpdateInput,
): Promise<EndpointRow> {
  return tx.webhookEndpoint.update({
    where: { accountId_id: { accountId, id } },
    data: { ...data, version: { increment: 1 } },
  });
}

/** Writes how the endpoint fares; no change of the endpoint itself, so its version stays. */
export async function writeHealth(
  tx: Tx,
  accountId: string,
  id: string,
  { failingSince, lastFailureAt, holdUntil }: Health,
): Promise<void> {
  await tx.webhookEndpoint.update({
    where: { accountId_id: { accountId, id } },
    data: { failingSince, lastFailureAt, holdUntil },
    select: { id: true },
  });
}

/** Notes the key that took the place of the owner's. */
export async function writeOwner(
  tx: Tx,
  accountId: string,
  id: string,
  owner: { before: string; now: string },
): Promise<void> {
  await tx.webhookEndpoint.updateMany({
    where: { accountId, id, owner: owner.before },
    data: { owner: owner.now },
  });
}

export async function deleteEndpoint(tx: Tx, accountId: string, id: string): Promise<void> {
  await tx.webhookEndpoint.delete({ where: { accountId_id: { accountId, id } } });
}

/**
 * Holds endpoints until the transaction ends: whoever changes what is in hand or due of an endpoint does so one after the
 * other, with a snapshot taken after this. In the order of their ids, so that two holders never wait for each other.
 * @returns the ids of those that were there
 */
export async function holdEndpoints(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
): Promise<string[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select id from webhook_endpoint
     where account_id = ${sql.account} and id = any(${[...ids]}::uuid[])
     order by id for no key update`.rows<{ id: string }>(tx);
  return rows.map(({ id }) => id);
}

/** The same for one endpoint that nobody else holds; false when somebody does, or it is gone. */
export async function tryHoldEndpoint(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select id from webhook_endpoint
     where account_id = ${sql.account} and id = ${id}::uuid
       for no key update skip locked`.rows<{ id: string }>(tx);
  return rows.length === 1;
}

/**
 * Writes when somebody must look at endpoints that this transaction holds: when the first of what waits is due (tests
 * also while paused), but never while as much as may be is in hand, since its end is looked at anyway.
 */
export async function refreshDue(tx: Tx, accountId: string, ids: readonly string[]): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    with found as (
      select e.id, case
               when (select count(*) from webhook_delivery d
                      where d.account_id = ${sql.account} and d.endpoint_id = e.id
                        and d.claimed_by is not null) >= ${MOST_IN_HAND}::int then null
               else (select greatest(min(d.due_at), e.hold_until) from webhook_delivery d
                      where d.account_id = ${sql.account} and d.endpoint_id = e.id
                        and d.state = 'PENDING' and d.claimed_by is null
                        and (e.state = 'ACTIVE' or d.event_type is null)
                     having min(d.due_at) is not null)
             end as due_at
        from webhook_endpoint e
       where e.account_id = ${sql.account} and e.id = any(${[...ids]}::uuid[]))
    update webhook_endpoint e set due_at = found.due_at
      from found
     where e.account_id = ${sql.account} and e.id = found.id
       and e.due_at is distinct from found.due_at`.rows(tx);
}

/** Endpoints of all accounts that somebody must look at soonest. */
export function readDueEndpoints(
  prisma: Tx,
  limit: number,
): Promise<{ accountId: string; id: string; dueAt: Date | null }[]> {
  return prisma.webhookEndpoint.findMany({
    where: { dueAt: { not: null } },
    orderBy: { dueAt: 'asc' },
    take: limit,
    select: { accountId: true, id: true, dueAt: true },
  });
}

/** Active endpoints of all accounts that have a selection of their own, in the order of their keys. */
export function readStoredSelections(
  prisma: Tx,
  after: { accountId: string; id: string } | null,
  limit: number,
): Promise<{ accountId: string; id: string; query: string | null }[]> {
  return prisma.webhookEndpoint.findMany({
    where: {
      state: 'ACTIVE',
      query: { not: null },
      ...(after && {
        OR: [
          { accountId: { gt: after.accountId } },
          { accountId: after.accountId, id: { gt: after.id } },
        ],
      }),
    },
    orderBy: [{ accountId: 'asc' }, { id: 'asc' }],
    take: limit,
    select: { accountId: true, id: true, query: true },
  });
}
