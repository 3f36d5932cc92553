// The tables site, site_day and site_sighting: the only place that writes them.
import type { Prisma, Site, SiteDay, SiteSighting } from '#generated/prisma/client.ts';
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

/** What is counted of a site's day. */
export type DayCounts = Pick<
  SiteDay,
  'visits' | 'deniedVisits' | 'targetVisits' | 'unservedVisits' | 'foreignVisits' | 'oldKeyVisits'
>;

/** Something that visits of a day were seen with, and how often. */
export type Sighting = Pick<SiteSighting, 'kind' | 'value' | 'times'>;

/** Adds to the counts of a day; no change of the site, so its version stays. */
export async function addToDay(
  prisma: Tx,
  accountId: string,
  { companyId, day, counts }: { companyId: string; day: Date; counts: DayCounts },
): Promise<void> {
  const sql = tenantSql(accountId);
  const { visits, deniedVisits, targetVisits, unservedVisits, foreignVisits, oldKeyVisits } =
    counts;
  await sql`
    insert into site_day as d (account_id, company_id, day, visits, denied_visits, target_visits, unserved_visits,
                               foreign_visits, old_key_visits)
    select c.account_id, c.id, ${day}::date, ${visits}::int, ${deniedVisits}::int, ${targetVisits}::int,
           ${unservedVisits}::int, ${foreignVisits}::int, ${oldKeyVisits}::int
      from company c where c.account_id = ${sql.account} and c.id = ${companyId}::uuid
        on conflict (account_id, company_id, day)
        do update set visits = d.visits + excluded.visits,
                      denied_visits = d.denied_visits + excluded.denied_visits,
                      target_visits = d.target_visits + excluded.target_visits,
                      unserved_visits = d.unserved_visits + excluded.unserved_visits,
                      foreign_visits = d.foreign_visits + excluded.foreign_visits,
                      old_key_visits = d.old_key_visits + excluded.old_key_visits`.rows(prisma);
}

/** Adds to what a day's visits were seen with. */
export async function addSightings(
  prisma: Tx,
  accountId: string,
  { companyId, day, seen }: { companyId: string; day: Date; seen: readonly Sighting[] },
): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    insert into site_sighting as s (account_id, company_id, day, kind, value, times)
    select c.account_id, c.id, ${day}::date, new.kind::sighting_kind, new.value, new.times
      from company c
     cross join jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) as new(kind text, value text, times int)
     where c.account_id = ${sql.account} and c.id = ${companyId}::uuid
     order by new.kind, new.value
        on conflict (account_id, company_id, day, kind, value)
        do update set times = s.times + excluded.times`.rows(prisma);
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

/** Deletes what was seen on days before this moment. Answers how many. */
export async function deleteSightings(
  prisma: Tx,
  accountId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const sql = tenantSql(accountId);
  const gone = await sql`
    delete from site_sighting s
     using (select company_id, day, kind, value from site_sighting
             where account_id = ${sql.account} and day < ${before}::date limit ${limit}::int) old
     where s.account_id = ${sql.account} and s.company_id = old.company_id and s.day = old.day
       and s.kind = old.kind and s.value = old.value
    returning 1 as one`.rows(prisma);
  return gone.length;
}
