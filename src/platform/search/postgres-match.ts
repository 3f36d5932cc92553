// The SQL that finds a query's documents in PostgreSQL, for pages and for counts; and a document's place in the list.
import { type SqlPart, sqlPart, type TenantSql } from '#platform/db/index.ts';
import { MalformedCursor, type RowKey } from '#values/cursor.ts';
import { readDate } from '#values/keyset.ts';
import type { SearchFilter, SearchScope } from './port.ts';
import type { CompiledQuery } from './postgres-query.ts';

/** A row of a page. */
export interface FoundRow {
  id: string;
  subject_id: string;
  occurred_at: Date;
  /** which step of the compiled query found it first */
  step: number;
  said: string;
}

/** All documents that a query finds: id, subject_id, company_id, tracker_id, occurred_at, step. */
export function matchedSql(
  sql: TenantSql,
  scope: SearchScope,
  filter: SearchFilter,
  compiled: CompiledQuery,
  tags: SqlPart,
): SqlPart {
  return sqlPart`${likelySql(sql, scope, filter, compiled, tags)} ${phrasesSql(compiled)}`;
}

/** The same, but that its phrases are still to be judged: their words and pairs stand in the documents `d`. */
export function likelySql(
  sql: TenantSql,
  scope: SearchScope,
  filter: SearchFilter,
  compiled: CompiledQuery,
  tags: SqlPart,
): SqlPart {
  const { steps, pairs } = compiled;
  const step = steps.slice(0, -1).reduce<SqlPart>(
    (
      before,
      { words },
      n,
    ) => sqlPart`${before} when d.id in (select s.id from ${heldSql(words, pairs)} s
        where s.account_id = ${sql.account}) then ${n}::int`,
    sqlPart`case when false then 0`,
  );
  const conditions = [
    scope.companyIds && sqlPart`d.company_id = any(${scope.companyIds}::uuid[])`,
    filter.companyIds && sqlPart`d.company_id = any(${filter.companyIds}::uuid[])`,
    filter.trackerIds && sqlPart`d.tracker_id = any(${filter.trackerIds}::uuid[])`,
    filter.occurredFrom && sqlPart`d.occurred_at >= ${filter.occurredFrom}::timestamptz`,
    filter.occurredBefore && sqlPart`d.occurred_at < ${filter.occurredBefore}::timestamptz`,
    filter.tags &&
      sqlPart`exists (select 1 from (${tags}) tagged where tagged.account_id = d.account_id
        and tagged.subject_id = d.subject_id and tagged.name = any(${filter.tags}::text[]))`,
  ];
  return conditions.reduce<SqlPart>(
    (all, one) => (one ? sqlPart`${all} and ${one}` : all),
    sqlPart`select d.id, d.subject_id, d.company_id, d.tracker_id, d.occurred_at,
        ${step} else ${steps.length - 1}::int end as step
      from ${foundSql(compiled)} d where d.account_id = ${sql.account}`,
  );
}

/** The documents that hold a query's words and pairs, of whatever account; its phrases are still to be judged. */
export function foundSql({ steps, pairs }: CompiledQuery): SqlPart {
  return heldSql(steps.at(-1)?.words ?? '', pairs);
}

// Fenced by OFFSET: the planner would rather read and unpack the words of all the account's documents than trust the
// index when a word is common.
function heldSql(words: string, phrases: CompiledQuery['pairs']): SqlPart {
  const held = phrases.reduce<SqlPart>((all, pairs) => {
    const any = pairs.reduce<SqlPart>(
      (before, keys) => sqlPart`${before} or pairs @> ${keys}::int[]`,
      sqlPart`false`,
    );
    return sqlPart`${all} and (${any})`;
  }, sqlPart`words @@ ${words}::tsquery`);
  return sqlPart`(select * from search_document where ${held} offset 0)`;
}

/** What a query's phrases ask of the document `d`: `and …`, or nothing. */
export function phrasesSql({ phrases }: CompiledQuery): SqlPart {
  return phrases.reduce<SqlPart>((all, { pieces, negated }) => {
    const any = pieces.reduce<SqlPart>(
      (before, piece) => sqlPart`${before} or strpos(d.said, ${piece}) > 0`,
      sqlPart`false`,
    );
    return negated ? sqlPart`${all} and not (${any})` : sqlPart`${all} and (${any})`;
  }, sqlPart``);
}

/** Where a row stands: by step, then the newest, then the greatest id. */
export function placeOf(row: Pick<FoundRow, 'id' | 'step' | 'occurred_at'>): RowKey {
  return { value: `${row.step} ${row.occurred_at.toISOString()}`, id: row.id };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads a place back. Throws MalformedCursor. */
export function readPlace({ value, id }: RowKey): { step: number; occurredAt: Date; id: string } {
  const [, step, time] = /^([012]) (\S+)$/.exec(value) ?? [];
  if (!step || !time || !UUID.test(id)) throw new MalformedCursor();
  return { step: Number(step), occurredAt: readDate(time), id };
}
