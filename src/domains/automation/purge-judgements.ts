// Forgets how rules were judged once the event that they were held against is kept no longer (EVENT_MONTHS): it cannot come
// again, so nothing is judged twice. What fired stays with its interaction, and why; that it did not, goes.
import { workOffAccounts } from '#domains/accounts/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { purgeJudgementsJob } from './jobs.ts';
import { reduceJudgements } from './store-runs.ts';

/** the event tail waits for the oldest writing transaction, so each statement stays small */
const CHUNK = 500;

/** Handles `automation.purge-judgements`, each account by its own time. Outcome: how many were looked at. */
export function purgeJudgementsHandler({
  db,
  clock,
  config,
  log,
}: Pick<Platform, 'db' | 'clock' | 'config' | 'log'>): JobHandler<Record<string, never>> {
  return {
    definition: purgeJudgementsJob,
    async run(_payload, { signal }) {
      const purged = await workOffAccounts({ db, log }, { signal, chunk: CHUNK }, (accountId) => {
        const before = new Date(clock.now(accountId));
        before.setUTCMonth(before.getUTCMonth() - config.EVENT_MONTHS);
        return reduceJudgements(db.pool, accountId, before, CHUNK);
      });
      return `purged ${purged}`;
    },
  };
}
