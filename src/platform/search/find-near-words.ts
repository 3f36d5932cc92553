// Which words an account has heard that a typed word may stand for. A word that is well known is taken as it is typed, and
// nothing is looked up for it; for others only words ten times as common may stand in, so that `heated` does not find every
// `heater`.
import { type SqlSource, tenantSql } from '#platform/db/index.ts';
import type { QueryClause } from './port.ts';
import { mayBeMisspelt } from './postgres-query.ts';
import { allowedTypos, mayHaveTypos, typoKeys, typosBetween } from './typos.ts';

/** heard in so many documents, a word is no misspelling */
const WELL_KNOWN = 10;
/** how much more common a word must be than the typed one */
const MORE_COMMON = 10;
const MAX_NEAR_WORDS = 20;
/** sorts behind every letter */
const BEHIND_ALL = '\u{10FFFF}';
const NONE: ReadonlyMap<string, string[]> = new Map();

interface Near {
  /** of which list of clauses */
  n: number;
  typed: string;
  word: string;
  documents: number;
}

/**
 * Asks with the words that may stand in for a query's own. It is asked without them at once, in the same trip: most
 * queries have none.
 * @param ask asks with the words to take for each typed word that may be misspelt
 */
export async function askWithNearWords<Answer>(
  client: SqlSource,
  accountId: string,
  clauses: readonly QueryClause[],
  ask: (near: ReadonlyMap<string, readonly string[]>) => Promise<Answer>,
): Promise<Answer> {
  const [[near = NONE], answer] = await Promise.all([
    findNearWordsOfEach(client, accountId, [clauses]),
    ask(NONE),
  ]);
  return near.size > 0 ? ask(near) : answer;
}

/**
 * For each list of clauses, and each word of it that may be misspelt: at most 20 words to take for it, the nearest and most
 * common first; a word that has none is left out.
 */
export async function findNearWordsOfEach(
  client: SqlSource,
  accountId: string,
  lists: readonly (readonly QueryClause[])[],
): Promise<Map<string, string[]>[]> {
  const typed = lists
    .flatMap((clauses, n) => clauses.map((clause) => ({ n, clause })))
    .filter(({ clause }) => mayBeMisspelt(clause) && mayHaveTypos(clause.words[0] as string))
    .map(
      ({
        n,
        clause: {
          words: [word = ''],
          prefix,
        },
      }) => ({
        n,
        word,
        // of a word that may still be typed, its most common continuation counts
        last: prefix === 'ASSUMED' ? word + BEHIND_ALL : word,
        keys: `{${typoKeys(accountId, word).join(',')}}`,
      }),
    );
  if (typed.length === 0) return lists.map(() => new Map());
  const sql = tenantSql(accountId);
  // fenced by OFFSET: the planner would rather read all words of the account than trust the keys alone
  const heard = await sql`
    select typed.n, typed.word as typed, near.word, near.documents
      from unnest(${typed.map(({ n }) => n)}::int[], ${typed.map(({ word }) => word)}::text[],
                  ${typed.map(({ last }) => last)}::text[],
                  ${typed.map(({ keys }) => keys)}::text[]) as typed(n, word, last, keys)
     cross join lateral (select coalesce(max(w.documents), 0) as documents from search_word w
                          where w.account_id = ${sql.account} and w.word >= typed.word and w.word <= typed.last) known
     cross join lateral (select * from search_word w
                          where known.documents < ${WELL_KNOWN}::int and w.typo_keys && typed.keys::int[] offset 0) near
     where near.account_id = ${sql.account} and near.word <> typed.word
       and near.documents >= greatest(1, known.documents * ${MORE_COMMON}::int)
       and abs(length(near.word) - length(typed.word)) <= 2`.rows<Near>(client);
  const near = heard
    .map((one) => ({ ...one, typos: typosBetween(one.typed, one.word, 2) }))
    .filter(({ typed: word, word: other, typos }) => typos <= allowedTypos(word, other))
    .sort((a, b) => a.typos - b.typos || b.documents - a.documents || (a.word < b.word ? -1 : 1));
  const byList = Map.groupBy(near, ({ n }) => n);
  return lists.map((_, n) => wordsByTyped(byList.get(n) ?? []));
}

function wordsByTyped(near: readonly Near[]): Map<string, string[]> {
  return new Map(
    [...Map.groupBy(near, (one) => one.typed)].map(([word, found]) => [
      word,
      found.slice(0, MAX_NEAR_WORDS).map((one) => one.word),
    ]),
  );
}
