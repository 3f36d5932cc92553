// The tables site and site_day: the only place that writes them.
import type { Prisma, Site } from '#generated/prisma/client.ts';
import { type Db, type Tx, tenantSql } from '#platform/db/index.ts';

export type SiteRow = Site;

/** The site of a company, or null before its first settings. */
export function readSite(tx: Tx, accountId: string, companyId: string): Promise<SiteRow | null> {
  return tx.site.findUnique({ where: { accountId_companyId: { accountId, companyId } } });
}

/** The site that a key leads to, its company's and its account's standing with it; keys are unique over all accounts. */
export function findSiteByKey(prisma: Db['prisma'], key: string) {
  return prisma.site.findFirst({
    where: { OR: [{ publishableKey: key }, { previousKey: key }] },
    include: { company: { select: { status: true, account: { select: { mode: true } } } } },
  });
}

export function insertSite(tx: Tx, row: Prisma.SiteUncheckedCreateInput): Promise<SiteRow> {
  return tx.site.create({ data: row });
}

/** Writes what somebody decided, raises the version and returns the site. */
export function writeSite(
  tx: Tx,
  { accountId, companyId }: Pick<SiteRow, 'accountId' | 'companyId'>,
  fields: Prisma.SiteUncheckedUpdateInput,
): Promise<SiteRow> {
  return tx.site.update({
    where: { accountId_companyId: { accountId, companyId } },
    data: { ...fields, version: { increment: 1 } },
  });
}

/** Notes that the script was seen on the company's pages; no change of the site, so its version stays. */
export async function noteSeen(
  prisma: Tx,
  accountId: string,
  companyId: string,
  at: Date,
): Promise<void> {
  await prisma.site.updateMany({
    where: { accountId, companyId, OR: [{ lastSeenAt: null }, { lastSeenAt: { lt: at } }] },
    data: { lastSeenAt: at },
  });
}

/** Adds visits without consent to their day. */
export async function addDeniedVisits(
  prisma: Tx,
  accountId: string,
  { companyId, day, visits }: { companyId: string; day: Date; visits: number },
): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    insert into site_day (account_id, company_id, day, denied_visits)
    select c.account_id, c.id, ${day}::date, ${visits}::int
      from company c where c.account_id = ${sql.account} and c.id = ${companyId}::uuid
        on conflict (account_id, company_id, day)
        do update set denied_visits = site_day.denied_visits + excluded.denied_visits`.rows(prisma);
}

/** Deletes tallies of days before this moment. Answers how many. */
export async function deleteSiteDays(
  prisma: Tx,
  accountId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const sql = tenantSql(accountId);
  const gone = await sql`
    delete from site_day d
     using (select company_id, day from site_day
             where account_id = ${sql.account} and day < ${before}::date limit ${limit}::int) old
     where d.account_id = ${sql.account} and d.company_id = old.company_id and d.day = old.day
    returning 1 as one`.rows(prisma);
  return gone.length;
}
