// Forgets what was kept of erased texts, once no limit counts it any more: their words after a day, the rest after thirty.
import { listAccounts } from '#domains/accounts/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { purgeErasedTextsJob } from './jobs.ts';
import { DAY_MS, RATIO_MS } from './limits.ts';
import { deleteErasedTexts, forgetWords } from './store-erased-texts.ts';

/** the event tail waits for the oldest writing transaction, so each statement stays small */
const CHUNK = 500;

/** Handles `messages.purge-erased-texts`. Outcome: how many were forgotten. */
export function purgeErasedTextsHandler({
  db,
  clock,
}: Pick<Platform, 'db' | 'clock'>): JobHandler<Record<string, never>> {
  return {
    definition: purgeErasedTextsJob,
    async run(_payload, { signal }) {
      let total = 0;
      for (const { id: accountId } of await listAccounts(db.prisma)) {
        const before = (ms: number) => new Date(clock.now(accountId).getTime() - ms);
        for (let gone = CHUNK; gone === CHUNK && !signal.aborted; ) {
          gone = await forgetWords(db.prisma, accountId, before(DAY_MS), CHUNK);
        }
        for (let gone = CHUNK; gone === CHUNK && !signal.aborted; ) {
          gone = await deleteErasedTexts(db.prisma, accountId, before(RATIO_MS), CHUNK);
          total += gone;
        }
      }
      return `forgot ${total}`;
    },
  };
}
