// The job that removes a file of a recording which nothing serves: the one with the number in it once its muted copy
// stands, or a copy whose maker was killed.
import { mayRemoveFiles } from '#platform/db/index.ts';
import { type JobHandler, NotYet } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { removeRecordingFileJob } from './jobs.ts';
import { findRecordingOfCall } from './recordings.ts';

/** The worker's side of `calls.remove-recording-file`. Outcomes: served, removed (also when it was gone already). Waits while a backup runs. */
export function removeRecordingFileHandler({
  db,
  storage,
}: Pick<Platform, 'db' | 'storage'>): JobHandler<{
  accountId: string;
  recordingId: string;
  storageKey: string;
}> {
  return {
    definition: removeRecordingFileJob,
    async run({ accountId, recordingId, storageKey }) {
      const recording = await findRecordingOfCall(db, accountId, recordingId);
      if (recording?.storageKey === storageKey) return 'served';
      await db.transaction(async (tx) => {
        // the row that it has copied may be from before the muted copy took its place
        if (!(await mayRemoveFiles(tx))) throw new NotYet('the end of a backup');
        await storage.remove(storageKey);
      });
      return 'removed';
    },
  };
}
