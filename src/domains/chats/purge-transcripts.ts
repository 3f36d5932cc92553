// Forgets who had a chat sent by mail, once no limit counts it any more: after a day.
import { listAccounts } from '#domains/accounts/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { purgeTranscriptsJob } from './jobs.ts';
import { deleteOldTranscripts } from './store-transcripts.ts';

const KEPT_MS = 24 * 3_600_000;
/** the event tail waits for the oldest writing transaction, so each statement stays small */
const CHUNK = 500;

/** Handles `chats.purge-transcripts`. Outcome: how many were forgotten. */
export function purgeTranscriptsHandler({
  db,
  clock,
}: Pick<Platform, 'db' | 'clock'>): JobHandler<Record<string, never>> {
  return {
    definition: purgeTranscriptsJob,
    async run(_payload, { signal }) {
      let total = 0;
      for (const { id: accountId } of await listAccounts(db.prisma)) {
        const before = new Date(clock.now(accountId).getTime() - KEPT_MS);
        for (let gone = CHUNK; gone === CHUNK && !signal.aborted; ) {
          gone = await deleteOldTranscripts(db.prisma, accountId, before, CHUNK);
          total += gone;
        }
      }
      return `forgot ${total}`;
    },
  };
}
