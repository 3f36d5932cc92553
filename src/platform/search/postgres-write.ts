// Writes the index in PostgreSQL: a row for each document, and the account's words with the number of documents that hold
// them. The database counts down by itself (trigger forget_search_words), whoever deletes a document.
import type { Tx } from '#platform/db/index.ts';
import { WORDS_VERSION } from './cut-words.ts';
import { wordsOfLines, writeLines } from './document-line.ts';
import { pairKeys } from './pairs.ts';
import type { SearchDocument } from './port.ts';
import { markOf } from './postgres-query.ts';
import { typoKeys } from './typos.ts';

/** a tsvector takes 1 MB; a day of talk in a natural language stays below this */
const MAX_WORDS_BYTES = 700_000;
/** of an entry beside its letter and word: the mark, and PostgreSQL's own */
const ENTRY_BYTES = 14;

// Words are counted one writer at a time: transactions that count the same common words in another order would deadlock.
const LOCK = 'select pg_advisory_xact_lock(hashtextextended($1, 0))::text';
const REMOVE = 'delete from search_document where account_id = $1::uuid and id = any($2::uuid[])';
const INSERT = `
  insert into search_document (account_id, id, subject_id, company_id, tracker_id, occurred_at, version, words, pairs, said)
  select $1::uuid, id, subject_id, company_id, tracker_id, occurred_at, ${WORDS_VERSION}, words::tsvector, pairs::int[], said
    from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::text[], $8::text[], $9::text[])
      as document(id, subject_id, company_id, tracker_id, occurred_at, words, pairs, said)`;
const COUNT_KNOWN = `
  update search_word w set documents = w.documents + counted.documents
    from unnest($2::text[], $3::int[]) as counted(word, documents)
   where w.account_id = $1::uuid and w.word = counted.word returning w.word`;
const INSERT_NEW = `
  insert into search_word (account_id, word, documents, typo_keys)
  select $1::uuid, word, documents, typo_keys::int[]
    from unnest($2::text[], $3::int[], $4::text[]) as counted(word, documents, typo_keys)`;

/** Puts documents into the index, in place of what stood under their ids. */
export async function writeDocuments(
  tx: Tx,
  accountId: string,
  documents: readonly SearchDocument[],
): Promise<void> {
  if (documents.length === 0) return;
  await removeDocuments(
    tx,
    accountId,
    documents.map(({ id }) => id),
  );
  await countWords(tx, accountId, await insertDocuments(tx, accountId, documents));
}

/** Writes the rows of documents. Returns how many of them hold each word. */
export async function insertDocuments(
  tx: Tx,
  accountId: string,
  documents: readonly SearchDocument[],
): Promise<Map<string, number>> {
  const mark = markOf(accountId);
  const counted = new Map<string, number>();
  const rows = documents.map((document) => {
    const said = writeLines(document.passages);
    const lines = wordsOfLines(said);
    const entries = keepWithin(
      MAX_WORDS_BYTES,
      new Set(lines.flat().filter((word) => word !== null)),
    );
    const pairs = new Set(lines.flatMap((words) => [...pairKeys(mark, words)]));
    for (const word of new Set(entries.map((entry) => entry.slice(1)))) {
      counted.set(word, (counted.get(word) ?? 0) + 1);
    }
    return {
      ...document,
      said,
      words: entries.map((entry) => `'${mark}${entry}'`).join(' '),
      pairs: `{${[...pairs].join(',')}}`,
    };
  });
  await tx.$executeRawUnsafe(
    INSERT,
    accountId,
    rows.map(({ id }) => id),
    rows.map(({ subjectId }) => subjectId),
    rows.map(({ companyId }) => companyId),
    rows.map(({ trackerId }) => trackerId),
    rows.map(({ occurredAt }) => occurredAt.toISOString()),
    rows.map(({ words }) => words),
    rows.map(({ pairs }) => pairs),
    rows.map(({ said }) => said),
  );
  return counted;
}

/** Counts words up. The caller holds the account's lock. */
export async function countWords(
  tx: Tx,
  accountId: string,
  counted: ReadonlyMap<string, number>,
): Promise<void> {
  const words = [...counted.keys()];
  const countOf = (word: string) => counted.get(word) ?? 0;
  type Row = { word: string };
  const known = await tx.$queryRawUnsafe<Row[]>(COUNT_KNOWN, accountId, words, words.map(countOf));
  const missing = new Set(words).difference(new Set(known.map(({ word }) => word)));
  const added = [...missing];
  await tx.$executeRawUnsafe(
    INSERT_NEW,
    accountId,
    added,
    added.map(countOf),
    added.map((word) => `{${typoKeys(accountId, word).join(',')}}`),
  );
}

/** Lets one transaction write an account's index at a time. */
export async function lockIndex(tx: Tx, accountId: string): Promise<void> {
  await tx.$queryRawUnsafe(LOCK, `search:${accountId}`);
}

/** Takes documents out. Returns how many there were. */
export async function removeDocuments(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
): Promise<number> {
  await lockIndex(tx, accountId);
  return tx.$executeRawUnsafe(REMOVE, accountId, ids);
}

/** The first words that fit. */
function keepWithin(bytes: number, words: Iterable<string>): string[] {
  const kept: string[] = [];
  let left = bytes;
  for (const word of words) {
    left -= Buffer.byteLength(word) + ENTRY_BYTES;
    if (left < 0) break;
    kept.push(word);
  }
  return kept;
}
