// Is the index what its source says? Every finished transcript stands in it as it would be written now, nothing else
// does, and every word is counted in exactly the documents that hold it.
import { expect } from 'vitest';
import type { Db } from '#platform/db/index.ts';
import { WORDS_VERSION } from '#platform/search/cut-words.ts';
import { listWords, writeLines } from '#platform/search/document-line.ts';

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

  const { rows } = await db.pool.query<{ id: string; entries: string[] }>(
    'select id, tsvector_to_array(words) as entries from search_document',
  );
  const entriesOf = new Map(rows.map(({ id, entries }) => [id, entries]));
  for (const { id, said, accountId: account } of source) {
    const entries = [...listWords(said)].map((word) => account.slice(-6) + word);
    expect(entriesOf.get(id)?.toSorted()).toEqual(entries.sort());
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

const sorted = <T extends { accountId: string; id: string }>(rows: T[]) =>
  rows.toSorted((a, b) => (a.accountId + a.id < b.accountId + b.id ? -1 : 1));
