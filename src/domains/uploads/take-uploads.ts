// A message takes the files that were sent ahead of it: from then on they are the message's.
import type { Tx } from '#platform/db/index.ts';
import { deleteUploads, folderOf, readReady, takeReady } from './store.ts';

/** A file in our storage. */
export interface TakenFile {
  id: string;
  name: string;
  contentType: string;
  sizeBytes: number;
  sha256: Buffer;
  storageKey: string;
}

/**
 * Looks at files without taking them, in the order of their ids.
 * @returns null where `takeUploads` would answer it
 */
export async function peekUploads(
  tx: Tx,
  accountId: string,
  owner: string,
  ids: readonly string[],
): Promise<Pick<TakenFile, 'contentType' | 'sizeBytes'>[] | null> {
  if (ids.length === 0) return [];
  const rows = await readReady(tx, accountId, owner, ids);
  const files = ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
  return files.length < ids.length || new Set(ids).size < ids.length ? null : files;
}

/**
 * Takes files out, in the order of their ids; each can be taken once.
 * @param owner whose they must be: chat:<id>, user:<id>, key:<id>
 * @returns null when one of them is not there: it was never sent whole, was taken, or is older than a day
 */
export async function takeUploads(
  tx: Tx,
  accountId: string,
  owner: string,
  ids: readonly string[],
): Promise<TakenFile[] | null> {
  if (ids.length === 0) return [];
  const rows = await readReady(tx, accountId, owner, ids);
  const files = ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
  if (files.length < ids.length || new Set(ids).size < ids.length) return null;
  // of two messages at once only one finds them, and none once they are withdrawn
  if ((await takeReady(tx, accountId, ids)) < ids.length) return null;
  return files.map(({ id, name, contentType, sizeBytes, sha256, storageKey }) => ({
    ...{ id, name, contentType, sizeBytes, storageKey, sha256: Buffer.from(sha256 ?? []) },
  }));
}

/**
 * Forgets what an owner has sent and nobody has taken.
 * @returns the folder of everything that the owner ever sent, with / at its end: for Storage.removeAll, after the transaction
 */
export async function deleteUploadsOf(tx: Tx, accountId: string, owner: string): Promise<string> {
  await deleteUploads(tx, accountId, { owner });
  return `${folderOf(accountId, owner)}/`;
}
