// What a company's website shows in place of its numbers: read for every visitor, so in one statement over the trackers
// and numbers in service alone; json and not jsonb, which takes more than twice as long for a pool of a thousand.
import { type Db, type SqlTx, tenantSql } from '#platform/db/index.ts';
import type { SwapTracker } from './swap-tracker.ts';

/**
 * The trackers of an active company that are in service, oldest first, those whose numbers are still on order included.
 * @param source the database, or the transaction to read in
 * @returns [] when the company is disabled or there is no such company
 */
export function readSwapTrackers(
  source: Db | SqlTx,
  accountId: string,
  companyId: string,
): Promise<SwapTracker[]> {
  const sql = tenantSql(accountId);
  return sql`
    select t.id, t.name, t.type::text, t.created_at as "createdAt",
           jsonb_build_object(
             'id', s.id, 'name', s.name, 'medium', s.medium, 'campaign', s.campaign) as source,
           case when cardinality(t.swap_targets) > 0 then t.swap_targets
                else array[t.destination] end as targets,
           t.match, t.pool_match as "poolMatch", t.overflow::text,
           (select coalesce(json_agg(json_build_object('id', p.id, 'number', p.number,
                                       'takesTexts', p.carrier_profile_id is not null)
                                     order by p.created_at, p.id), '[]')
              from phone_number p
             where p.account_id = ${sql.account} and p.tracker_id = t.id
               and p.status = 'ACTIVE' and p.release_at is null) as numbers
      from tracker t
      join source s on s.account_id = t.account_id and s.id = t.source_id
      join company c on c.account_id = t.account_id and c.id = t.company_id
     where t.account_id = ${sql.account} and t.company_id = ${companyId}::uuid
       and t.status = 'ACTIVE' and c.status = 'ACTIVE'
     order by t.created_at, t.id`.rows<SwapTracker>('pool' in source ? source.pool : source);
}

/**
 * A mark that is another one once anything that readSwapTrackers tells of this company has changed: made of the
 * transactions that last wrote its rows, so that asking costs a fraction of reading them.
 */
export async function readSwapMark(
  { pool }: Pick<Db, 'pool'>,
  accountId: string,
  companyId: string,
): Promise<string> {
  const sql = tenantSql(accountId);
  const [row] = await sql`
    select sum(hashtextextended(concat_ws(' ', t.id, t.xmin, s.xmin, (
             select sum(hashtextextended(concat_ws(' ', p.id, p.xmin), 0)) from phone_number p
              where p.account_id = ${sql.account} and p.tracker_id = t.id
                and p.status = 'ACTIVE' and p.release_at is null)), 0))::text as mark
      from tracker t
      join source s on s.account_id = t.account_id and s.id = t.source_id
      join company c on c.account_id = t.account_id and c.id = t.company_id
     where t.account_id = ${sql.account} and t.company_id = ${companyId}::uuid
       and t.status = 'ACTIVE' and c.status = 'ACTIVE'`.rows<{ mark: string | null }>(pool);
  return row?.mark ?? '';
}
