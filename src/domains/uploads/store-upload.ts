// Takes a file in: bounded while it comes, judged, cleaned, and stored.
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { putWhole } from '#platform/storage/index.ts';
import { judgeUpload, MOST_UPLOAD_BYTES, UploadRefused } from './judge-upload.ts';
import {
  deleteUploads,
  insertUpload,
  readUpload,
  settleUpload,
  type UploadRow,
  uploadKey,
} from './store.ts';

/** judged and stored at once in this process: no sender can make that last */
const MOST_AT_ONCE = 40;
let underWay = 0;

/** A file as its sender is told of it. */
export type UploadedFile = Pick<UploadRow, 'id' | 'name' | 'contentType' | 'sizeBytes'>;

/** A file that comes in. */
export interface NewUpload {
  accountId: string;
  /** the same however often it is sent */
  id: string;
  /** who may put it into a message: chat:<id>, user:<id>, key:<id> */
  owner: string;
  /** as its sender calls it */
  name: string;
  content: AsyncIterable<Uint8Array>;
  /** asked in the transaction that notes the file; false refuses it as GONE. Takes its locks before anything is written */
  mayCome?: (tx: Tx) => Promise<boolean>;
}

/**
 * Stores it, once however often it comes. How many may come at once, and from whom, is the doors' to say: each holds up to
 * 5 MB in memory for as long as it comes.
 * @returns the file. Throws UploadRefused, and what the content throws.
 */
export async function storeUpload(
  platform: Pick<Platform, 'db' | 'clock' | 'storage'>,
  given: NewUpload,
): Promise<UploadedFile> {
  const bytes = await readAll(given.content);
  if (underWay >= MOST_AT_ONCE) throw new UploadRefused('BUSY');
  underWay += 1;
  try {
    const judged = await judgeUpload(bytes, given.name);
    return await storeJudged(platform, given, judged);
  } finally {
    underWay -= 1;
  }
}

/**
 * Stores a file that was judged, its row first: whatever breaks, it is found and purged unless a message takes it.
 * @param judged the bytes as they are kept, and what they are called; they are not looked at
 * @returns the file. Throws UploadRefused GONE.
 */
export async function storeJudged(
  { db, clock, storage }: Pick<Platform, 'db' | 'clock' | 'storage'>,
  { accountId, id, owner, mayCome = async () => true }: Omit<NewUpload, 'name' | 'content'>,
  { bytes, contentType, name }: Awaited<ReturnType<typeof judgeUpload>>,
): Promise<UploadedFile> {
  const storageKey = uploadKey(accountId, owner, newId());
  const known = await db.transaction(async (tx) => {
    if (!(await mayCome(tx))) throw new UploadRefused('GONE');
    const before = await readUpload(tx, accountId, id);
    if (before?.isReady) return before;
    // a try that was cut off: what it wrote goes with its row
    if (before) await deleteUploads(tx, accountId, { ids: [id] });
    const createdAt = clock.now(accountId);
    await insertUpload(tx, { accountId, id, owner, storageKey, createdAt });
    return before;
  });
  if (known?.isReady) return known;
  if (known) await storage.remove(known.storageKey);
  try {
    const stored = await putWhole(storage, storageKey, bytes);
    const file = { id, name, contentType, ...stored };
    if (await settleUpload(db.prisma, { accountId, id, storageKey }, file)) return file;
  } catch (error) {
    // the row first: it may have been settled without our hearing of it, and would name nothing
    await deleteUploads(db.prisma, accountId, { storageKey });
    await storage.remove(storageKey);
    throw error;
  }
  // erased meanwhile, or the same file came by another way
  await storage.remove(storageKey);
  const other = await readUpload(db.prisma, accountId, id);
  if (other?.isReady) return other;
  throw new UploadRefused('GONE');
}

async function readAll(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.byteLength;
    if (bytes > MOST_UPLOAD_BYTES) throw new UploadRefused('TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
