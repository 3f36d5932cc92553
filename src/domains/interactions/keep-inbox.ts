// The job that brings back what was put off when its time has come, and tells of what nobody answered in time. The due
// times stand in the rows; the job only looks, every minute, by each account's own clock.
import { listAccounts } from '#domains/accounts/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { CHANNELS } from './channels.ts';
import { keepInboxJob } from './jobs.ts';
import { writeAndTell } from './move-in-inbox.ts';
import { findDue } from './store-inbox.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

/** each is a lock and an event */
const CHUNK = 100;

/** The worker's side of `interactions.keep-inbox`. The outcome names how many came back and how many are overdue. */
export function keepInboxHandler(platform: Needs): JobHandler<Record<string, never>> {
  return {
    definition: keepInboxJob,
    async run(_payload, { signal }) {
      let [back, overdue] = [0, 0];
      for (const { id } of await listAccounts(platform.db.prisma)) {
        signal.throwIfAborted();
        back += await keep(platform, id, 'SNOOZED');
        overdue += await keep(platform, id, 'UNANSWERED');
      }
      return `back ${back}, overdue ${overdue}`;
    },
  };
}

async function keep(
  platform: Needs,
  accountId: string,
  what: 'SNOOZED' | 'UNANSWERED',
): Promise<number> {
  const { db, events, clock } = platform;
  let total = 0;
  for (;;) {
    const done = await db.transaction(async (tx) => {
      const now = clock.now(accountId);
      const seen = await findDue(tx, accountId, what, now, CHUNK);
      if (seen.length === 0) return 0;
      const subjects = seen.map(({ id, kind }) => CHANNELS[kind].subject(id));
      await events.lock(tx, accountId, subjects);
      // some were moved while the locks were waited for, others have come due
      const due = await findDue(tx, accountId, what, now, CHUNK);
      const held = due.filter(({ id }) => seen.some((one) => one.id === id));
      if (held.length === 0) return 0;
      const fields =
        what === 'SNOOZED'
          ? { inboxState: 'ACTIVE' as const, snoozedUntil: null }
          : { overdueAt: now };
      await writeAndTell(tx, platform, accountId, held, fields, ['inbox']);
      return held.length;
    });
    total += done;
    if (done < CHUNK) return total;
  }
}
