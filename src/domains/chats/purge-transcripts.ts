// Forgets who had a chat sent by mail, once no limit counts it any more: after a day.
import { workOffAccounts } from '#domains/accounts/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { purgeChatTranscriptsJob } from './jobs.ts';
import { deleteOldTranscripts } from './store-transcripts.ts';

const KEPT_MS = 24 * 3_600_000;
/** the event tail waits for the oldest writing transaction, so each statement stays small */
const CHUNK = 500;

/** Handles `chats.purge-transcripts`. Outcome: how many were forgotten. */
export function purgeChatTranscriptsHandler({
  db,
  clock,
  log,
}: Pick<Platform, 'db' | 'clock' | 'log'>): JobHandler<Record<string, never>> {
  return {
    definition: purgeChatTranscriptsJob,
    async run(_payload, { signal }) {
      const forgot = await workOffAccounts({ db, log }, { signal, chunk: CHUNK }, (accountId) => {
        const before = new Date(clock.now(accountId).getTime() - KEPT_MS);
        return deleteOldTranscripts(db.prisma, accountId, before, CHUNK);
      });
      return `forgot ${forgot}`;
    },
  };
}
