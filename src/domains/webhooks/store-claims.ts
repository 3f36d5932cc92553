// The other writer of webhook_endpoint: in whose hand an endpoint is. One process at a time is at it, and takes it over
// from nobody, or from a process that is dead.
import { type Tx, tenantSql } from '#platform/db/index.ts';
import { type EndpointRow, holdEndpoints, readEndpoint, refreshDue } from './store.ts';

/** Endpoints of all accounts that somebody must look at soonest, and that nobody is at. */
export function readDueEndpoints(
  prisma: Tx,
  limit: number,
): Promise<{ accountId: string; id: string; dueAt: Date | null }[]> {
  return prisma.webhookEndpoint.findMany({
    where: { dueAt: { not: null }, claimedBy: null },
    orderBy: { dueAt: 'asc' },
    take: limit,
    select: { accountId: true, id: true, dueAt: true },
  });
}

/** The processes that are at endpoints, of all accounts. */
export async function readClaimers(prisma: Tx): Promise<number[]> {
  const rows = await prisma.webhookEndpoint.groupBy({
    by: ['claimedBy'],
    where: { claimedBy: { not: null } },
  });
  return rows.flatMap(({ claimedBy }) => claimedBy ?? []);
}

/**
 * Endpoints of all accounts that nobody is at in truth.
 * @param dead processes that are at endpoints and no longer live
 * @param own this process, and the ids of the endpoints at which it knows itself
 */
export function readOrphans(
  prisma: Tx,
  dead: readonly number[],
  own: { worker: number; known: readonly string[] },
  limit: number,
): Promise<{ accountId: string; id: string; claimedBy: number | null }[]> {
  return prisma.webhookEndpoint.findMany({
    where: {
      OR: [
        { claimedBy: { in: [...dead] } },
        { claimedBy: own.worker, id: { notIn: [...own.known] } },
      ],
    },
    take: limit,
    select: { accountId: true, id: true, claimedBy: true },
  });
}

/** An endpoint in the hand of one process: no longer when another one took it since. */
export interface Claim {
  accountId: string;
  id: string;
  claimedBy: number;
  claims: number;
}

/**
 * Takes an endpoint that is due and that nobody is at, or whom a dead process was at.
 * @param from the dead process; null = nobody
 * @returns null when another process was faster, or it is gone
 */
export async function claimEndpoint(
  tx: Tx,
  { accountId, id }: { accountId: string; id: string },
  worker: number,
  from: number | null,
): Promise<Claim | null> {
  const sql = tenantSql(accountId);
  const [row] = await sql`
    update webhook_endpoint e set claimed_by = ${worker}::int, claims = e.claims + 1, due_at = null
      from (select o.id from webhook_endpoint o
             where o.account_id = ${sql.account} and o.id = ${id}::uuid
               and o.claimed_by is not distinct from ${from}::int and o.deleted_at is null
               for no key update skip locked) as free
     where e.account_id = ${sql.account} and e.id = free.id
    returning e.claims`.rows<{ claims: number }>(tx);
  return row ? { accountId, id, claimedBy: worker, claims: row.claims } : null;
}

/** Holds an endpoint until the transaction ends and reads it; null when it is no longer in this hand. */
export async function holdClaim(tx: Tx, claim: Claim): Promise<EndpointRow | null> {
  const { accountId, id } = claim;
  await holdEndpoints(tx, accountId, [id]);
  const endpoint = await readEndpoint(tx, accountId, id);
  const isOurs = endpoint?.claimedBy === claim.claimedBy && endpoint.claims === claim.claims;
  return isOurs ? endpoint : null;
}

/** Lets go of an endpoint that this transaction holds: others look when what waits is due. */
export async function releaseEndpoint(tx: Tx, { accountId, id }: Claim): Promise<void> {
  await tx.webhookEndpoint.update({
    where: { accountId_id: { accountId, id } },
    data: { claimedBy: null },
    select: { id: true },
  });
  await refreshDue(tx, accountId, [id]);
}

/** Takes endpoints that this transaction holds out of whosever hand: what is prepared or under way there counts for nothing. */
export async function revokeClaims(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
): Promise<void> {
  await tx.webhookEndpoint.updateMany({
    where: { accountId, id: { in: [...ids] } },
    data: { claimedBy: null },
  });
  await refreshDue(tx, accountId, ids);
}

/**
 * Leaves an endpoint alone until then, for whichever process comes first; whatever waits meanwhile.
 * @param from the process in whose hand it is; null = nobody's. In another's it stays.
 */
export async function restEndpoint(
  prisma: Tx,
  { accountId, id, from }: { accountId: string; id: string; from: number | null },
  until: Date,
): Promise<void> {
  await prisma.webhookEndpoint.updateMany({
    where: { accountId, id, claimedBy: from, deletedAt: null },
    data: { claimedBy: null, dueAt: until },
  });
}
