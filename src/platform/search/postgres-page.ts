// The SQL of one page of what a query finds, and of how much there is in all.
import { type SqlSource, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { MAX_COUNTED, MAX_JUDGED, type SearchTotal } from './port.ts';
import {
  type Asked,
  type FoundRow,
  filterSql,
  foundSql,
  heldPhrasesSql,
  listSql,
} from './postgres-match.ts';

/**
 * Reads a page.
 * @returns `total` where the page is all there is, else null
 */
export async function readPage(
  client: SqlSource,
  asked: Asked,
  { limit, after }: { limit: number; after: RowKey | null },
): Promise<{ rows: FoundRow[]; total: SearchTotal | null }> {
  const sql = tenantSql(asked.scope.accountId);
  // they keep the list's order: nothing around it sorts, joins or groups
  const rows = await (hasPhrases(asked)
    ? sql`select id, subject_id, occurred_at, step, said
            from (${heldPhrasesSql(asked.compiled, listSql(sql, asked, { after }))}) found limit ${limit}`
    : sql`select id, subject_id, occurred_at, step, said
            from (${listSql(sql, asked, { first: limit, after })}) found`
  ).rows<FoundRow>(client);
  const isAll = after === null && rows.length < limit;
  return { rows, total: isAll ? { count: rows.length, isExact: true } : null };
}

/** How many documents a query finds. */
export async function countFound(client: SqlSource, asked: Asked): Promise<SearchTotal> {
  const { scope, filter, compiled, tags } = asked;
  const sql = tenantSql(scope.accountId);
  if (!hasPhrases(asked)) {
    // no list and no order: it ends with the first one too many
    const [counted] = await sql`
      select count(*)::int as n
        from (select 1 from ${foundSql(sql, compiled)} d
               where d.account_id = ${sql.account} ${filterSql(scope, filter, tags)}
               limit ${MAX_COUNTED + 1}) found`.rows<{ n: number }>(client);
    const n = counted?.n ?? 0;
    return { count: Math.min(n, MAX_COUNTED), isExact: n <= MAX_COUNTED };
  }
  const [counted] = await sql`
    with likely as materialized (${listSql(sql, asked, { first: MAX_JUDGED + 1 })})
    select (select count(*) from likely)::int as likely,
           (select count(*) from (${heldPhrasesSql(compiled, sqlPart`select * from likely limit ${MAX_JUDGED}`)}) found)::int as found`.rows<{
    likely: number;
    found: number;
  }>(client);
  const { likely = 0, found = 0 } = counted ?? {};
  return { count: found, isExact: likely <= MAX_JUDGED };
}

const hasPhrases = ({ compiled }: Asked) => compiled.phrases.length > 0;
