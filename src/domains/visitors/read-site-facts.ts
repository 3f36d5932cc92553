// What has arrived from a company's pages, for judging whether its website is set up rightly: sums of daily counts, so it
// costs the same whatever the number of visits.
import type { SightingKind } from '#generated/prisma/enums.ts';
import { type Db, tenantSql } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Viewer } from '#values/viewer.ts';
import { utilisationOf } from './read-pools.ts';
import type { DayCounts } from './store-sites.ts';

/** A value that visits were seen with. */
export interface Seen {
  kind: SightingKind;
  value: string;
  times: number;
  firstDay: Date;
  lastDay: Date;
}

/** A pool, as its visitors met it. */
export interface PoolFacts {
  trackerId: string;
  name: string;
  /** numbers in service, and those of them that nobody holds and that have cooled */
  total: number;
  free: number;
  /** sessions that wanted a number, and those that got none */
  arrivals: number;
  refused: number;
}

/** The counts of a company's site since a moment, added up. */
export async function readDayCounts(
  { prisma }: Db,
  accountId: string,
  companyId: string,
  from: Date,
): Promise<DayCounts> {
  const { _sum } = await prisma.siteDay.aggregate({
    where: { accountId, companyId, day: { gte: from } },
    _sum: {
      visits: true,
      deniedVisits: true,
      targetVisits: true,
      unservedVisits: true,
      foreignVisits: true,
      oldKeyVisits: true,
    },
  });
  return {
    visits: _sum.visits ?? 0,
    deniedVisits: _sum.deniedVisits ?? 0,
    targetVisits: _sum.targetVisits ?? 0,
    unservedVisits: _sum.unservedVisits ?? 0,
    foreignVisits: _sum.foreignVisits ?? 0,
    oldKeyVisits: _sum.oldKeyVisits ?? 0,
  };
}

/** What a company's visits since a moment were seen with, the most frequent first. */
export function readSeen(
  { pool }: Db,
  accountId: string,
  companyId: string,
  from: Date,
): Promise<Seen[]> {
  const sql = tenantSql(accountId);
  return sql`
    select kind::text, value, sum(times)::int as times,
           min(day)::timestamptz as "firstDay", max(day)::timestamptz as "lastDay"
      from site_sighting
     where account_id = ${sql.account} and company_id = ${companyId}::uuid and day >= ${from}::date
     group by kind, value order by times desc, value`.rows<Seen>(pool);
}

/** A company's pools in service as visitors met them since a moment. */
export async function readPoolFacts(
  platform: Pick<Platform, 'db' | 'clock'>,
  viewer: Viewer,
  trackers: readonly { id: string; name: string; type: 'SOURCE' | 'SESSION' }[],
  from: Date,
): Promise<PoolFacts[]> {
  const pools = trackers.filter(({ type }) => type === 'SESSION');
  const ids = pools.map(({ id }) => id);
  const [hours, utilisation] = await Promise.all([
    platform.db.prisma.poolHour.groupBy({
      by: ['trackerId'],
      where: { accountId: viewer.accountId, trackerId: { in: ids }, hour: { gte: from } },
      _sum: { arrivals: true, refused: true },
    }),
    utilisationOf(platform, viewer, ids),
  ]);
  const sums = new Map(hours.map(({ trackerId, _sum }) => [trackerId, _sum]));
  return pools.map(({ id, name }) => ({
    trackerId: id,
    name,
    total: utilisation.get(id)?.total ?? 0,
    free: utilisation.get(id)?.free ?? 0,
    arrivals: sums.get(id)?.arrivals ?? 0,
    refused: sums.get(id)?.refused ?? 0,
  }));
}
