// The sound behind redacted words: a muted copy takes the recording's place, and the file with the number in it goes. A
// crash at any point leaves either the old file served and no words readable, or the new one; a stray file is removed
// by its job, which is enqueued before the file can exist.
import type { Tx } from '#platform/db/index.ts';
import { stableId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { muteAudio, type Stretch } from '#platform/speech/index.ts';
import { announceChange } from './announce-change.ts';
import { removeRecordingFileJob } from './jobs.ts';
import { type Measured, measureRecording } from './measure-recording.ts';
import { recordingFolder } from './recording-key.ts';
import type { RecordingOfCall } from './recordings.ts';
import { settleRecording, unsettleRecording } from './store.ts';

/** A file beside the recording's own, ready to take its place. */
interface MutedCopy extends Measured {
  storageKey: string;
  sha256: Buffer;
  sizeBytes: number;
}

/** What a transcript, its failure, or that there will be none (NONE), means for the sound. */
export type RedactedSound = MutedCopy | 'NONE' | 'CLEAR' | 'FAILED';

// longer than any job may take that makes a copy and then puts it in its place
const STRAY_AFTER_MS = 6 * 3_600_000;

/**
 * Writes a copy of a stored recording with these stretches silent on all channels. Nothing is served from it before
 * `settleRedaction`. The same stretches give the same file, so a second try may write it again.
 * @throws SpeechError when it is no audio that can be read; StoredThingMissing
 */
export async function copyMuted(
  slice: Pick<Platform, 'db' | 'jobs' | 'clock' | 'storage' | 'log'>,
  recording: RecordingOfCall & { storageKey: string },
  stretches: readonly Stretch[],
): Promise<MutedCopy> {
  const { db, jobs, clock, storage } = slice;
  const { accountId, id: recordingId } = recording;
  const [mark] = stableId(recordingId, JSON.stringify(stretches)).split('-');
  const storageKey = `${recordingFolder(recording)}${mark}.wav`;
  const startAfter = new Date(clock.now(accountId).getTime() + STRAY_AFTER_MS);
  const stray = { accountId, recordingId, storageKey };
  await db.transaction((tx) =>
    jobs.enqueue(tx, removeRecordingFileJob, stray, { startAfter, singletonKey: storageKey }),
  );
  const { path, release } = await storage.localFile(recording.storageKey);
  const stored = await storage.put(storageKey, muteAudio(path, stretches)).finally(release);
  return { storageKey, ...stored, ...(await measureRecording(slice, storageKey)) };
}

/** Lets a recording that was settled be settled anew, in the same transaction: more of its words were hidden. */
export async function reopenRedaction(
  tx: Tx,
  { accountId, id }: Pick<RecordingOfCall, 'accountId' | 'id'>,
): Promise<void> {
  await unsettleRecording(tx, accountId, id, ['CLEAR', 'MUTED']);
}

/** Lets one be settled anew whose words did not come, or were not asked for: they are asked for now. */
export async function reopenUnwritten(
  tx: Tx,
  { accountId, id }: Pick<RecordingOfCall, 'accountId' | 'id'>,
): Promise<void> {
  await unsettleRecording(tx, accountId, id, ['FAILED', 'NONE']);
}

/**
 * Says on the recording what its words made of it, in the transaction that settles the transcript: from then on
 * everybody hears the muted copy, and the old file is removed. Tells it by call.updated. The caller holds the call's
 * lock. When it was settled before, or erased, only a copy that is not served goes.
 */
export async function settleRedaction(
  tx: Tx,
  slice: Pick<Platform, 'events' | 'jobs' | 'clock'>,
  recording: RecordingOfCall & { storageKey: string },
  sound: RedactedSound,
): Promise<void> {
  const { accountId, id: recordingId, callId } = recording;
  const settled = await settleRecording(tx, recording, sound);
  if (typeof sound !== 'string') {
    const { storageKey } = settled ? recording : sound;
    const stray = { accountId, recordingId, storageKey };
    await slice.jobs.enqueue(tx, removeRecordingFileJob, stray);
  }
  if (!settled) return;
  const { companyId } = recording.call;
  await announceChange(tx, slice, { accountId, callId, companyId }, ['recording']);
}
