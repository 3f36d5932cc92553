// How far a transcription has come: an ephemeral word for whoever looks on.
import { authorize } from '#domains/accounts/index.ts';
import { underRights } from '#domains/activity/index.ts';
import { companyOfCall } from '#domains/calls/index.ts';
import type { RecordingKind } from '#generated/prisma/client.ts';
import type { Context } from '#graphql/context.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';

/** What is told of a recording that is being listened to. */
export interface Progress {
  id: string;
  kind: RecordingKind;
  /** of the recording, 0 to 100 */
  percent: number;
}

const topicOf = (callId: string) => `transcript:${callId}`;

/** Tells how much of a recording has been heard, 0 to 1. */
export function tellProgress(
  events: Platform['events'],
  { accountId, callId, kind }: { accountId: string; callId: string; kind: RecordingKind },
  fraction: number,
): void {
  const progress: Progress = { id: newId(), kind, percent: Math.floor(fraction * 100) };
  events.signal(accountId, topicOf(callId), progress);
}

/**
 * Hears what is told of a call's recordings from now on, for as long as the viewer's rights stand.
 * @throws Forbidden; Refused NOT_FOUND
 */
export async function followProgress(
  context: Context,
  callId: string,
): Promise<AsyncIterableIterator<Progress>> {
  const { viewer, platform } = context;
  authorize(viewer, 'transcripts.read');
  authorize(viewer, 'transcripts.read', await companyOfCall(platform.db, viewer, callId));
  return underRights(
    context,
    (signal) =>
      platform.events.signals(viewer.accountId, topicOf(callId), signal) as AsyncGenerator<
        Progress,
        void
      >,
  );
}
