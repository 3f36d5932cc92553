// What of visitors is old enough to go, or is to be erased: rows of page_view, visitor_session and visitor, a chunk at a time.
import { type Tx, tenantSql } from '#platform/db/index.ts';

/** Deletes page views from before this moment. Answers how many. */
export async function deletePageViews(
  prisma: Tx,
  accountId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const sql = tenantSql(accountId);
  const gone = await sql`
    delete from page_view v
     using (select company_id, id from page_view
             where account_id = ${sql.account} and at < ${before}::timestamptz
             order by at limit ${limit}::int) old
     where v.account_id = ${sql.account} and v.company_id = old.company_id and v.id = old.id
    returning 1 as one`.rows(prisma);
  return gone.length;
}

/** Deletes sessions that began before this moment, with their leases. Answers how many. */
export async function deleteSessions(
  prisma: Tx,
  accountId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const sql = tenantSql(accountId);
  const gone = await sql`
    delete from visitor_session s
     using (select id from visitor_session
             where account_id = ${sql.account} and started_at < ${before}::timestamptz
             order by started_at limit ${limit}::int) old
     where s.account_id = ${sql.account} and s.id = old.id
    returning 1 as one`.rows(prisma);
  return gone.length;
}

/** Deletes visitors who were last seen before this moment. Answers how many. */
export async function deleteVisitors(
  prisma: Tx,
  accountId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const sql = tenantSql(accountId);
  const gone = await sql`
    delete from visitor v
     using (select company_id, id from visitor
             where account_id = ${sql.account} and last_seen_at < ${before}::timestamptz
             order by last_seen_at limit ${limit}::int) old
     where v.account_id = ${sql.account} and v.company_id = old.company_id and v.id = old.id
    returning 1 as one`.rows(prisma);
  return gone.length;
}

/**
 * Erases sessions of a visitor with their page views and leases, and with the last of them the visitor and what they
 * claimed. The caller holds the visitor's lock.
 * @returns how many sessions went, without those that a purge took meanwhile; `isLast` when none is left
 */
export async function eraseVisits(
  tx: Tx,
  { accountId, companyId, visitorId }: { accountId: string; companyId: string; visitorId: string },
  limit: number,
): Promise<{ visits: number; isLast: boolean }> {
  const sessions = await tx.visitorSession.findMany({
    where: { accountId, companyId, visitorId },
    take: limit,
    select: { id: true },
  });
  const ids = sessions.map(({ id }) => id);
  const { count: visits } = await tx.visitorSession.deleteMany({
    where: { accountId, id: { in: ids } },
  });
  const isLast = ids.length < limit;
  if (isLast) await tx.visitor.deleteMany({ where: { accountId, companyId, id: visitorId } });
  return { visits, isLast };
}
