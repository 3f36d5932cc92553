// The files that are to go with a text: fetched from where the sender says, judged by their content, and sent from here, so
// that what people get is what was judged.
import { newId } from '#platform/ids/index.ts';
import type { Outbound } from '#platform/outbound/index.ts';
import type { Storage } from '#platform/storage/index.ts';
import { sniffMedia } from './sniff-media.ts';
import { MOST_MEDIA, mediaKey, type StoredFile } from './store-media.ts';

/** of all files of a text together: what carriers deliver (L30) */
const MOST_BYTES = 1_000_000;
const LIMIT = `come to ${MOST_BYTES} bytes at most`;

/** A file that may go. */
export interface OutgoingFile {
  bytes: Buffer;
  contentType: string;
}

/**
 * Fetches files.
 * @param urls absolute http or https addresses
 * @returns the files, or what is wrong with the first that may not go. Never throws but when `signal` aborts.
 */
export async function fetchFiles(
  outbound: Outbound,
  urls: readonly string[],
): Promise<{ files: OutgoingFile[]; fault: string | null }> {
  const refuse = (fault: string) => ({ files: [], fault });
  if (urls.length > MOST_MEDIA) {
    return refuse(`A text takes ${MOST_MEDIA} files, not ${urls.length}.`);
  }
  const fetched = await Promise.all(urls.map((url, n) => fetchFile(outbound, url, n)));
  const fault = fetched.find((one) => typeof one === 'string');
  if (fault !== undefined) return refuse(fault as string);
  const files = fetched as OutgoingFile[];
  const bytes = files.reduce((sum, file) => sum + file.bytes.byteLength, 0);
  if (bytes > MOST_BYTES) return refuse(`All files of a text ${LIMIT}, not ${bytes}.`);
  return { files, fault: null };
}

/** One file, or what is wrong with it. */
async function fetchFile(
  outbound: Outbound,
  url: string,
  n: number,
): Promise<OutgoingFile | string> {
  const which = `File ${n + 1} of mediaUrls`;
  const refused = outbound.refusalOf(url);
  if (refused) return `${which} cannot be fetched: ${refused}`;
  const got = await outbound.get({ url, headers: { accept: '*/*' }, mostBytes: MOST_BYTES + 1 });
  if (got.failure) return `${which} cannot be fetched: ${got.failure}.`;
  if (got.status !== 200) return `${which} cannot be fetched: it answered ${got.status}.`;
  if (got.body.byteLength > MOST_BYTES) return `${which} is too large: all files ${LIMIT}.`;
  if (got.isCut || got.body.byteLength === 0) return `${which} did not come whole.`;
  const contentType = await sniffMedia(got.body);
  if (contentType === null) {
    return `${which} is no image, audio, video or contact card by its content.`;
  }
  return { bytes: got.body, contentType };
}

/** Puts files into our storage. */
export async function keepFiles(
  storage: Storage,
  accountId: string,
  files: readonly OutgoingFile[],
): Promise<StoredFile[]> {
  const kept: StoredFile[] = [];
  for (const { bytes, contentType } of files) {
    const id = newId();
    const storageKey = mediaKey(accountId, id);
    const stored = await storage.put(storageKey, whole(bytes));
    kept.push({ id, contentType, storageKey, ...stored });
  }
  return kept;
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
