// The table upload: the only place that writes it.
import type { Upload } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';

export type UploadRow = Upload;

/** Where a file of an owner lies, under a name that no other try has: 'chat:<id>' makes chat-files/<account>/<id>/… */
export function uploadKey(accountId: string, owner: string, place: string): string {
  return `${folderOf(accountId, owner)}/${place}`;
}

/** What all that an owner has sent lies under. */
export function folderOf(accountId: string, owner: string): string {
  const [kind, id] = owner.split(':');
  return `${kind}-files/${accountId}/${id}`;
}

/** A file that was sent, or null. */
export function readUpload(tx: Tx, accountId: string, id: string): Promise<UploadRow | null> {
  return tx.upload.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** Notes a file before it is written, so that one whose process ends is found again. */
export async function insertUpload(
  tx: Tx,
  row: Pick<UploadRow, 'accountId' | 'id' | 'owner' | 'storageKey' | 'createdAt'>,
): Promise<void> {
  await tx.upload.create({ data: { ...row, name: '', contentType: '' }, select: { id: true } });
}

/** A file is whole. False when its row is gone, or is another try's by now. */
export async function settleUpload(
  tx: Tx,
  { accountId, id, storageKey }: Pick<UploadRow, 'accountId' | 'id' | 'storageKey'>,
  fields: Pick<UploadRow, 'name' | 'contentType' | 'sizeBytes'> & { sha256: Buffer },
): Promise<boolean> {
  const { count } = await tx.upload.updateMany({
    where: { accountId, id, storageKey },
    data: { ...fields, sha256: Uint8Array.from(fields.sha256), isReady: true },
  });
  return count === 1;
}

/** Those of an owner that are whole, in any order. */
export function readReady(
  tx: Tx,
  accountId: string,
  owner: string,
  ids: readonly string[],
): Promise<UploadRow[]> {
  return tx.upload.findMany({
    where: { accountId, owner, id: { in: [...ids] }, isReady: true },
  });
}

/** From now on no message takes it. False when it is gone: one has taken it, or another try of it has come. */
export async function withdrawUpload(
  tx: Tx,
  accountId: string,
  storageKey: string,
): Promise<boolean> {
  const where = { accountId, storageKey };
  return (await tx.upload.updateMany({ where, data: { isReady: false } })).count > 0;
}

/** Takes files out that are whole. @returns how many there were */
export async function takeReady(tx: Tx, accountId: string, ids: readonly string[]) {
  const where = { accountId, id: { in: [...ids] }, isReady: true };
  return (await tx.upload.deleteMany({ where })).count;
}

/** Forgets files: somebody else keeps what they were, or removes it. */
export async function deleteUploads(
  tx: Tx,
  accountId: string,
  which: { ids: readonly string[] } | { owner: string } | { storageKey: string },
): Promise<number> {
  const where = 'ids' in which ? { id: { in: [...which.ids] } } : which;
  return (await tx.upload.deleteMany({ where: { accountId, ...where } })).count;
}

/** Those that were sent before a moment, the oldest first, at most `limit`. */
export function readOld(
  tx: Tx,
  accountId: string,
  before: Date,
  limit: number,
): Promise<Pick<UploadRow, 'storageKey'>[]> {
  return tx.upload.findMany({
    where: { accountId, createdAt: { lt: before } },
    select: { storageKey: true },
    orderBy: { createdAt: 'asc' },
    take: limit,
  });
}
