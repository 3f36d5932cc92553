// Erasure of a call, as far as this domain and the carrier's tables hold it: rows in the caller's transaction, and the
// keys under which its audio lies, to be removed once that has committed.
import { eraseSession } from '#platform/carrier/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { deleteCall } from './store.ts';
import { recordingKeys } from './store-recordings.ts';
import { unlinkCallbacks } from './store-voicemails.ts';

/** What is left outside the database when a call's rows are gone. */
export interface ErasedCall {
  /** in our storage */
  storageKeys: string[];
  /** at the carrier */
  carrierRecordingIds: string[];
}

/**
 * Deletes a call with its recordings, voicemail, transcripts, the carrier's stored webhooks and our commands. The
 * interaction of the same id stays, for its own domain to delete. The caller holds the call's lock.
 * @returns what is to be removed after the commit; null when there is no such call
 */
export async function eraseCall(
  tx: Tx,
  accountId: string,
  callId: string,
): Promise<ErasedCall | null> {
  const call = await tx.call.findUnique({
    where: { accountId_id: { accountId, id: callId } },
    select: { carrierSessionId: true },
  });
  if (!call) return null;
  const keys = await recordingKeys(tx, accountId, callId);
  await unlinkCallbacks(tx, accountId, callId);
  await eraseSession(tx, accountId, { session: call.carrierSessionId, subject: `call:${callId}` });
  await deleteCall(tx, accountId, callId);
  return keys;
}
