// The job that brings back what was put off when its time has come, and tells of what nobody answered in time. The due
// times stand in the rows; the job only looks, every minute, at what is due, by each account's own clock.
import { type JobHandler, workOff } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { CHANNELS } from './channels.ts';
import { keepInboxJob } from './jobs.ts';
import { writeAndTell } from './move-in-inbox.ts';
import { accountsWithDue, type Due, findDue } from './store-inbox.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'log'>;

/** each is a lock and an event */
const CHUNK = 100;

/** The worker's side of `interactions.keep-inbox`. The outcome names how many came back and how many are overdue. */
export function keepInboxHandler(platform: Needs): JobHandler<Record<string, never>> {
  const { db, clock, log } = platform;
  return {
    definition: keepInboxJob,
    async run(_payload, { signal }) {
      const done = { SNOOZED: 0, UNANSWERED: 0 };
      const due: { accountId: string; what: Due }[] = [];
      for (const what of ['SNOOZED', 'UNANSWERED'] as const) {
        // this spans accounts, so it reads the server's time
        const ids = await accountsWithDue(db.prisma, what, clock.now(''));
        due.push(...ids.map((accountId) => ({ accountId, what })));
      }
      await workOff(due, { log, signal, chunk: CHUNK }, async ({ accountId, what }) => {
        const kept = await keep(platform, accountId, what);
        done[what] += kept;
        return kept;
      });
      return `back ${done.SNOOZED}, overdue ${done.UNANSWERED}`;
    },
  };
}

/** Takes a chunk of what is due in an account. Returns how many. */
function keep(platform: Needs, accountId: string, what: Due): Promise<number> {
  const { db, events, clock } = platform;
  return db.transaction(async (tx) => {
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
}
