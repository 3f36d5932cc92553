// Reads credits by what they were given to, beside what was spent for it. What costs and brings nothing stands there too.
import { type Db, type SqlPart, sqlPart, tenantSql } from '#platform/db/index.ts';
import { WHOLE } from './fact.ts';
import { type SharedCredits, sharedSums } from './many-sided.ts';
import { addMeasures, type Measures, NOTHING } from './measures.ts';
import type { Days } from './period.ts';
import { readLargest } from './read-largest.ts';
import { bucketsOf, readTotal, type SumWish } from './read-sums.ts';
import { SUMS, toMeasures } from './sums-in-sql.ts';

export type CreditGroupBy = 'SOURCE' | 'MEDIUM' | 'CAMPAIGN' | 'KEYWORD' | 'COMPANY';

/** Sums are in millionths. */
export interface CreditGroup {
  /** null = what is credited to none, or has none of it */
  key: string | null;
  sums: Measures;
  /** null = nobody told what was spent */
  costCents: bigint | null;
}

/** By what: of credits, and of costs, as it is written there. '' stands for none. */
const KEYS: Record<CreditGroupBy, { credit: SqlPart; cost: SqlPart }> = {
  SOURCE: { credit: sqlPart`coalesce(s.name, '')`, cost: sqlPart`r.source` },
  MEDIUM: { credit: sqlPart`coalesce(s.medium, '')`, cost: sqlPart`r.medium` },
  CAMPAIGN: { credit: sqlPart`coalesce(s.campaign, '')`, cost: sqlPart`r.campaign` },
  KEYWORD: { credit: sqlPart`b.word`, cost: sqlPart`r.keyword` },
  COMPANY: { credit: sqlPart`b.company_id::text`, cost: sqlPart`r.company_id::text` },
};

/** What weights share out for such groups. */
export const touchOf = (by: CreditGroupBy) => (by === 'KEYWORD' ? 'keyword' : 'sourceId');

type Row = Record<string, string> & { named: string | null; costCents: string | null };

/**
 * The groups with most credit first, then those with most costs, at most `limit`; and all of them together. What differs
 * in case alone is one group, named as its sources are, or as its costs where there is no source.
 * @param days the days of costs
 * @param shared what weights give beside the cuts of the wish; null = those tell all
 */
export async function readCredits(
  db: Pick<Db, 'pool'>,
  wish: SumWish,
  days: Days,
  by: CreditGroupBy,
  limit: number,
  shared: SharedCredits | null,
): Promise<{ total: CreditGroup; groups: CreditGroup[]; costsUntil: string | null }> {
  const sql = tenantSql(wish.accountId);
  const { companyIds } = wish;
  const { credit, cost } = KEYS[by];
  const costs = sqlPart`r.account_id = ${sql.account} and r.company_id = any(${companyIds}::uuid[])
    and r.day between ${days.from}::date and ${days.to}::date`;
  const sumsOf = (some: SumWish) =>
    shared
      ? sqlPart`${bucketsOf(sql, some)} union all ${sharedSums(sql, some, touchOf(by), shared)}`
      : bucketsOf(sql, some);
  const read = async (some: SumWish) => {
    const rows = await sql`
      with credit as (
        select b.account_id, lower(${credit}) as key, min(${credit}) as written, ${SUMS},
               sum(b.sign * b.interactions) as weight
          from (${sumsOf(some)}) b
          left join source s on s.account_id = b.account_id and s.id = b.source_id
         where b.account_id = ${sql.account}
         group by 1, 2 having sum(b.sign * b.interactions) > 0),
      cost as (
        select r.account_id, lower(${cost}) as key, min(${cost}) as written,
               sum(r.amount_cents)::text as "costCents"
          from cost_row r where ${costs} group by 1, 2)
      select credit.*, nullif(coalesce(credit.written, cost.written), '') as named, cost."costCents"
        from credit full join cost using (account_id, key)
       where account_id = ${sql.account}
       order by credit.weight desc nulls last, cost."costCents"::numeric desc nulls last, named
       limit ${limit}::int`.rows<Row>(db.pool);
    return rows.map(toGroup);
  };
  const [groups, counted, [spent]] = await Promise.all([
    // the largest of the kept sums need not be the largest of all
    shared ? read(wish) : readLargest(db, wish, limit, read),
    // every model shares each interaction whole
    readTotal(db, { ...wish, cuts: ['ALL'] }),
    sql`
      select sum(r.amount_cents)::text as cents, max(r.day)::text as until
        from cost_row r where ${costs}`.rows<{ cents: string | null; until: string | null }>(
      db.pool,
    ),
  ]);
  const costCents = spent?.cents ? BigInt(spent.cents) : null;
  const sums = addMeasures(NOTHING, counted, WHOLE);
  return { groups, total: { key: null, sums, costCents }, costsUntil: spent?.until ?? null };
}

function toGroup(row: Row): CreditGroup {
  const { named: key, costCents } = row;
  return { key, sums: toMeasures(row), costCents: costCents === null ? null : BigInt(costCents) };
}
