// Reads sites: those of the viewer's account and companies.
import { may } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import type { SiteRow } from './store-sites.ts';

/** The sites of these companies that the viewer may see, in any order. */
export async function sitesOf(
  { db }: Pick<Platform, 'db'>,
  viewer: Viewer,
  companyIds: readonly string[],
): Promise<SiteRow[]> {
  if (!may(viewer, 'sites.read')) return [];
  const seen = companyIds.filter((id) => seesCompany(viewer, id));
  return db.prisma.site.findMany({
    where: { accountId: viewer.accountId, companyId: { in: seen } },
  });
}

const DAYS = 30;
const DAY_MS = 86_400_000;

/** How many visits without consent each company's pages had in the last 30 days; the companies are ones that were read. */
export async function deniedVisitsOf(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  { accountId }: Viewer,
  companyIds: readonly string[],
): Promise<Map<string, number>> {
  const from = new Date(clock.now(accountId).getTime() - DAYS * DAY_MS);
  const rows = await db.prisma.siteDay.groupBy({
    by: ['companyId'],
    where: { accountId, companyId: { in: [...companyIds] }, day: { gt: from } },
    _sum: { deniedVisits: true },
  });
  return new Map(rows.map(({ companyId, _sum }) => [companyId, _sum.deniedVisits ?? 0]));
}
