// An edit of a transcript that is held open before its commit, as one is that another server is at.
import { readSearchDocuments } from '#domains/transcripts/search/search-documents.ts';
import type { Db } from '#platform/db/index.ts';
import type { SearchEngine } from '#platform/search/index.ts';

const WAITS = `select from pg_locks where locktype = 'advisory' and not granted
  and database = (select oid from pg_database where datname = current_database())`;

/** Does anybody wait for an account's index? */
export async function isWaitedFor({ pool }: Db): Promise<boolean> {
  return (await pool.query(WAITS)).rowCount !== 0;
}

/**
 * Writes the words of an account's transcript anew, if it has one: of the one to which a rebuild comes next.
 * @returns what commits it
 */
export async function holdRewrite(
  db: Db,
  search: SearchEngine,
  accountId: string,
): Promise<() => Promise<void>> {
  const written = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const editing = db.transaction(async (tx) => {
    await search.lock(tx, accountId);
    const all = await tx.transcript.findMany({ where: { accountId }, orderBy: { id: 'asc' } });
    const [next = all[0]] = await search.outdated(tx, all);
    if (next) {
      const where = { accountId, transcriptId: next.id };
      await tx.transcriptSegment.updateMany({ where, data: { text: 'rewritten' } });
      await search.index(tx, accountId, await readSearchDocuments(tx, accountId, [next.id]));
    }
    written.resolve();
    await held.promise;
  });
  await Promise.race([written.promise, editing]);
  return () => {
    held.resolve();
    return editing;
  };
}
