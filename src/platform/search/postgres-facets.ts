// Counts by company, tracker, tag, month and speaker over what a query finds, in one statement.
import {
  type SqlPart,
  type SqlSource,
  sqlPart,
  type TenantSql,
  tenantSql,
} from '#platform/db/index.ts';
import { askWithNearWords } from './find-near-words.ts';
import {
  MAX_FACET_VALUES,
  type SearchFacets,
  type SearchRequest,
  type SearchScope,
  SPEAKERS,
} from './port.ts';
import { foundAmongSql, foundSql, likelySql, phrasesSql } from './postgres-match.ts';
import { type CompiledQuery, compileQuery } from './postgres-query.ts';

/** a list of values needs one */
const NOBODY = sqlPart`('', 0::bigint)`;
const NONE: SearchFacets = { companyIds: [], trackerIds: [], tags: [], months: [], speakers: [] };

/** Reads the facets of a query. */
export function readFacets(
  client: SqlSource,
  scope: SearchScope,
  request: SearchRequest,
  how: { tags: SqlPart; timeZone: string },
): Promise<SearchFacets> {
  return askWithNearWords(client, scope.accountId, request.clauses, (near) =>
    countWith(client, scope, request, near, how),
  );
}

async function countWith(
  client: SqlSource,
  scope: SearchScope,
  request: SearchRequest,
  near: ReadonlyMap<string, readonly string[]>,
  { tags, timeZone }: { tags: SqlPart; timeZone: string },
): Promise<SearchFacets> {
  const { accountId } = scope;
  const { clauses, filter } = request;
  const compiled = compileQuery(accountId, request, near);
  if (!compiled) return NONE;
  const bySpeaker = SPEAKERS.flatMap((speaker) => {
    const isOut = filter.speaker != null && filter.speaker !== speaker;
    const narrowed = { clauses, filter: { ...filter, speaker } };
    const spoken = isOut ? null : compileQuery(accountId, narrowed, near);
    return spoken ? [{ speaker, spoken }] : [];
  });

  const sql = tenantSql(accountId);
  // both inside an expression, and the tags fenced by OFFSET: joined in the open, a planner without figures for young
  // tables would compare every row with every other one
  const speakers = bySpeaker.map(
    ({ speaker, spoken }) => sqlPart`(${speaker}, (select count(*) filter (where kept.id in (
        select d.id from ${foundSql(sql, spoken)} d where d.account_id = ${sql.account}) ${phrasesHoldSql(sql, spoken)}) from kept))`,
  );
  const named = sqlPart`select distinct named.name, kept.id from kept cross join lateral (
      select tagged.name from (${tags}) tagged
       where tagged.account_id = ${sql.account} and tagged.subject_id = kept.subject_id offset 0) named`;
  const [found] = await sql`
    with likely as materialized (${likelySql(sql, scope, filter, compiled, tags)}),
         kept as materialized (${foundAmongSql(sql, compiled, sqlPart`likely`)})
    select ${countSql(sqlPart`select company_id from kept`)} as "companyIds",
           ${countSql(sqlPart`select tracker_id from kept where tracker_id is not null`)} as "trackerIds",
           ${countSql(named)} as tags,
           (select coalesce(jsonb_agg(jsonb_build_object('value', to_char(month, 'YYYY-MM-01'), 'count', n)
                                      order by month desc), '[]')
              from (select date_trunc('month', occurred_at at time zone ${timeZone}::text) as month, count(*) as n
                      from kept group by 1 order by 1 desc limit ${MAX_FACET_VALUES}) months) as months,
           (select coalesce(jsonb_agg(jsonb_build_object('value', value, 'count', n) order by n desc, value), '[]')
              from (values ${speakers.reduce((all, one) => sqlPart`${all}, ${one}`, NOBODY)}) spoken(value, n) where n > 0) as speakers`.rows<SearchFacets>(
    client,
  );
  return found ?? NONE;
}

/** Does a document of `kept` hold the phrases? `and …`, or nothing. */
function phrasesHoldSql(sql: TenantSql, spoken: CompiledQuery): SqlPart {
  if (spoken.phrases.length === 0) return sqlPart``;
  return sqlPart`and exists (select 1 from search_document d
    where d.account_id = ${sql.account} and d.id = kept.id ${phrasesSql(spoken)})`;
}

/** The values of a relation's first column and how often each stands there, as JSON. */
function countSql(relation: SqlPart): SqlPart {
  return sqlPart`(select coalesce(jsonb_agg(jsonb_build_object('value', value, 'count', n) order by n desc, value), '[]')
    from (select value::text, count(*) as n from (${relation}) counted(value) group by 1
           order by 2 desc, 1 limit ${MAX_FACET_VALUES}) frequent)`;
}
