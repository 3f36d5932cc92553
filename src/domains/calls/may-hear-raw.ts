// A look at what was spoken before its numbers were silenced. Each is written down before the link is given, so that none
// is without its entry.
import { audit, may } from '#domains/accounts/index.ts';
import type { Recording } from '#generated/prisma/client.ts';
import type { Platform } from '#platform/platform.ts';
import type { Viewer } from '#values/viewer.ts';

/**
 * Whether this viewer may hear a recording in which nothing is silenced yet. A yes stands in the audit log: who, when and
 * which recording.
 * @param recording one whose company the viewer may listen to
 */
export async function mayHearRaw(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  viewer: Viewer,
  { id: recordingId, callId, kind, redaction }: Recording,
): Promise<boolean> {
  if (!may(viewer, 'transcripts.raw')) return false;
  await db.transaction((tx) =>
    audit(tx, viewer, clock, {
      action: 'revealRawRecording',
      subject: `call:${callId}`,
      after: { recordingId, kind, redaction },
    }),
  );
  return true;
}
