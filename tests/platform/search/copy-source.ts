// Is the copy what its source says? Every document stands in the asked index of the search server as it would be sent
// now, nothing else does, and no other index is left there.
import { expect } from 'vitest';
import type { Db } from '#platform/db/index.ts';
import { digestAddress } from '#platform/search/copy/digest-address.ts';
import { type SourceRow, toCopy } from '#platform/search/copy/document.ts';
import { readCopy, retiredAt } from '#platform/search/copy/state.ts';

interface Holder {
  url: string;
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
  const here = copy ? retiredAt(copy, digestAddress(holder.url)) : [];
  expect([copy?.buildingUid, here]).toEqual([null, []]);
}

const sorted = (documents: readonly unknown[]) =>
  (documents as { id: string }[]).toSorted((a, b) => (a.id < b.id ? -1 : 1));
