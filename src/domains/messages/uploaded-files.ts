// Files that go with a text and lie in our storage before it does, uploaded or fetched: whose they are, and whether they
// may go.
import { peekUploads, storeJudged, takeUploads } from '#domains/uploads/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { policyRefused } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { MOST_BYTES, type OutgoingFile } from './fetch-files.ts';
import { MOST_MEDIA, type StoredFile } from './store-media.ts';

/** what telephones show (L30) */
const TYPES = ['image/jpeg', 'image/png', 'image/gif'];
const GONE =
  'mediaIds takes what this server answered to an upload of the same person or key within a day; each goes with one text.';

/** What is wrong with uploads that are to go with a text; null when nothing is. Takes nothing. */
export async function faultOfUploads(
  tx: Tx,
  { accountId, actor }: Viewer,
  ids: readonly string[],
): Promise<string | null> {
  if (ids.length > MOST_MEDIA) return `A text takes ${MOST_MEDIA} files, not ${ids.length}.`;
  const files = await peekUploads(tx, accountId, nameActor(actor), ids);
  if (!files) return GONE;
  const wrong = files.findIndex(({ contentType }) => !TYPES.includes(contentType));
  if (wrong !== -1) return `File ${wrong + 1} of mediaIds is no JPEG, PNG or GIF picture.`;
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (bytes <= MOST_BYTES) return null;
  return `All files of a text come to ${MOST_BYTES} bytes at most, not ${bytes}.`;
}

/**
 * Stores files that were fetched for a text as if its sender had uploaded them, so that none is left without a row: not by a
 * text that is refused, nor by a process that ends.
 * @returns the ids to take them by, in the order of the files
 */
export async function storeFetchedFiles(
  platform: Pick<Platform, 'db' | 'clock' | 'storage'>,
  { accountId, actor }: Viewer,
  files: readonly OutgoingFile[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const file of files) {
    const place = { accountId, id: newId(), owner: nameActor(actor) };
    ids.push((await storeJudged(platform, place, { ...file, name: '' })).id);
  }
  return ids;
}

/** Takes them out, for the text that they go with. Throws Refused MEDIA_INVALID when another was faster. */
export async function takeUploadedFiles(
  tx: Tx,
  { accountId, actor }: Viewer,
  ids: readonly string[],
): Promise<StoredFile[]> {
  const files = await takeUploads(tx, accountId, nameActor(actor), ids);
  if (!files) throw policyRefused('MEDIA_INVALID', GONE, { field: 'mediaIds' });
  return files.map(({ name: _name, ...file }) => file);
}
