// Every minute: summaries that are due get their job. What it costs grows with what is due.
import { type JobHandler, workOff } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { keepSummariesJob, sendSummaryJob } from '../jobs.ts';
import { accountsWithDue, dueSummaryIds } from './store.ts';

/** of an account in one go; the next minute goes on */
const MOST = 500;

/** Handles `notifications.keep-summaries`. The outcome tells how many were due. */
export function keepSummariesHandler({
  db,
  clock,
  jobs,
  log,
}: Pick<Platform, 'db' | 'clock' | 'jobs' | 'log'>): JobHandler<Record<string, never>> {
  return {
    definition: keepSummariesJob,
    async run(_payload, { signal }) {
      // this spans accounts, so it reads the server's time
      const ids = await accountsWithDue(db.prisma, clock.now(''));
      const accounts = ids.map((accountId) => ({ accountId }));
      const due = await workOff(accounts, { log, signal }, async ({ accountId }) => {
        const rules = await dueSummaryIds(db.prisma, accountId, clock.now(accountId), MOST);
        const payloads = rules.map((summaryRuleId) => ({ accountId, summaryRuleId }));
        const keyOf = (one: { summaryRuleId: string }) => one.summaryRuleId;
        await db.transaction((tx) => jobs.enqueueAll(tx, sendSummaryJob, payloads, keyOf));
        return payloads.length;
      });
      return `summaries due ${due}`;
    },
  };
}
