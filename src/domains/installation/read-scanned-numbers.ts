// The numbers of a scan, each once: where and how often it is printed, judged by what the account's numbers are now. The
// scan is one that the viewer was shown.
import type { PrintedIn } from '#generated/prisma/enums.ts';
import { tenantSql } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { RowKey } from '#values/cursor.ts';
import type { Viewer } from '#values/viewer.ts';
import { type JudgedNumber, judgeNumber } from './judge-number.ts';
import { readKnownNumbers } from './read-known-numbers.ts';
import type { ScanRow } from './store.ts';

/** A number of a scan, judged. */
export interface ScannedNumberRow extends JudgedNumber {
  /** E.164, which is its id in the list too */
  id: string;
  printedIn: PrintedIn[];
  times: number;
  /** pages that print it, and the addresses of the first three */
  pages: number;
  examples: string[];
}

/** One page of the list, by number. */
export async function listNumbers(
  platform: Pick<Platform, 'db'>,
  viewer: Viewer,
  scan: Pick<ScanRow, 'accountId' | 'companyId' | 'id'>,
  want: { limit: number; after: RowKey | null },
): Promise<ScannedNumberRow[]> {
  const { accountId, companyId, id } = scan;
  const sql = tenantSql(accountId);
  const rows = await sql`
    with numbers as (
      select number as id, array_agg(distinct printed_in::text order by printed_in::text) as "printedIn",
             sum(times)::int as times, count(distinct page_n)::int as pages
        from printed_number
       where account_id = ${sql.account} and scan_id = ${id}::uuid and number > ${want.after?.id ?? ''}
       group by number order by number limit ${want.limit}::int)
    select numbers.*,
           array(select url from scanned_page s
                  where s.account_id = ${sql.account} and s.scan_id = ${id}::uuid
                    and s.n in (select distinct page_n from printed_number p
                                 where p.account_id = ${sql.account} and p.scan_id = ${id}::uuid
                                   and p.number = numbers.id order by page_n limit 3)
                  order by s.n) as examples
      from numbers order by id`.rows<Omit<ScannedNumberRow, keyof JudgedNumber>>(platform.db.pool);
  const numbers = rows.map((row) => row.id);
  const known = await readKnownNumbers(platform, viewer, companyId, numbers);
  return rows.map((row) => ({ ...row, ...judgeNumber(row.id, known) }));
}

/** How many numbers a scan found, counted up to `cap`. */
export async function countNumbers(
  { db }: Pick<Platform, 'db'>,
  { accountId, id }: Pick<ScanRow, 'accountId' | 'id'>,
  cap: number,
): Promise<number> {
  const sql = tenantSql(accountId);
  const [counted] = await sql`
    select count(*)::int as count from (
      select distinct number from printed_number
       where account_id = ${sql.account} and scan_id = ${id}::uuid limit ${cap}::int) found`.rows<{
    count: number;
  }>(db.pool);
  return counted?.count ?? 0;
}
