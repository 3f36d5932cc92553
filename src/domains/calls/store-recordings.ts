// Writes of recordings once they are saved: stored or given up, gone by wish or by age, and their last traces. (Their
// beginning: store.ts.)
import type { RecordingRedaction } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { RecordingFailure } from './recording-failure.ts';

/** What is known of audio that lies in our storage. */
export interface StoredAudio {
  carrierRecordingId: string;
  storageKey: string;
  sha256: Buffer;
  sizeBytes: number;
  durationMs: number | null;
  channels: number | null;
  peaks: object | null;
}

/** Marks a recording as stored. False when it was before, or is gone. */
export async function markRecordingReady(
  tx: Tx,
  { accountId, id }: { accountId: string; id: string },
  stored: StoredAudio & { redaction: RecordingRedaction },
): Promise<boolean> {
  const { count } = await tx.recording.updateMany({
    where: { accountId, id, state: { notIn: ['READY', 'EXPIRED', 'DELETED'] } },
    data: {
      ...stored,
      state: 'READY',
      failure: null,
      sha256: new Uint8Array(stored.sha256),
      sizeBytes: BigInt(stored.sizeBytes),
      peaks: stored.peaks ?? {},
    },
  });
  return count > 0;
}

/** Marks a recording as given up. False when it is settled already. */
export async function markRecordingFailed(
  tx: Tx,
  { accountId, id }: { accountId: string; id: string },
  failure: RecordingFailure,
): Promise<boolean> {
  const { count } = await tx.recording.updateMany({
    where: { accountId, id, state: { in: ['RECORDING', 'FETCHING'] } },
    data: { state: 'FAILED', failure },
  });
  return count > 0;
}

/** Marks a recording as gone. Its keys stay until the audio has been removed; its waveform goes at once. */
export async function markRecordingGone(
  tx: Tx,
  { accountId, id }: { accountId: string; id: string },
  end: { state: 'DELETED' | 'EXPIRED'; by: string; at: Date },
): Promise<void> {
  await tx.recording.update({
    where: { accountId_id: { accountId, id } },
    data: { state: end.state, deletedAt: end.at, deletedBy: end.by, peaks: {} },
  });
}

/** Notes that the audio was removed from our storage, or at the carrier. */
export async function forgetKey(
  tx: Tx,
  accountId: string,
  id: string,
  key: 'storageKey' | 'carrierRecordingId',
): Promise<void> {
  await tx.recording.update({
    where: { accountId_id: { accountId, id } },
    data: { [key]: null },
  });
}

/** Notes that nothing is left to remove of a recording that is gone: no sweep looks for its audio any more. */
export async function markAudioGone(
  tx: Tx,
  accountId: string,
  id: string,
  audioGoneAt: Date,
): Promise<void> {
  // it may have been erased meanwhile
  await tx.recording.updateMany({ where: { accountId, id }, data: { audioGoneAt } });
}

/**
 * Recordings of a company that began at or before a moment and have not ended, the oldest first: stored ones, and those that
 * could not be fetched, which the carrier may hold.
 * @returns at most `limit`
 */
export function findOldRecordings(
  tx: Tx,
  company: { accountId: string; companyId: string },
  until: Date,
  limit: number,
) {
  return tx.recording.findMany({
    where: { ...company, state: { in: ['READY', 'FAILED'] }, startedAt: { lte: until } },
    orderBy: { startedAt: 'asc' },
    take: limit,
    select: { accountId: true, id: true, callId: true, companyId: true, kind: true, state: true },
  });
}

/**
 * Recordings of all accounts that were marked as gone before a moment and whose audio may still be somewhere: what their
 * jobs left when they gave up, and what the carrier told of later. The oldest first, behind a place.
 */
export function findLeftAudio(
  tx: Tx,
  before: Date,
  after: { deletedAt: Date; id: string } | null,
  limit: number,
) {
  return tx.recording.findMany({
    where: {
      deletedAt: { lt: before },
      OR: [{ audioGoneAt: null }, { carrierRecordingId: { not: null } }],
      ...(after && {
        AND: {
          OR: [
            { deletedAt: { gt: after.deletedAt } },
            { deletedAt: after.deletedAt, id: { gt: after.id } },
          ],
        },
      }),
    },
    orderBy: [{ deletedAt: 'asc' }, { id: 'asc' }],
    take: limit,
    select: { accountId: true, id: true, deletedAt: true },
  });
}

/** The recordings of a call, by our ids and by the carrier's, and the keys of those that lie in our storage. */
export async function recordingIdsOf(
  tx: Tx,
  accountId: string,
  callId: string,
): Promise<{ recordingIds: string[]; carrierRecordingIds: string[]; mediaKeys: string[] }> {
  const rows = await tx.recording.findMany({
    where: { accountId, callId },
    select: { id: true, carrierRecordingId: true, storageKey: true },
  });
  return {
    mediaKeys: rows.flatMap(({ storageKey }) => storageKey ?? []),
    recordingIds: rows.map(({ id }) => id),
    carrierRecordingIds: rows.flatMap(({ carrierRecordingId }) => carrierRecordingId ?? []),
  };
}
