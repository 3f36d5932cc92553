// The writer of the table webhook_endpoint. One that was deleted is in it until its deliveries have gone; nothing here shows
// it or holds it. In whose hand an endpoint is stands in store-claims.ts.
import type { Prisma, WebhookEndpoint } from '#generated/prisma/client.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import type { Health } from './machine.ts';

export type EndpointRow = WebhookEndpoint;

export function insertEndpoint(
  tx: Tx,
  row: Prisma.WebhookEndpointUncheckedCreateInput,
): Promise<EndpointRow> {
  return tx.webhookEndpoint.create({ data: row });
}

/** One endpoint of the account, or null. */
export function readEndpoint(tx: Tx, accountId: string, id: string): Promise<EndpointRow | null> {
  return tx.webhookEndpoint.findUnique({
    where: { accountId_id: { accountId, id }, deletedAt: null },
  });
}

/** The endpoints of the account: few enough to be read at once. */
export function readEndpoints(tx: Tx, accountId: string): Promise<EndpointRow[]> {
  return tx.webhookEndpoint.findMany({ where: { accountId, deletedAt: null } });
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

/** Ends an endpoint at once, in whosever hand it is, and forgets its secrets. `removeEndpoint` drops the row. */
export async function endEndpoint(
  tx: Tx,
  accountId: string,
  id: string,
  deletedAt: Date,
): Promise<void> {
  await tx.webhookEndpoint.update({
    where: { accountId_id: { accountId, id } },
    data: {
      deletedAt,
      sealedSecret: '',
      previousSealedSecret: null,
      previousUntil: null,
      claimedBy: null,
      dueAt: null,
    },
    select: { id: true },
  });
}

/** Endpoints of all accounts that were deleted and are still in the table. */
export function readDeleted(prisma: Tx): Promise<{ accountId: string; id: string }[]> {
  return prisma.webhookEndpoint.findMany({
    where: { deletedAt: { not: null } },
    select: { accountId: true, id: true },
  });
}

/** Drops the row of a deleted endpoint, and with it what deliveries it has: call it when none are left. */
export async function dropEndpoint(prisma: Tx, accountId: string, id: string): Promise<void> {
  await prisma.webhookEndpoint.deleteMany({ where: { accountId, id, deletedAt: { not: null } } });
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
     where account_id = ${sql.account} and id = any(${[...ids]}::uuid[]) and deleted_at is null
     order by id for no key update`.rows<{ id: string }>(tx);
  return rows.map(({ id }) => id);
}

/**
 * Writes when somebody must look at endpoints that this transaction holds: when the first of what waits is due (tests
 * also while paused). One that somebody is at is left: who is at it looks again before letting go.
 */
export async function refreshDue(tx: Tx, accountId: string, ids: readonly string[]): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    with found as (
      select e.id, case when e.state = 'ACTIVE' then
               (select greatest(d.due_at, e.hold_until) from webhook_delivery d
                 where d.account_id = ${sql.account} and d.endpoint_id = e.id and d.state = 'PENDING'
                 order by d.due_at limit 1)
             else
               (select greatest(d.due_at, e.hold_until) from webhook_delivery d
                 where d.account_id = ${sql.account} and d.endpoint_id = e.id and d.state = 'PENDING'
                   and d.event_type is null
                 order by d.due_at limit 1)
             end as due_at
        from webhook_endpoint e
       where e.account_id = ${sql.account} and e.id = any(${[...ids]}::uuid[])
         and e.claimed_by is null and e.deleted_at is null)
    update webhook_endpoint e set due_at = found.due_at
      from found
     where e.account_id = ${sql.account} and e.id = found.id
       and e.due_at is distinct from found.due_at`.rows(tx);
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
      deletedAt: null,
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
