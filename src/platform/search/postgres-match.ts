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

/** A compiled query, and where it looks. */
export interface Asked {
  scope: SearchScope;
  filter: SearchFilter;
  compiled: CompiledQuery;
  tags: SqlPart;
}

/** Which part of a list is wanted. */
interface Wanted {
  /** only so many of the first; absent = all */
  first?: number | undefined;
  /** only those behind this place */
  after?: RowKey | null;
}

/**
 * A list of the documents that a query finds, but that its phrases are still to be judged: account_id, id, subject_id,
 * company_id, tracker_id, occurred_at, said, step; sorted, the best first, the newest first among equals. Throws MalformedCursor.
 */
export function listSql(sql: TenantSql, asked: Asked, { first, after = null }: Wanted): SqlPart {
  const list = likelySql(sql, asked, { first, after });
  const limit = first === undefined ? sqlPart`` : sqlPart`limit ${first}`;
  // a constant would hide from the planner that rows come sorted already
  const best = asked.compiled.steps.length > 1 ? sqlPart`m.step,` : sqlPart``;
  return sqlPart`select * from (${list}) m where ${behindSql(after)}
    order by ${best} m.occurred_at desc, m.id desc ${limit}`;
}

const FIRST_OF_STEP = [sqlPart`first_of_0`, sqlPart`first_of_1`] as const;

// A step finds what those before it find, and more. Where one of them fills what is wanted, the words of later ones are
// not even looked up: "th", still being typed, begins a word of nearly every document. A query has three steps at most.
function likelySql(sql: TenantSql, asked: Asked, { first, after }: Wanted): SqlPart {
  const { scope, filter, compiled, tags } = asked;
  const { steps, pairs } = compiled;
  const last = steps.length - 1;
  const queries = steps.map(({ words }) => queryPart(words));
  const columns = sqlPart`d.account_id, d.id, d.subject_id, d.company_id, d.tracker_id, d.occurred_at, d.said`;
  const where = sqlPart`d.account_id = ${sql.account} ${filterSql(scope, filter, tags)}`;
  const [query = null] = queries;
  if (last === 0) {
    return sqlPart`select ${columns}, 0 as step from ${heldSql(sql, query, pairs)} d where ${where}`;
  }
  const place = after && readPlace(after);
  const behind = after ? sqlPart`and ${timeBehindSql(sqlPart`d`, after)}` : sqlPart``;
  // a step also finds the documents of those before it: behind a place in a later step, how many it finds does not tell how
  // many of the list are left
  const mayReach = (n: number) => first !== undefined && (!place || (n === 0 && place.step === 0));
  let relations = sqlPart``;
  let reach = sqlPart`case when false then 0`;
  let reached = sqlPart`case when false then null`;
  let step = sqlPart`case when false then 0`;
  for (const [n, name] of FIRST_OF_STEP.slice(0, last).entries()) {
    const held = heldSql(sql, queries[n] ?? null, pairs);
    const all = sqlPart`select d.id from ${held} d where d.account_id = ${sql.account}`;
    if (mayReach(n)) {
      relations = sqlPart`${relations} ${name} as materialized (
        select d.id from ${held} d where ${where} ${behind} limit ${first}),`;
      reach = sqlPart`${reach} when (select count(*) from ${name}) = ${first}::int then ${n}::int`;
      reached = sqlPart`${reached} when step = ${n}::int then ${queries[n] ?? sqlPart`null`}`;
    }
    const ids = mayReach(n) && !after ? sqlPart`select id from ${name}` : all;
    step = sqlPart`${step} when ((select step from reach) = ${n}::int or d.id in (${ids})) then ${n}::int`;
  }
  const widest = queries[last] ?? sqlPart`null`;
  const held = heldSql(sql, sqlPart`(select ${reached} else ${widest} end from reach)`, pairs);
  return sqlPart`with ${relations} reach as materialized (select ${reach} else ${last}::int end as step)
    select ${columns}, ${step} else ${last}::int end as step from ${held} d where ${where}`;
}

/** What stands in the list `m` behind a place. Throws MalformedCursor. */
function behindSql(after: RowKey | null): SqlPart {
  if (!after) return sqlPart`true`;
  const { step } = readPlace(after);
  return sqlPart`(m.step > ${step} or (m.step = ${step} and ${timeBehindSql(sqlPart`m`, after)}))`;
}

function timeBehindSql(row: SqlPart, after: RowKey | null): SqlPart {
  if (!after) return sqlPart`true`;
  const { occurredAt, id } = readPlace(after);
  return sqlPart`(${row}.occurred_at, ${row}.id) < (${occurredAt}::timestamptz, ${id}::uuid)`;
}

/**
 * Those of a list's documents that hold a query's phrases, in the list's order. A phrase is judged by unpacking what was
 * said, which costs most of all: so they are judged one by one, as far as somebody asks. Fenced by OFFSET, or the planner
 * would judge them all first.
 */
export function heldPhrasesSql(compiled: CompiledQuery, list: SqlPart): SqlPart {
  return sqlPart`select * from (${list} offset 0) d where true ${phrasesSql(compiled)}`;
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
  return heldSql(sql, queryPart(steps.at(-1)?.words ?? null), pairs);
}

// Each list is looked up in its index alone, and they are met by id. Fenced by OFFSET, and the others inside an
// expression: the planner would rather read and unpack the words and pairs of thousands of documents than trust a second
// index.
function heldSql(sql: TenantSql, query: SqlPart | null, phrases: CompiledQuery['pairs']): SqlPart {
  const conditions = heldConditions(query, phrases);
  const [first = sqlPart`false`, ...others] = conditions.map(
    (one) => sqlPart`(select * from search_document where ${one} offset 0)`,
  );
  return others.reduce<SqlPart>(
    (all, one) => sqlPart`(select * from ${all} held
        where (id in (select also.id from ${one} also where also.account_id = ${sql.account})) is true offset 0)`,
    first,
  );
}

function queryPart(words: string | null): SqlPart | null {
  return words === null ? null : sqlPart`${words}::tsquery`;
}

function heldConditions(query: SqlPart | null, phrases: CompiledQuery['pairs']): SqlPart[] {
  const conditions = phrases.map((pairs) =>
    pairs.reduce<SqlPart>(
      (before, keys) => sqlPart`${before} or pairs @> ${keys}::int[]`,
      sqlPart`false`,
    ),
  );
  if (query !== null) conditions.push(sqlPart`words @@ ${query}`);
  return conditions;
}

/** Whether a query finds the one document that the relation `document` holds. */
export function isFoundSql(compiled: CompiledQuery, filter: SearchFilter, tags: SqlPart): SqlPart {
  // every word of the query stands in its widest step, or in its pairs
  const held = heldConditions(queryPart(compiled.steps.at(-1)?.words ?? null), compiled.pairs);
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
