// The transcripts of calls gone by, newest first, as keywords are looked for in them.
import { type Db, type SqlPart, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { readDate } from '#values/keyset.ts';

/** Which calls: null leaves all. */
export interface History {
  companyIds: readonly string[] | null;
  /** the call began then or later */
  startedFrom: Date | null;
  /** and before then */
  startedBefore: Date | null;
}

/** A set in one version, of which no transcript is wanted that was looked through for it. */
interface Unscanned {
  setId: string;
  version: number;
}

interface Scannable {
  id: string;
  occurredAt: Date;
}

/** One page of finished transcripts. Nobody's rights are asked. */
export function scannableTranscripts(
  { pool }: Pick<Db, 'pool'>,
  accountId: string,
  history: History,
  want: { limit: number; after: RowKey | null; unscanned?: Unscanned },
): Promise<Scannable[]> {
  const sql = tenantSql(accountId);
  const { after, unscanned, limit } = want;
  // the pair is of two tables, which no index knows: the bound alone keeps it from reading all pages before it
  const beyond = after
    ? sqlPart`i.occurred_at <= ${readDate(after.value)}::timestamptz
         and (i.occurred_at, t.id) < (${readDate(after.value)}::timestamptz, ${after.id}::uuid)`
    : sqlPart`true`;
  return sql`
    select t.id, i.occurred_at as "occurredAt"
      from interaction i
      join transcript t on t.account_id = i.account_id and t.call_id = i.id and t.state = 'READY'
     where i.account_id = ${sql.account} and i.kind = 'CALL' and ${within(history)} and ${beyond}
       and ${unscanned ? isUnscanned(unscanned) : sqlPart`true`}
     order by i.occurred_at desc, t.id desc
     limit ${limit}::int`.rows<Scannable>(pool);
}

/** How many transcripts were not looked through for this version of a set, counted up to `cap`. */
export async function countUnscanned(
  { pool }: Pick<Db, 'pool'>,
  accountId: string,
  history: History,
  unscanned: Unscanned,
  cap: number,
): Promise<number> {
  const sql = tenantSql(accountId);
  const [row] = await sql`
    select count(*)::int as count from (
      select t.id
        from interaction i
        join transcript t on t.account_id = i.account_id and t.call_id = i.id and t.state = 'READY'
       where i.account_id = ${sql.account} and i.kind = 'CALL' and ${within(history)}
         and ${isUnscanned(unscanned)}
       limit ${cap}::int) as left_over`.rows<{ count: number }>(pool);
  return row?.count ?? 0;
}

function within({ companyIds, startedFrom, startedBefore }: History): SqlPart {
  const ofCompanies = companyIds
    ? sqlPart`i.company_id = any(${[...companyIds]}::uuid[])`
    : sqlPart`true`;
  const since = startedFrom ? sqlPart`i.occurred_at >= ${startedFrom}::timestamptz` : sqlPart`true`;
  const until = startedBefore
    ? sqlPart`i.occurred_at < ${startedBefore}::timestamptz`
    : sqlPart`true`;
  return sqlPart`${ofCompanies} and ${since} and ${until}`;
}

function isUnscanned({ setId, version }: Unscanned): SqlPart {
  return sqlPart`not exists (
    select from keyword_scan k
     where k.account_id = t.account_id and k.transcript_id = t.id and k.edits = t.edits
       and k.set_id = ${setId}::uuid and k.set_version >= ${version}::int)`;
}
