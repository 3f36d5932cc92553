// The search engine that lives in the database itself: its index changes in the transaction that changes the row, and it
// needs no extension. The words of all documents stand in one GIN index, each behind its account's mark, so that a lookup
// costs what the account's own calls cost.
import type { Db, SqlPart } from '#platform/db/index.ts';
import { WORDS_VERSION } from './cut-words.ts';
import { choosePassages } from './document-line.ts';
import { askWithNearWords } from './find-near-words.ts';
import { highlightPassage } from './match-passage.ts';
import { openReads } from './open-reads.ts';
import {
  type DocumentRef,
  type SearchEngine,
  type SearchHit,
  SearchTimedOut,
  type SearchTotal,
} from './port.ts';
import { readFacets } from './postgres-facets.ts';
import { judgeDocument } from './postgres-judge.ts';
import { type Asked, type FoundRow, placeOf } from './postgres-match.ts';
import { countFound, readPage } from './postgres-page.ts';
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
  // what was found is told all the same: where its turn does not come, and where none of the first that are judged is one
  const countBeside = (found: number, asked: Asked): Promise<SearchTotal> =>
    read((client) => countFound(client, asked)).then(
      ({ count, isExact }) => ({ count: Math.max(count, found), isExact }),
      (error: unknown) => {
        if (error instanceof SearchTimedOut) return { count: found, isExact: false };
        throw error;
      },
    );
  return {
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
        const found = await askWithNearWords(
          client,
          scope.accountId,
          request.clauses,
          async (near) => {
            const compiled = compileQuery(scope.accountId, request, near);
            if (!compiled) return null;
            const asked = { scope, filter: request.filter, compiled, tags };
            return { asked, ...(await readPage(client, asked, page)) };
          },
        );
        if (!found) return { ...OWN, hits: [], total: async () => NOTHING, highlight: () => [] };
        const { asked, rows, total } = found;
        const { compiled } = asked;
        return {
          ...OWN,
          hits: rows.map((row) => toHit(row, compiled)),
          total: async () => total ?? countBeside(rows.length, asked),
          highlight: (passage) => highlightPassage(compiled.wanted, passage),
        };
      }),
    async judge(document, requests) {
      const judged: boolean[] = [];
      for (let n = 0; n < requests.length; n += JUDGED_AT_ONCE) {
        const portion = requests.slice(n, n + JUDGED_AT_ONCE);
        judged.push(...(await read((client) => judgeDocument(client, document, portion, tags))));
      }
      return judged;
    },
    facets: (scope, request, timeZone) =>
      read((client) => readFacets(client, scope, request, { tags, timeZone })),
  };
}

/** so that the words of all queries together are looked up well within a search's time */
const JUDGED_AT_ONCE = 10;
const OWN = { engine: 'POSTGRES', isDegraded: false } as const;
const NOTHING = { count: 0, isExact: true };

function toHit(row: FoundRow, { steps, wanted }: CompiledQuery): SearchHit {
  return {
    id: row.id,
    subjectId: row.subject_id,
    occurredAt: row.occurred_at,
    score: steps[row.step]?.score ?? 0,
    place: placeOf(row),
    passages: choosePassages(row.said, wanted),
  };
}
