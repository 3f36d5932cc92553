// Every minute: summaries that are due get their job. What it costs grows with what is due.
import { listAccounts } from '#domains/accounts/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { keepSummariesJob, sendSummaryJob } from '../jobs.ts';
import { dueSummaryIds } from './store.ts';

/** of an account in one go; the next minute goes on */
const MOST = 500;

/** Handles `notifications.keep-summaries`. The outcome tells how many were due. */
export function keepSummariesHandler({
  db,
  clock,
  jobs,
}: Pick<Platform, 'db' | 'clock' | 'jobs'>): JobHandler<Record<string, never>> {
  return {
    definition: keepSummariesJob,
    async run(_payload, { signal }) {
      let due = 0;
      for (const { id: accountId } of await listAccounts(db.prisma)) {
        signal.throwIfAborted();
        const ids = await dueSummaryIds(db.prisma, accountId, clock.now(accountId), MOST);
        const payloads = ids.map((summaryRuleId) => ({ accountId, summaryRuleId }));
        if (payloads.length === 0) continue;
        due += payloads.length;
        const keyOf = (one: { summaryRuleId: string }) => one.summaryRuleId;
        await db.transaction((tx) => jobs.enqueueAll(tx, sendSummaryJob, payloads, keyOf));
      }
      return `summaries due ${due}`;
    },
  };
}
