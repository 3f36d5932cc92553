// Whose numbers are which: for numbers that were found somewhere, such as on a website.
import type { PhoneNumberStatus } from '#generated/prisma/enums.ts';
import { type Db, type Tx, tenantSql } from '#platform/db/index.ts';

/** A number that the account has, or had. */
export interface NumberOwner {
  /** E.164 */
  number: string;
  companyId: string;
  trackerId: string | null;
  /** its tracker and its company are */
  isTrackerActive: boolean;
  status: PhoneNumberStatus;
  /** it is to be given back */
  isLeaving: boolean;
}

/** Those of these numbers (E.164) that the account has or had, each once, as it stands now. Orders that failed are left out. */
export function readNumberOwners(
  source: Db | Tx,
  accountId: string,
  numbers: readonly string[],
): Promise<NumberOwner[]> {
  const sql = tenantSql(accountId);
  return sql`
    select distinct on (p.number) p.number, p.company_id as "companyId", p.tracker_id as "trackerId",
           coalesce(t.status = 'ACTIVE' and c.status = 'ACTIVE', false) as "isTrackerActive",
           p.status::text, p.release_at is not null as "isLeaving"
      from phone_number p
      join company c on c.account_id = p.account_id and c.id = p.company_id
      left join tracker t on t.account_id = p.account_id and t.id = p.tracker_id
     where p.account_id = ${sql.account} and p.number = any(${[...numbers]}::text[])
       and p.status <> 'FAILED'
     order by p.number, p.status = 'RELEASED', p.created_at desc, p.id desc`.rows<NumberOwner>(
    'pool' in source ? source.pool : source,
  );
}
