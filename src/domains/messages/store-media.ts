// The table message_media: the only place that writes it. What came with a text waits there until it is fetched.
import type { MessageMedia } from '#generated/prisma/client.ts';
import type { CarrierMedia } from '#platform/carrier/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { fetchMediaJob } from './jobs.ts';
import type { MediaFailure } from './media-failure.ts';

export type MediaRow = MessageMedia;

/** Carriers take ten with a message; what claims to have more is told so, and not followed further. */
export const MOST_MEDIA = 10;
const MOST_NOTED = 50;

/** A file as it lies in our storage. */
export interface StoredFile {
  id: string;
  contentType: string;
  sizeBytes: number;
  sha256: Buffer;
  storageKey: string;
}

interface Place {
  accountId: string;
  conversationId: string;
  messageId: string;
}

/** Where a file lies. */
export function mediaKey(accountId: string, mediaId: string): string {
  return `media/${accountId}/${mediaId}`;
}

/** Notes what came with a text, and starts the jobs that fetch it: the carrier's links do not live for ever. */
export async function storeArrivedMedia(
  tx: Tx,
  { jobs }: Pick<Platform, 'jobs'>,
  { accountId, messageId }: Place,
  media: readonly CarrierMedia[],
): Promise<void> {
  if (media.length === 0) return;
  const rows = media.slice(0, MOST_NOTED).map(({ url }, n) => ({
    ...{ accountId, id: newId(), messageId, n, url },
    ...(n < MOST_MEDIA
      ? { state: 'FETCHING' as const }
      : { state: 'FAILED' as const, failure: 'TOO_MANY' satisfies MediaFailure, url: null }),
  }));
  await tx.messageMedia.createMany({ data: rows });
  await jobs.enqueueAll(
    tx,
    fetchMediaJob,
    rows.slice(0, MOST_MEDIA).map(({ id: mediaId }) => ({ accountId, mediaId })),
    ({ mediaId }) => mediaId,
  );
}

/** Notes the files that go with a text; they lie in our storage already. */
export async function insertSentMedia(
  tx: Tx,
  { accountId, messageId }: { accountId: string; messageId: string },
  files: readonly StoredFile[],
): Promise<void> {
  const rows = files.map(({ sha256, ...file }, n) => ({
    ...{ ...file, accountId, messageId, n, state: 'READY' as const },
    sha256: Uint8Array.from(sha256),
  }));
  await tx.messageMedia.createMany({ data: rows });
}

/** The ids of the files that go with a text, in their order. */
export async function mediaIdsOf(tx: Tx, accountId: string, messageId: string): Promise<string[]> {
  const rows = await tx.messageMedia.findMany({
    where: { accountId, messageId, state: 'READY' },
    orderBy: { n: 'asc' },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** One file with the place that it belongs to; null when it is gone. */
export async function readMedia(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<(MediaRow & { conversationId: string; companyId: string }) | null> {
  const row = await tx.messageMedia.findUnique({
    where: { accountId_id: { accountId, id } },
    include: {
      message: { select: { conversationId: true, conversation: { select: { companyId: true } } } },
    },
  });
  if (!row) return null;
  const { message, ...media } = row;
  const { conversationId, conversation } = message;
  return { ...media, conversationId, companyId: conversation.companyId };
}

/** Writes what became of a file that was FETCHING. False when it is no longer. */
export async function settleMedia(
  tx: Tx,
  accountId: string,
  id: string,
  fields:
    | { state: 'READY'; contentType: string; sizeBytes: number; sha256: Buffer; storageKey: string }
    | { state: 'FAILED'; failure: MediaFailure },
): Promise<boolean> {
  const { count } = await tx.messageMedia.updateMany({
    where: { accountId, id, state: 'FETCHING' },
    data:
      fields.state === 'READY'
        ? { ...fields, sha256: Uint8Array.from(fields.sha256), url: null }
        : { ...fields, url: null },
  });
  return count === 1;
}
