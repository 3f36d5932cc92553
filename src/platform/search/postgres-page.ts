// The SQL of one page of what a query finds, and of how much there is in all.
import { type SqlPart, type SqlSource, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import {
  MAX_COUNTED,
  MAX_JUDGED,
  type SearchFilter,
  type SearchScope,
  type SearchTotal,
} from './port.ts';
import {
  type FoundRow,
  foundAmongSql,
  likelySql,
  orderSql,
  phrasesSql,
  readPlace,
} from './postgres-match.ts';
import type { CompiledQuery } from './postgres-query.ts';

/** A compiled query, and where it looks. */
interface Asked {
  scope: SearchScope;
  filter: SearchFilter;
  compiled: CompiledQuery;
  tags: SqlPart;
}

/**
 * Reads a page.
 * @returns `total` where it comes free, else null
 */
export async function readPage(
  client: SqlSource,
  asked: Asked,
  page: { limit: number; after: RowKey | null },
): Promise<{ rows: FoundRow[]; total: SearchTotal | null }> {
  if (asked.compiled.phrases.length > 0) {
    return { rows: await phrasePageSql(asked, page).rows<FoundRow>(client), total: null };
  }
  // a page without hits is one row with the total alone
  type Row = { total: number } & (FoundRow | { id: null });
  const rows = await pageSql(asked, page).rows<Row>(client);
  return { rows: rows.filter((row) => row.id !== null), total: toTotal(rows[0]?.total ?? 0) };
}

/** How many documents a query with phrases finds. */
export async function countFound(
  client: SqlSource,
  { scope, filter, compiled, tags }: Asked,
): Promise<SearchTotal> {
  const sql = tenantSql(scope.accountId);
  const [counted] = await sql`
    with likely as materialized (${likelySql(sql, scope, filter, compiled, tags)})
    select (select count(*) from likely)::int as likely,
           (select count(*) from (${foundAmongSql(sql, compiled, sqlPart`likely`)}) found)::int as total`.rows<{
    likely: number;
    total: number;
  }>(client);
  const { likely = 0, total = 0 } = counted ?? {};
  return { count: total, isExact: likely <= MAX_JUDGED };
}

const toTotal = (count: number): SearchTotal => ({
  count: Math.min(count, MAX_COUNTED),
  isExact: count <= MAX_COUNTED,
});

// Each matching row is looked at anyway to find the newest, so the total comes free.
function pageSql(
  { scope, filter, compiled, tags }: Asked,
  { limit, after }: { limit: number; after: RowKey | null },
) {
  const sql = tenantSql(scope.accountId);
  return sql`with matched as materialized (${likelySql(sql, scope, filter, compiled, tags)})
    select counted.total, page.id, page.subject_id, page.occurred_at, page.step, d.said
      from (select count(*)::int as total from matched) counted
      left join lateral (select m.id, m.subject_id, m.occurred_at, m.step from matched m
                          where ${beyondSql(after)}
                          order by m.step, m.occurred_at desc, m.id desc limit ${limit}) page on true
      left join search_document d on d.account_id = ${sql.account} and d.id = page.id
     order by page.step, page.occurred_at desc, page.id desc`;
}

// A phrase is judged by reading the document, which costs most of all: so the likely ones are read in the order of the
// list, until the page is full. Fenced by OFFSET, or the planner would read them all first.
function phrasePageSql(
  { scope, filter, compiled, tags }: Asked,
  { limit, after }: { limit: number; after: RowKey | null },
) {
  const sql = tenantSql(scope.accountId);
  const order = orderSql(compiled);
  return sql`select m.id, m.subject_id, m.occurred_at, m.step, d.said
      from (select * from (${likelySql(sql, scope, filter, compiled, tags)}) m
             where ${beyondSql(after)} order by ${order} offset 0) m
     cross join lateral (select said from search_document d
                          where d.account_id = ${sql.account} and d.id = m.id offset 0) d
     where true ${phrasesSql(compiled)}
     order by ${order} limit ${limit}`;
}

/** What stands in the list `m` behind a place. Throws MalformedCursor. */
function beyondSql(after: RowKey | null): SqlPart {
  const place = after && readPlace(after);
  return place
    ? sqlPart`(m.step > ${place.step} or (m.step = ${place.step}
        and (m.occurred_at, m.id) < (${place.occurredAt}::timestamptz, ${place.id}::uuid)))`
    : sqlPart`true`;
}
