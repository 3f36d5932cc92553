// The job that deletes the transcript of a recording that was deleted or has expired. The company may keep transcripts:
// it is asked when the job runs.
import { announceChange, findRecordingOfCall } from '#domains/calls/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { dropTranscriptJob } from './jobs.ts';
import { dropLive } from './live/store-live.ts';
import { deleteTranscript } from './store.ts';

/** The worker's side of `transcripts.drop`. Outcomes: gone, kept, no transcript, dropped. */
export function dropTranscriptHandler(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'search'>,
): JobHandler<{ accountId: string; recordingId: string }> {
  const { db, events, search } = platform;
  return {
    definition: dropTranscriptJob,
    async run({ accountId, recordingId }) {
      const recording = await findRecordingOfCall(db, accountId, recordingId);
      if (!recording) return 'gone';
      if (!recording.deletedAt) return 'kept';
      const { callId, companyId } = recording;
      return db.transaction(async (tx) => {
        await events.lock(tx, accountId, [`call:${callId}`]);
        await search.lock(tx, accountId);
        const company = await tx.company.findUnique({
          where: { accountId_id: { accountId, id: companyId } },
          select: { deleteTranscriptsWithRecordings: true },
        });
        if (!company?.deleteTranscriptsWithRecordings) return 'kept';
        const words = await dropLive(tx, accountId, callId);
        const isDropped = await deleteTranscript(tx, search, accountId, recordingId);
        if (!isDropped && words === 0) return 'no transcript';
        await announceChange(tx, platform, { accountId, callId, companyId }, ['transcript']);
        return 'dropped';
      });
    },
  };
}
