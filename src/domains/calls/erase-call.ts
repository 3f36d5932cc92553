// Erasure of a call, as far as this domain and the carrier's tables hold it: rows in the caller's transaction, its media
// once that has committed.
import { eraseSessions, speechSession } from '#platform/carrier/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { oldRecordingPrefix } from './recording-key.ts';
import { removeAudio } from './remove-audio.ts';
import { deleteCall } from './store.ts';
import { recordingIdsOf } from './store-recordings.ts';
import { unlinkCallbacks } from './store-voicemails.ts';

/** What is left outside the database when a call's rows are gone. */
export interface LeftMedia {
  /** ours: the audio in our storage lies in their folders */
  recordingIds: string[];
  /** of what is served of it, which the caller removes: it may have been stored before there were folders */
  mediaKeys: string[];
  /** at the carrier, as far as it has told us */
  carrierRecordingIds: string[];
  /** the carrier's call session, by which it names the others */
  session: string;
}

/**
 * Deletes a call with its recordings, voicemail, transcripts, the carrier's stored webhooks and our commands. The
 * interaction of the same id stays, for its own domain to delete. The caller holds the locks of the session and the call.
 * @returns what is to be removed after the commit, and how many webhooks were emptied; null when there is no such call
 */
export async function eraseCall(
  tx: Tx,
  { clock }: Pick<Platform, 'clock'>,
  accountId: string,
  callId: string,
): Promise<(LeftMedia & { carrierEvents: number }) | null> {
  const call = await tx.call.findUnique({
    where: { accountId_id: { accountId, id: callId } },
    select: { carrierSessionId: true },
  });
  if (!call) return null;
  const left = await recordingIdsOf(tx, accountId, callId);
  await unlinkCallbacks(tx, accountId, callId);
  const carrierEvents = await eraseSessions(tx, accountId, {
    sessions: [call.carrierSessionId, speechSession(call.carrierSessionId)],
    subject: `call:${callId}`,
    at: clock.now(accountId),
  });
  await deleteCall(tx, accountId, callId);
  return { ...left, session: call.carrierSessionId, carrierEvents };
}

/**
 * Removes what an erased call left in our storage and at the carrier. Doing it again does nothing.
 * @throws what the storage or the carrier throw: then it is to be tried again
 */
export async function removeLeftMedia(
  { storage, carriers }: Pick<Platform, 'storage' | 'carriers'>,
  accountId: string,
  { recordingIds, carrierRecordingIds, mediaKeys, session }: LeftMedia,
): Promise<void> {
  for (const id of recordingIds) {
    await removeAudio(storage, { accountId, id });
    // nothing is known to be there, or it was erased before keys were noted: the account's whole folder is read
    if (mediaKeys.length === 0) await storage.removeAll(oldRecordingPrefix({ accountId, id }));
  }
  const carrier = await carriers.of(accountId);
  for (const id of carrierRecordingIds) await carrier.deleteRecording(id);
  await carrier.deleteRecordingsOf(session);
}
