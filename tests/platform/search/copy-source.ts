// Is the copy what its source says? Every document stands in the asked index of the search server as it would be sent
// now, nothing else does, and no other index is left.
import { expect } from 'vitest';
import type { Db } from '#platform/db/index.ts';
import { type SourceRow, toCopy } from '#platform/search/copy/document.ts';
import { readCopy } from '#platform/search/copy/state.ts';

interface Holder {
  documents(uid: string): ReadonlyMap<string, unknown>;
  indexes(): string[];
}

/** Expects copy and source to agree, but for documents that the server refuses. */
export async function expectCopyEqualsSource(
  db: Db,
  holder: Holder,
  refused: (said: string) => boolean = () => false,
): Promise<void> {
  const rows = await db.prisma.searchDocument.findMany();
  const wanted = rows
    .filter(({ said }) => !refused(said))
    .map((row) => toCopy(row satisfies SourceRow));
  const copy = await readCopy(db);
  const uid = copy?.activeUid ?? '';
  const found = [...holder.documents(uid).values()];
  expect(sorted(found)).toEqual(sorted(wanted));
  expect(holder.indexes()).toEqual([uid]);
  expect(copy).toMatchObject({ buildingUid: null, retiredUids: [] });
}

const sorted = (documents: readonly unknown[]) =>
  (documents as { id: string }[]).toSorted((a, b) => (a.id < b.id ? -1 : 1));
