// The search engine that lives in the database itself: its index changes in the transaction that changes the row, and it
// needs no extension. The words of all documents stand in one GIN index, each behind its account's mark, so that a lookup
// costs what the account's own calls cost.
import { type Db, type SqlPart, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { WORDS_VERSION } from './cut-words.ts';
import { choosePassages } from './document-line.ts';
import { findNearWords } from './find-near-words.ts';
import { highlightPassage } from './match-passage.ts';
import { openReads } from './open-reads.ts';
import type { DocumentRef, SearchEngine, SearchHit, SearchRequest, SearchScope } from './port.ts';
import { readFacets } from './postgres-facets.ts';
import { type FoundRow, matchedSql, placeOf, readPlace } from './postgres-match.ts';
import { type CompiledQuery, compileQuery } from './postgres-query.ts';
import { lockIndex, removeDocuments, writeDocuments } from './postgres-write.ts';

const OUTDATED = `
  select ref.account_id as "accountId", ref.id
    from unnest($1::uuid[], $2::uuid[]) with ordinality as ref(account_id, id, n)
   where not exists (select 1 from search_document d
                      where d.account_id = ref.account_id and d.id = ref.id and d.version = ${WORDS_VERSION})
   order by ref.n`;

/**
 * Opens the engine.
 * @param options.tags SQL of the rows (account_id, subject_id, name) that say which subject has which tag; they are read
 *   live, so the index need not hear of them
 */
export function openPostgresSearch({ db, tags }: { db: Db; tags: SqlPart }): SearchEngine {
  const read = openReads(db);
  return {
    name: 'POSTGRES',
    version: WORDS_VERSION,
    lock: lockIndex,
    index: writeDocuments,
    remove: removeDocuments,
    outdated: (tx, documents) =>
      tx.$queryRawUnsafe<DocumentRef[]>(
        OUTDATED,
        documents.map(({ accountId }) => accountId),
        documents.map(({ id }) => id),
      ),
    search: (scope, request, page) =>
      read(async (client) => {
        const near = await findNearWords(client, scope.accountId, request.clauses);
        const compiled = compileQuery(scope.accountId, request, near);
        if (!compiled) return { hits: [], total: 0, highlight: () => [] };
        const rows = await pageSql(scope, request, compiled, tags, page).rows<FoundRow>(client);
        return {
          hits: rows.flatMap((row) => toHit(row, compiled)),
          total: rows[0]?.total ?? 0,
          highlight: (passage) => highlightPassage(compiled.wanted, passage),
        };
      }),
    facets: (scope, request, timeZone) =>
      read((client) => readFacets(client, scope, request, { tags, timeZone })),
  };
}

// Each matching row is looked at anyway to find the newest, so the total comes free.
function pageSql(
  scope: SearchScope,
  { filter }: SearchRequest,
  compiled: CompiledQuery,
  tags: SqlPart,
  { limit, after }: { limit: number; after: RowKey | null },
) {
  const sql = tenantSql(scope.accountId);
  const place = after && readPlace(after);
  const beyond = place
    ? sqlPart`(m.step > ${place.step} or (m.step = ${place.step}
        and (m.occurred_at, m.id) < (${place.occurredAt}::timestamptz, ${place.id}::uuid)))`
    : sqlPart`true`;
  return sql`with matched as materialized (${matchedSql(sql, scope, filter, compiled, tags)})
    select counted.total, page.id, page.subject_id, page.occurred_at, page.step, d.said
      from (select count(*)::int as total from matched) counted
      left join lateral (select m.id, m.subject_id, m.occurred_at, m.step from matched m where ${beyond}
                          order by m.step, m.occurred_at desc, m.id desc limit ${limit}) page on true
      left join search_document d on d.account_id = ${sql.account} and d.id = page.id
     order by page.step, page.occurred_at desc, page.id desc`;
}

function toHit(row: FoundRow, { steps, wanted }: CompiledQuery): SearchHit[] {
  // a page without hits is one row with the total alone
  const { id } = row;
  if (id === null || row.said === null) return [];
  return [
    {
      id,
      subjectId: row.subject_id,
      occurredAt: row.occurred_at,
      score: steps[row.step]?.score ?? 0,
      place: placeOf({ ...row, id }),
      passages: choosePassages(row.said, wanted),
    },
  ];
}
