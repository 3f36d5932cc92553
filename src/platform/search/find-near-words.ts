// Which words an account has heard that a typed word may stand for. A word that is well known is taken as it is typed:
// only words ten times as common may stand in for it, so that `heated` does not find every `heater`.
import { type SqlSource, tenantSql } from '#platform/db/index.ts';
import type { QueryClause } from './port.ts';
import { mayBeMisspelt } from './postgres-query.ts';
import { allowedTypos, mayHaveTypos, typoKeys, typosBetween } from './typos.ts';

/** how much more common a word must be than the typed one */
const MORE_COMMON = 10;
const MAX_NEAR_WORDS = 20;
/** sorts behind every letter */
const BEHIND_ALL = '\u{10FFFF}';

/** For each clause's word that may be misspelt: at most 20 words to take for it, the nearest and most common first. */
export async function findNearWords(
  client: SqlSource,
  accountId: string,
  clauses: readonly QueryClause[],
): Promise<Map<string, string[]>> {
  const typed = clauses
    .filter((clause) => mayBeMisspelt(clause) && mayHaveTypos(clause.words[0] as string))
    .map(({ words: [word = ''], prefix }) => ({ word, isOpen: prefix === 'ASSUMED' }));
  if (typed.length === 0) return new Map();
  const known = await readKnown(client, accountId, typed);
  const keys = typed.flatMap(({ word }) => typoKeys(accountId, word));
  const sql = tenantSql(accountId);
  const heard = await sql`select word, documents from search_word
    where account_id = ${sql.account} and typo_keys && ${keys}::int[]`.rows<{
    word: string;
    documents: number;
  }>(client);
  return new Map(
    typed.map(({ word }) => {
      const least = Math.max(1, (known.get(word) ?? 0) * MORE_COMMON);
      const near = heard
        .filter((one) => one.documents >= least && one.word !== word)
        .map((one) => ({ ...one, typos: typosBetween(word, one.word, 2) }))
        .filter((one) => one.typos <= allowedTypos(word, one.word))
        .sort(
          (a, b) => a.typos - b.typos || b.documents - a.documents || (a.word < b.word ? -1 : 1),
        );
      return [word, near.slice(0, MAX_NEAR_WORDS).map((one) => one.word)];
    }),
  );
}

/** How common each typed word is; of one that may still be typed, its most common continuation. */
async function readKnown(
  client: SqlSource,
  accountId: string,
  typed: readonly { word: string; isOpen: boolean }[],
): Promise<Map<string, number>> {
  const sql = tenantSql(accountId);
  const from = typed.map(({ word }) => word);
  const to = typed.map(({ word, isOpen }) => (isOpen ? word + BEHIND_ALL : word));
  const rows = await sql`select typed.word, (
      select max(w.documents) from search_word w
       where w.account_id = ${sql.account} and w.word >= typed.word and w.word <= typed.last) as documents
    from unnest(${from}::text[], ${to}::text[]) as typed(word, last)`.rows<{
    word: string;
    documents: number | null;
  }>(client);
  return new Map(rows.map(({ word, documents }) => [word, documents ?? 0]));
}
