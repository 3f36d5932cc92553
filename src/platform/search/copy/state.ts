// What is known of the copy (table search_copy): which index of the server is asked, which one is being built, which are
// still to be deleted. That an index takes another's place is one UPDATE here, not a swap there: a process that dies
// beside it leaves no doubt which of the two is which.
import { randomBytes } from 'node:crypto';
import type { SearchCopy } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';

type Source = Pick<Db, 'prisma' | 'transaction'>;
const name = 'transcripts';
const NO_INDEX = {
  ...{ activeUid: null, activeCreatedAt: null, activeRules: null },
  ...{ buildingUid: null, buildingCreatedAt: null, buildingRules: null },
  ...{ accountId: null, documentId: null },
};

/** between the name of a retired index and the digest of its server; a name has no such letter */
const AT = '@';

/** None of its indexes is asked or built any more. */
function retired(copy: SearchCopy) {
  const held = [copy.activeUid, copy.buildingUid].filter((uid) => uid !== null);
  return { ...NO_INDEX, retiredUids: retire(copy, held) };
}

/** What is to be deleted with these indexes of its server, each bound to that server. */
export function retire({ retiredUids, serverDigest }: SearchCopy, uids: readonly string[]) {
  return [...retiredUids, ...uids].map((uid) =>
    serverDigest === null || uid.includes(AT) ? uid : uid + AT + serverDigest,
  );
}

/** The indexes that are to be deleted at the server with this digest, as they are written down and by their names. */
export function retiredAt({ retiredUids }: SearchCopy, digest: string) {
  return retiredUids
    .map((written) => ({ written, uid: written.split(AT)[0] as string, at: written.split(AT)[1] }))
    .filter(({ at }) => at === undefined || at === digest);
}

/** SQL of the number of the lock that whoever keeps the copy holds. */
export const COPY_LOCK = `hashtextextended('search copy', 0)`;

/** What is known; null when there never was a copy. */
export function readCopy({ prisma }: Pick<Db, 'prisma'>): Promise<SearchCopy | null> {
  return prisma.searchCopy.findUnique({ where: { name } });
}

/** The same; from now on, every change of the index is noted. */
export async function beginCopy(db: Source): Promise<SearchCopy> {
  const known = await readCopy(db);
  if (known?.isKept) return known;
  return db.transaction(async (tx) => {
    await tx.searchCopy.createMany({ data: [{ name, retiredUids: [] }], skipDuplicates: true });
    const copy = await tx.searchCopy.update({ where: { name }, data: { isKept: true } });
    // whoever writes now has not seen that: their changes are waited for, later ones are noted
    await tx.$executeRawUnsafe('lock table search_document in share mode');
    return copy;
  });
}

/**
 * Nothing is noted from now on. The indexes on the server stay, since it is no longer known how to reach it: they are
 * written down as retired, and are deleted with all that was noted for them when a server is set again.
 * @returns false when there is no copy, or another process, which has a server, is at it now
 */
export async function endCopy(db: Source): Promise<boolean> {
  if (!(await readCopy(db))?.isKept) return false;
  return db.transaction(async (tx) => {
    const [lock] = await tx.$queryRawUnsafe<{ held: boolean }[]>(
      `select pg_try_advisory_xact_lock(${COPY_LOCK}) as held`,
    );
    if (!lock?.held) return false;
    const copy = await tx.searchCopy.findUniqueOrThrow({ where: { name } });
    await tx.searchCopy.update({ where: { name }, data: { ...retired(copy), isKept: false } });
    await tx.searchCopyChange.deleteMany();
    return true;
  });
}

/** Whether it was made at another server than the one with this digest, which lacks it or has what it was once. */
export function isElsewhere({ serverDigest }: SearchCopy, digest: string): boolean {
  return serverDigest !== null && serverDigest !== digest;
}

/**
 * Binds it to the server with this digest. At another one than before everything is built anew; what that one has under
 * the same names, say out of a snapshot, is written down as retired, beside what the one before has.
 * @returns whether it is another one
 */
export async function bindCopy(db: Source, serverDigest: string): Promise<boolean> {
  const copy = await beginCopy(db);
  if (copy.serverDigest === serverDigest) return false;
  const isMoved = isElsewhere(copy, serverDigest);
  if (!isMoved) {
    await writeCopy(db, { serverDigest });
    return false;
  }
  const { retiredUids, ...none } = retired(copy);
  const names = new Set(retiredUids.map((written) => written.split(AT)[0] as string));
  const here = [...names].map((uid) => uid + AT + serverDigest);
  const all = [...new Set([...retiredUids, ...here])];
  await writeCopy(db, { ...none, retiredUids: all, serverDigest });
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
