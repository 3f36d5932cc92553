// How far a transcription has come: an ephemeral word for whoever looks on.
import type { RecordingKind } from '#generated/prisma/client.ts';
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

/** Hears what is told of a call's recordings from now on. */
export function hearProgress(
  events: Platform['events'],
  accountId: string,
  callId: string,
  signal: AbortSignal,
): AsyncGenerator<Progress, void> {
  return events.signals(accountId, topicOf(callId), signal) as AsyncGenerator<Progress, void>;
}
