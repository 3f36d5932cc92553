// The table chat_transcript: the only place that writes it. An address is kept until its mail is sent, and for a
// day as a hash that only this server can make, for the limits.
import type { ChatTranscript } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';

export type TranscriptRow = ChatTranscript;

/** A mail that was asked for, or null. */
export function readTranscript(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<TranscriptRow | null> {
  return tx.chatTranscript.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** Notes a mail that is to be sent. */
export async function insertTranscript(
  tx: Tx,
  row: Pick<
    TranscriptRow,
    | 'accountId'
    | 'id'
    | 'companyId'
    | 'chatId'
    | 'address'
    | 'addressHash'
    | 'byVisitor'
    | 'createdAt'
  >,
): Promise<void> {
  await tx.chatTranscript.create({ data: row, select: { id: true } });
}

/** A mail is settled, one way or another: its address is forgotten. */
export async function settleTranscript(
  tx: Tx,
  { accountId, id }: Pick<TranscriptRow, 'accountId' | 'id'>,
): Promise<void> {
  await tx.chatTranscript.updateMany({ where: { accountId, id }, data: { address: null } });
}

/** When the oldest of the newest `limit` mails of a kind was asked for, if there are so many after a moment. */
export async function limitedSince(
  tx: Tx,
  accountId: string,
  which:
    | { chatId: string }
    | { companyId: string; byVisitor: boolean }
    | { addressHash: Uint8Array<ArrayBuffer> },
  after: Date,
  limit: number,
): Promise<Date | null> {
  const rows = await tx.chatTranscript.findMany({
    where: { accountId, ...which, createdAt: { gt: after } },
    orderBy: { createdAt: 'desc' },
    take: limit,
    select: { createdAt: true },
  });
  return rows.length < limit ? null : (rows.at(-1)?.createdAt ?? null);
}

/** Forgets mails that were asked for before a moment, at most `limit`; how many. */
export async function deleteOldTranscripts(
  tx: Tx,
  accountId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const rows = await tx.chatTranscript.findMany({
    where: { accountId, createdAt: { lt: before } },
    select: { id: true },
    take: limit,
  });
  if (rows.length === 0) return 0;
  const where = { accountId, id: { in: rows.map(({ id }) => id) } };
  return (await tx.chatTranscript.deleteMany({ where })).count;
}
