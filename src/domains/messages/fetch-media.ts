// The job that brings home what came with a text: bounded, judged by its content, then served by us alone.
import { announceChanges, bumpVersion } from '#domains/interactions/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { putWhole } from '#platform/storage/index.ts';
import { conversationSubject } from './events.ts';
import { fetchMediaJob } from './jobs.ts';
import { type MediaFailure, MediaUnfetched } from './media-failure.ts';
import { sniffMedia } from './sniff-media.ts';
import { mediaKey, readMedia, settleMedia } from './store-media.ts';

/** more than any carrier delivers */
const MOST_BYTES = 10 * 1024 ** 2;

type Slice = Pick<Platform, 'db' | 'events' | 'clock' | 'storage' | 'outbound' | 'carriers'>;
type Payload = { accountId: string; mediaId: string };

/** The worker's side of `messages.fetch-media`. Outcomes: gone, already-there, stored, and the codes of MediaFailure. */
export function fetchMediaHandler(slice: Slice): JobHandler<Payload> {
  const { db, storage } = slice;
  const read = ({ accountId, mediaId }: Payload) => readMedia(db.prisma, accountId, mediaId);
  /** an earlier try may have been killed between the file and its row */
  const goneAfter = async ({ accountId, mediaId }: Payload) => {
    await storage.remove(mediaKey(accountId, mediaId));
    return 'gone';
  };
  return {
    definition: fetchMediaJob,
    concurrency: 4,
    async run(payload, { signal }) {
      const { accountId, mediaId } = payload;
      const media = await read(payload);
      if (!media) return goneAfter(payload);
      if (media.state !== 'FETCHING' || media.url === null) return 'already-there';
      try {
        const bytes = await download(slice, accountId, media.url, signal);
        const contentType = await sniffMedia(bytes);
        if (contentType === null) throw new MediaUnfetched('TYPE_REFUSED');
        const storageKey = mediaKey(accountId, mediaId);
        const stored = await putWhole(storage, storageKey, bytes);
        const fields = { state: 'READY', contentType, storageKey, ...stored } as const;
        if (await settle(slice, payload, media, fields)) return 'stored';
        // erased while it was fetched: nobody would know of the file
        if (!(await read(payload))) await storage.remove(storageKey);
        return 'gone';
      } catch (error) {
        // of these another try brings nothing else
        const { code = null } = error instanceof MediaUnfetched ? error : {};
        if (code === null || code === 'NOT_THERE') throw error;
        await settle(slice, payload, media, { state: 'FAILED', failure: code });
        return code;
      }
    },
    async giveUp(payload) {
      const media = await read(payload);
      const failure: MediaFailure = 'NOT_THERE';
      if (!media) return goneAfter(payload);
      await settle(slice, payload, media, { state: 'FAILED', failure });
      return failure;
    },
  };
}

/** Writes what became of it and tells that the conversation has it; false when it was settled before, or is gone. */
function settle(
  { db, events, clock }: Slice,
  { accountId, mediaId }: Payload,
  { conversationId: id, companyId }: { conversationId: string; companyId: string },
  fields: Parameters<typeof settleMedia>[3],
): Promise<boolean> {
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [conversationSubject(id)]);
    if (!(await settleMedia(tx, accountId, mediaId, fields))) return false;
    const version = await bumpVersion(tx, accountId, id);
    await announceChanges(tx, { events, clock }, { accountId, companyId }, [
      { id, kind: 'CONVERSATION', version, changes: ['messages'] },
    ]);
    return true;
  });
}

/** Whoever holds an account's webhook key can name any address: only the carrier's own may be on our network. */
async function download(
  { outbound, carriers }: Slice,
  accountId: string,
  url: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const known = await carriers.originOf(accountId);
  const asked = { url, headers: { accept: '*/*' }, mostBytes: MOST_BYTES, signal, known };
  const { status, body, isCut } = await outbound.get(asked);
  if (isCut && body.byteLength >= MOST_BYTES) throw new MediaUnfetched('TOO_LARGE');
  if (status !== 200 || isCut || body.byteLength === 0) throw new MediaUnfetched('NOT_THERE');
  return body;
}
