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
  MAX_COUNTED,
  MAX_FACET_VALUES,
  MAX_JUDGED,
  type SearchFacets,
  type SearchRequest,
  type SearchScope,
  SPEAKERS,
} from './port.ts';
import { foundSql, heldPhrasesSql, listSql, phrasesSql } from './postgres-match.ts';
import { compileQuery } from './postgres-query.ts';

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
  // inside an expression, for the reason told at taggedSql
  const speakers = bySpeaker.map(
    ({
      speaker,
      spoken,
    }) => sqlPart`(${speaker}, (select count(*) filter (where d.id in (select id from kept) ${phrasesSql(spoken)})
        from ${foundSql(sql, spoken)} d where d.account_id = ${sql.account}))`,
  );
  const judged = compiled.phrases.length > 0;
  const asked = { scope, filter, compiled, tags };
  const list = listSql(sql, asked, { first: judged ? MAX_JUDGED : MAX_COUNTED });
  const kept = judged ? heldPhrasesSql(compiled, list) : list;
  const [found] = await sql`
    with kept as materialized (${kept})
    select ${frequentSql(sqlPart`select company_id::text, count(*) from kept group by 1`)} as "companyIds",
           ${frequentSql(sqlPart`select tracker_id::text, count(*) from kept where tracker_id is not null group by 1`)} as "trackerIds",
           ${frequentSql(taggedSql(sql, tags))} as tags,
           (select coalesce(jsonb_agg(jsonb_build_object('value', to_char(month, 'YYYY-MM-01'), 'count', n)
                                      order by month desc), '[]')
              from (select date_trunc('month', occurred_at at time zone ${timeZone}::text) as month, count(*) as n
                      from kept group by 1 order by 1 desc limit ${MAX_FACET_VALUES}) months) as months,
           ${frequentSql(sqlPart`select * from (values ${speakers.reduce((list, one) => sqlPart`${list}, ${one}`, NOBODY)}) spoken(value, n) where n > 0`)} as speakers`.rows<SearchFacets>(
    client,
  );
  return found ?? NONE;
}

// Subject by subject, fenced by OFFSET: joined in the open, a planner without figures for young tables would compare every
// row with every other one, and one with figures may begin at the few tags and look through all that they hang on.
function taggedSql(sql: TenantSql, tags: SqlPart): SqlPart {
  return sqlPart`select name, count(distinct kept.id) from kept cross join lateral (
      select tagged.name from (${tags}) tagged
       where tagged.account_id = ${sql.account} and tagged.subject_id = kept.subject_id offset 0) named group by 1`;
}

/** The most frequent of some values and their numbers, as JSON. */
function frequentSql(counted: SqlPart): SqlPart {
  return sqlPart`(select coalesce(jsonb_agg(jsonb_build_object('value', value, 'count', n) order by n desc, value), '[]')
    from (select value, n from (${counted}) counted(value, n) order by 2 desc, 1 limit ${MAX_FACET_VALUES}) frequent)`;
}
