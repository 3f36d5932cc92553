// Forgets what was kept of erased texts, once no limit counts it any more: their words after a day, the rest after thirty.
import { workOffAccounts } from '#domains/accounts/index.ts';
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
  log,
}: Pick<Platform, 'db' | 'clock' | 'log'>): JobHandler<Record<string, never>> {
  return {
    definition: purgeErasedTextsJob,
    async run(_payload, { signal }) {
      let forgot = 0;
      await workOffAccounts({ db, log }, { signal, chunk: CHUNK }, async (accountId) => {
        const before = (ms: number) => new Date(clock.now(accountId).getTime() - ms);
        const reduced = await forgetWords(db.prisma, accountId, before(DAY_MS), CHUNK);
        const gone = await deleteErasedTexts(db.prisma, accountId, before(RATIO_MS), CHUNK);
        forgot += gone;
        return Math.max(reduced, gone);
      });
      return `forgot ${forgot}`;
    },
  };
}
