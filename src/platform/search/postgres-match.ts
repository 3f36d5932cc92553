// The SQL that finds a query's documents in PostgreSQL, for pages and for counts; and a document's place in the list.
import { type SqlPart, sqlPart, type TenantSql } from '#platform/db/index.ts';
import { MalformedCursor, type RowKey } from '#values/cursor.ts';
import { readDate } from '#values/keyset.ts';
import { MAX_COUNTED, MAX_JUDGED, type SearchFilter, type SearchScope } from './port.ts';
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

/** The order of a list of documents `m`: the best first, the newest first among equals. */
export function orderSql({ steps }: CompiledQuery): SqlPart {
  // a constant would hide from the planner that rows come sorted already
  const best = steps.length > 1 ? sqlPart`m.step,` : sqlPart``;
  return sqlPart`${best} m.occurred_at desc, m.id desc`;
}

/**
 * The first documents of a relation of likely ones that a query finds.
 * @param likely has the columns of likelySql
 */
export function foundAmongSql(sql: TenantSql, compiled: CompiledQuery, likely: SqlPart): SqlPart {
  const order = orderSql(compiled);
  if (compiled.phrases.length === 0) {
    return sqlPart`select * from ${likely} m order by ${order} limit ${MAX_COUNTED}`;
  }
  return sqlPart`select m.* from (select * from ${likely} m order by ${order} limit ${MAX_JUDGED}) m
    cross join lateral (select said from search_document d
                         where d.account_id = ${sql.account} and d.id = m.id offset 0) d
    where true ${phrasesSql(compiled)}`;
}

/**
 * All documents that a query finds, but that its phrases are still to be judged: id, subject_id, company_id, tracker_id,
 * occurred_at, step.
 */
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
    ) => sqlPart`${before} when d.id in (select s.id from ${heldSql(sql, words, pairs)} s
        where s.account_id = ${sql.account}) then ${n}::int`,
    sqlPart`case when false then 0`,
  );
  return sqlPart`select d.id, d.subject_id, d.company_id, d.tracker_id, d.occurred_at,
        ${step} else ${steps.length - 1}::int end as step
      from ${foundSql(sql, compiled)} d
     where d.account_id = ${sql.account} ${filterSql(scope, filter, tags)}`;
}

/** What a scope and a filter ask of the document `d`: `and …`, or nothing. */
export function filterSql(
  scope: Pick<SearchScope, 'companyIds'>,
  filter: SearchFilter,
  tags: SqlPart,
): SqlPart {
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
    sqlPart``,
  );
}

/** The documents that hold a query's words and pairs, of whatever account; its phrases are still to be judged. */
export function foundSql(sql: TenantSql, { steps, pairs }: CompiledQuery): SqlPart {
  return heldSql(sql, steps.at(-1)?.words ?? null, pairs);
}

// Each list is looked up in its index alone, and they are met by id. Fenced by OFFSET, and the others inside an
// expression: the planner would rather read and unpack the words and pairs of thousands of documents than trust a second
// index.
function heldSql(sql: TenantSql, words: string | null, phrases: CompiledQuery['pairs']): SqlPart {
  const conditions = heldConditions(words, phrases);
  const [first = sqlPart`false`, ...others] = conditions.map(
    (one) => sqlPart`(select * from search_document where ${one} offset 0)`,
  );
  return others.reduce<SqlPart>(
    (all, one) => sqlPart`(select * from ${all} held
        where (id in (select also.id from ${one} also where also.account_id = ${sql.account})) is true offset 0)`,
    first,
  );
}

function heldConditions(words: string | null, phrases: CompiledQuery['pairs']): SqlPart[] {
  const conditions = phrases.map((pairs) =>
    pairs.reduce<SqlPart>(
      (before, keys) => sqlPart`${before} or pairs @> ${keys}::int[]`,
      sqlPart`false`,
    ),
  );
  if (words !== null) conditions.push(sqlPart`words @@ ${words}::tsquery`);
  return conditions;
}

/** Whether a query finds the one document that the relation `document` holds. */
export function isFoundSql(compiled: CompiledQuery, filter: SearchFilter, tags: SqlPart): SqlPart {
  // every word of the query stands in its widest step, or in its pairs
  const held = heldConditions(compiled.steps.at(-1)?.words ?? null, compiled.pairs);
  const all = held.reduce<SqlPart>((before, one) => sqlPart`${before} and (${one})`, sqlPart`true`);
  return sqlPart`(exists (select 1 from document d where ${all}
    ${filterSql({ companyIds: null }, filter, tags)} ${phrasesSql(compiled)}))`;
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
