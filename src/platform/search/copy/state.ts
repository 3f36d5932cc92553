// What is known of the copy (table search_copy): which index of the server is asked, which one is being built, which are
// still to be deleted. That an index takes another's place is one UPDATE here, not a swap there: a process that dies
// beside it leaves no doubt which of the two is which.
import { randomBytes } from 'node:crypto';
import type { SearchCopy } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';

type Source = Pick<Db, 'prisma' | 'transaction'>;
const name = 'transcripts';

/** What is known; null when there is no copy. */
export function readCopy({ prisma }: Pick<Db, 'prisma'>): Promise<SearchCopy | null> {
  return prisma.searchCopy.findUnique({ where: { name } });
}

/** The same; from the first time on, every change of the index is noted. */
export async function beginCopy(db: Source): Promise<SearchCopy> {
  const known = await readCopy(db);
  if (known) return known;
  return db.transaction(async (tx) => {
    await tx.searchCopy.createMany({ data: [{ name, retiredUids: [] }], skipDuplicates: true });
    // whoever writes now has not seen that row: their changes are waited for, later ones are noted
    await tx.$executeRawUnsafe('lock table search_document in share mode');
    return tx.searchCopy.findUniqueOrThrow({ where: { name } });
  });
}

/** Nothing is noted from now on. The indexes on the server stay: it is no longer known how to reach it. */
export async function endCopy(db: Source): Promise<boolean> {
  if (!(await readCopy(db))) return false;
  await db.transaction(async (tx) => {
    await tx.searchCopy.deleteMany();
    await tx.searchCopyChange.deleteMany();
  });
  return true;
}

/** Writes down what changed of it. */
export function writeCopy(
  { prisma }: Pick<Db, 'prisma'>,
  data: Partial<Omit<SearchCopy, 'name'>>,
): Promise<SearchCopy> {
  return prisma.searchCopy.update({ where: { name }, data });
}

/** A name for a new index: two Switchboards may share a server. */
export function newUid(): string {
  return `transcripts-${randomBytes(8).toString('hex')}`;
}
