// Reads how full pools are. The trackers are ones that the viewer was shown.
import { tenantSql } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Viewer } from '#values/viewer.ts';
import { COOLING_MS } from './machine-pool.ts';

/** The numbers of a pool by what they are at this moment. */
export interface PoolUtilisation {
  leased: number;
  cooling: number;
  free: number;
  total: number;
}

/** How full these trackers' pools are, by tracker; a pool that no visitor has asked yet is all free. */
export async function utilisationOf(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  { accountId }: Viewer,
  trackerIds: readonly string[],
): Promise<Map<string, PoolUtilisation>> {
  const now = clock.now(accountId);
  const cooledAt = new Date(now.getTime() - COOLING_MS);
  const sql = tenantSql(accountId);
  const rows = await sql`
    select p.tracker_id as id, count(*)::int as total,
           (count(*) filter (where n.leased_until > ${now}::timestamptz))::int as leased,
           (count(*) filter (where n.leased_until > ${cooledAt}::timestamptz
                               and n.leased_until <= ${now}::timestamptz))::int as cooling
      from phone_number p
      left join pool_number n on n.account_id = p.account_id and n.phone_number_id = p.id
     where p.account_id = ${sql.account} and p.tracker_id = any(${[...trackerIds]}::uuid[])
       and p.status = 'ACTIVE' and p.release_at is null
     group by 1`.rows<Omit<PoolUtilisation, 'free'> & { id: string }>(db.pool);
  const none = { leased: 0, cooling: 0, free: 0, total: 0 };
  const found = new Map(rows.map(({ id, ...row }) => [id, row]));
  return new Map(
    trackerIds.map((id) => {
      const row = found.get(id);
      return [id, row ? { ...row, free: row.total - row.leased - row.cooling } : none];
    }),
  );
}
