// The end of a transcription that did not come about, and which failures are one. A person may have it tried again: see
// request-transcription.ts.
import {
  findRecordingOfCall,
  type RecordingOfCall,
  settleRedaction,
} from '#domains/calls/index.ts';
import { bumpVersion } from '#domains/interactions/index.ts';
import type { Platform } from '#platform/platform.ts';
import { SpeechError } from '#platform/speech/index.ts';
import { StoredThingMissing } from '#platform/storage/index.ts';
import { transcriptFailed } from '../events.ts';
import { storeFailure } from '../store.ts';

/** Failures that another try may cure; all others are the recording's own. */
const PASSING: readonly SpeechError['reason'][] = [
  ...(['TIMEOUT', 'ENGINE_CRASHED', 'ABORTED'] as const),
  ...(['PROVIDER_BUSY', 'PROVIDER_FAILED', 'PROVIDER_UNREACHABLE'] as const),
  // what stands between may have answered in its place
  'PROVIDER_ANSWER_INVALID',
  // whoever runs the server sets its key and its model right
  ...(['PROVIDER_UNAUTHORIZED', 'PROVIDER_REFUSED'] as const),
];

/** Why a transcript will not come; null when another try may bring it. */
export function lastingReason(error: unknown): string | null {
  if (error instanceof SpeechError) return PASSING.includes(error.reason) ? null : error.reason;
  if (error instanceof StoredThingMissing) return 'RECORDING_MISSING';
  return null;
}

/** Gives a transcript up, with transcript.failed; nobody hears its sound but who may hear what is not redacted. */
export async function failTranscript(
  slice: Pick<Platform, 'db' | 'events' | 'jobs' | 'clock'>,
  recording: RecordingOfCall,
  transcriptId: string,
  reason: string,
): Promise<void> {
  const { db, events, clock } = slice;
  const { accountId, callId, storageKey } = recording;
  const at = clock.now(accountId);
  await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [`call:${callId}`]);
    const stored = await storeFailure(tx, { accountId, id: transcriptId }, reason, at);
    if (!stored) return;
    if (storageKey) await settleRedaction(tx, slice, { ...recording, storageKey }, 'FAILED');
    await events.append(tx, accountId, [
      {
        definition: transcriptFailed,
        companyId: recording.call.companyId,
        subject: `call:${callId}`,
        // the call's version: everything that is told of one call is told under one subject
        subjectVersion: await bumpVersion(tx, accountId, callId),
        occurredAt: at,
        payload: { callId, transcriptId, reason },
      },
    ]);
  });
}

/**
 * Gives up the transcript that a try began of a recording that was deleted since, where there is one: with it goes what a
 * provider heard of it, and to whom the recording was given stands there still.
 */
export async function failGone(
  slice: Pick<Platform, 'db' | 'events' | 'jobs' | 'clock'>,
  accountId: string,
  recordingId: string,
): Promise<void> {
  const recording = await findRecordingOfCall(slice.db, accountId, recordingId);
  const begun = await slice.db.prisma.transcript.findFirst({
    where: { accountId, recordingId, state: { in: ['WAITING', 'TRANSCRIBING'] } },
    select: { id: true },
  });
  if (!recording?.deletedAt || !begun) return;
  await failTranscript(slice, recording, begun.id, 'RECORDING_MISSING');
}
