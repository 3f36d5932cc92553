// Brings an index up to its source, chunk by chunk. Each chunk is one short transaction that indexes and moves the kept
// cursor, so a rebuild that was cut off goes on where it was, two at once share the work, and new documents may come
// while it runs: they index themselves.
import type { Db, Tx } from '#platform/db/index.ts';
import type { DocumentRef, SearchDocument, SearchEngine } from './port.ts';

/** Where documents come from, in the order (account, id). */
export interface RebuildSource {
  /** the index it is for */
  name: string;
  /** Names the next documents behind a place. */
  list(tx: Tx, after: DocumentRef | null, limit: number): Promise<DocumentRef[]>;
  /** Reads documents and keeps them from being deleted until `tx` ends; those that are gone are left out. */
  read(tx: Tx, accountId: string, ids: readonly string[]): Promise<SearchDocument[]>;
}

type Slice = { db: Db; search: SearchEngine };

/** looked at in one chunk */
const LOOK_AT = 500;
/** read in one chunk */
const READ = 50;
/** indexed in one chunk, but for a document that is longer by itself: a fraction of the 5 s of a transaction */
const CHUNK_CHARACTERS = 100_000;

/**
 * Begins a rebuild, unless one is under way: that one goes on.
 * @param options.everything also index documents that the index has already
 * @param options.onlyIfDue nothing is begun when the last one was finished under the engine's version
 * @param options.unlessSince nor when the last one that was finished had begun at this moment or later
 * @returns whether there is anything to run
 */
export function beginRebuild(
  { db, search }: Slice,
  name: string,
  options: { now: Date; everything: boolean; onlyIfDue: boolean; unlessSince?: Date },
): Promise<boolean> {
  const { now, everything, onlyIfDue, unlessSince } = options;
  const begun = {
    version: search.version,
    everything,
    accountId: null,
    documentId: null,
    documents: 0,
    startedAt: now,
    finishedAt: null,
  };
  return db.transaction(async (tx) => {
    const { count } = await tx.searchRebuild.createMany({
      data: [{ name, ...begun }],
      skipDuplicates: true,
    });
    if (count === 1) return true;
    const state = await holdState(tx, name);
    const isSame = state.version === search.version;
    if (isSame && state.finishedAt === null && (state.everything || !everything)) return true;
    if (isSame && (onlyIfDue || (unlessSince && state.startedAt >= unlessSince))) return false;
    await tx.searchRebuild.update({ where: { name }, data: begun });
    return true;
  });
}

/**
 * Runs a begun rebuild to its end.
 * @param options.signal stops it between two chunks, by throwing; it can be run on later
 * @param options.onProgress receives how many documents were indexed so far
 * @returns how many documents were indexed since it began
 */
export async function runRebuild(
  slice: Slice,
  source: RebuildSource,
  options: { now: () => Date; signal?: AbortSignal; onProgress?: (documents: number) => void },
): Promise<number> {
  for (;;) {
    options.signal?.throwIfAborted();
    const { documents, isDone } = await slice.db.transaction((tx) =>
      indexChunk(tx, slice.search, source, options.now()),
    );
    options.onProgress?.(documents);
    if (isDone) return documents;
  }
}

async function indexChunk(
  tx: Tx,
  search: SearchEngine,
  source: RebuildSource,
  now: Date,
): Promise<{ documents: number; isDone: boolean }> {
  const { name } = source;
  const state = await holdState(tx, name);
  if (state.finishedAt !== null) return { documents: state.documents, isDone: true };
  const { accountId, documentId } = state;
  const after = accountId && documentId ? { accountId, id: documentId } : null;
  const listed = await source.list(tx, after, LOOK_AT);
  if (listed.length === 0) {
    await tx.searchRebuild.update({ where: { name }, data: { finishedAt: now } });
    return { documents: state.documents, isDone: true };
  }
  const wanted = state.everything ? listed : await search.outdated(tx, listed);
  const next = wanted.slice(0, READ);
  // before anything is read: who holds the index rewrites or erases words, which must not come back by what was read here
  for (const account of [...new Set(next.map((ref) => ref.accountId))].sort()) {
    await search.lock(tx, account);
  }
  const chosen = await readSome(tx, source, next);
  for (const [account, read] of Map.groupBy(chosen, (one) => one.accountId)) {
    await search.index(
      tx,
      account,
      read.flatMap(({ document }) => document ?? []),
    );
  }
  // all that was looked at is done, unless some of it has to wait for the next chunk
  const reached = chosen.length < wanted.length ? chosen.at(-1) : listed.at(-1);
  const { documents } = await tx.searchRebuild.update({
    where: { name },
    data: {
      accountId: reached?.accountId ?? null,
      documentId: reached?.id ?? null,
      documents: { increment: chosen.filter(({ document }) => document).length },
    },
  });
  return { documents, isDone: false };
}

/** The first documents whose texts together are no longer than a chunk may be; at least one. Null for one that is gone. */
async function readSome(
  tx: Tx,
  source: RebuildSource,
  refs: readonly DocumentRef[],
): Promise<(DocumentRef & { document: SearchDocument | null })[]> {
  const found = new Map<string, SearchDocument>();
  for (const [account, own] of Map.groupBy(refs, (ref) => ref.accountId)) {
    const ids = own.map(({ id }) => id);
    for (const document of await source.read(tx, account, ids)) found.set(document.id, document);
  }
  let room = CHUNK_CHARACTERS;
  const fits = refs.findIndex(({ id }, n) => {
    const passages = found.get(id)?.passages ?? [];
    room -= passages.reduce((sum, { text }) => sum + text.length, 0);
    return room < 0 && n > 0;
  });
  return refs
    .slice(0, fits < 0 ? refs.length : fits)
    .map((ref) => ({ ...ref, document: found.get(ref.id) ?? null }));
}

/** The state, held until `tx` ends. */
async function holdState(tx: Tx, name: string) {
  await tx.$queryRawUnsafe('select 1 from search_rebuild where name = $1 for update', name);
  return tx.searchRebuild.findUniqueOrThrow({ where: { name } });
}
