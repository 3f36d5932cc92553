// Is the index what its source says? Every finished transcript stands in it as it would be written now, nothing else
// does, and every word is counted in exactly the documents that hold it.
import { expect } from 'vitest';
import type { Db } from '#platform/db/index.ts';
import { WORDS_VERSION } from '#platform/search/cut-words.ts';
import { wordsOfLines, writeLines } from '#platform/search/document-line.ts';
import { pairKeys } from '#platform/search/pairs.ts';

/** Expects index and source to agree. `accountId`: of this account only. */
export async function expectIndexEqualsSource(db: Db, accountId?: string): Promise<void> {
  const own = accountId === undefined ? {} : { accountId };
  const transcripts = await db.prisma.transcript.findMany({
    where: { ...own, state: 'READY' },
    include: { segments: { orderBy: { n: 'asc' } } },
  });
  const source = transcripts.map(({ accountId, id, segments }) => ({
    accountId,
    id,
    version: WORDS_VERSION,
    said: writeLines(segments),
  }));
  const documents = await db.prisma.searchDocument.findMany({
    where: own,
    select: { accountId: true, id: true, version: true, said: true },
  });
  expect(sorted(documents)).toEqual(sorted(source));

  const { rows } = await db.pool.query<{ id: string; entries: string[]; pairs: number[] }>(
    'select id, tsvector_to_array(words) as entries, pairs from search_document',
  );
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  for (const { id, said, accountId: account } of source) {
    const mark = account.slice(-6);
    const entries = [...listWords(said)].map((word) => mark + word);
    const pairs = new Set(wordsOfLines(said).flatMap((words) => [...pairKeys(mark, words)]));
    expect(rowOf.get(id)?.entries.toSorted()).toEqual(entries.sort());
    expect(new Set(rowOf.get(id)?.pairs)).toEqual(pairs);
  }

  const counted = new Map<string, number>();
  for (const { accountId: account, said } of source) {
    for (const word of new Set([...listWords(said)].map((one) => one.slice(1)))) {
      const key = `${account} ${word}`;
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
  }
  const words = await db.prisma.searchWord.findMany({ where: own });
  expect(new Map(words.map((one) => [`${one.accountId} ${one.word}`, one.documents]))).toEqual(
    counted,
  );
}

const listWords = (said: string) =>
  new Set(
    wordsOfLines(said)
      .flat()
      .filter((word) => word !== null),
  );

const sorted = <T extends { accountId: string; id: string }>(rows: T[]) =>
  rows.toSorted((a, b) => (a.accountId + a.id < b.accountId + b.id ? -1 : 1));
