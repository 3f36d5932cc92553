// The table message_media: the only place that writes it. What came with a text waits there until it is fetched.
import type { MessageMedia } from '#generated/prisma/client.ts';
import type { CarrierMedia } from '#platform/carrier/index.ts';
import { preparedSql, type SqlTx, type Tx } from '#platform/db/index.ts';
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
  tx: SqlTx,
  { jobs }: Pick<Platform, 'jobs'>,
  { accountId, messageId }: Place,
  media: readonly CarrierMedia[],
): Promise<void> {
  if (media.length === 0) return;
  const rows = media.slice(0, MOST_NOTED).map(({ url }, n) => ({
    ...{ id: newId(), n, url },
    ...(n < MOST_MEDIA
      ? { state: 'FETCHING' as const }
      : { state: 'FAILED' as const, failure: 'TOO_MANY' satisfies MediaFailure, url: null }),
  }));
  await insertMedia(tx, { accountId, messageId }, rows);
  await jobs.enqueueAll(
    tx,
    fetchMediaJob,
    rows.slice(0, MOST_MEDIA).map(({ id: mediaId }) => ({ accountId, mediaId })),
    ({ mediaId }) => mediaId,
  );
}

/** Notes the files that go with a text; they lie in our storage already. */
export async function insertSentMedia(
  tx: SqlTx,
  of: { accountId: string; messageId: string },
  files: readonly StoredFile[],
): Promise<void> {
  if (files.length === 0) return;
  const rows = files.map(({ sha256, ...file }, n) => ({
    ...{ ...file, n, state: 'READY' as const, sha256: sha256.toString('hex') },
  }));
  await insertMedia(tx, of, rows);
}

/** @param rows.sha256 in hex */
async function insertMedia(
  tx: SqlTx,
  { accountId, messageId }: { accountId: string; messageId: string },
  rows: readonly object[],
): Promise<void> {
  const sql = preparedSql(accountId);
  await sql`
    insert into message_media (account_id, message_id, id, n, state, failure, url, content_type, size_bytes, sha256,
                               storage_key)
    select m.account_id, m.id, new.id, new.n, new.state, new.failure, new.url, new."contentType", new."sizeBytes",
           decode(new.sha256, 'hex'), new."storageKey"
      from message m
     cross join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as new(
             id uuid, n int, state media_state, failure text, url text, "contentType" text, "sizeBytes" int, sha256 text,
             "storageKey" text)
     where m.account_id = ${sql.account} and m.id = ${messageId}::uuid`.rows(tx);
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
