// Finds the numbers and registrations of all accounts whose time has come and gives each to a job, in batches: the event tail waits for the
// oldest writing transaction, so each stays small.
import type { Platform } from '#platform/platform.ts';
import { checkNumberJob, checkRegistrationJob } from './jobs.ts';
import { claimDueRegistrations } from './registration/store-registrations.ts';
import { claimDueNumbers } from './store-numbers.ts';
import { deleteReservations } from './store-reservations.ts';

const BATCH = 200;
/** a job that fails for good is made anew after this */
const AGAIN_MS = 3 * 3_600_000;
/** reservations that ran out are kept for those who ask what became of them */
const KEEP_RESERVATIONS_MS = 7 * 86_400_000;

/**
 * Enqueues a check for each number and each registration that is due, and drops reservations that ran out a week ago.
 * @returns how many of each
 */
export async function keepNumbers({
  db,
  clock,
  jobs,
}: Pick<Platform, 'db' | 'clock' | 'jobs'>): Promise<{
  due: number;
  registrations: number;
  dropped: number;
}> {
  // due times are written in the accounts' business time; this spans accounts, so it reads the server's
  const now = clock.now('');
  const next = new Date(now.getTime() + AGAIN_MS);
  const before = new Date(now.getTime() - KEEP_RESERVATIONS_MS);
  const due = await inBatches(() =>
    db.transaction(async (tx) => {
      const numbers = await claimDueNumbers(tx, now, next, BATCH);
      const payloads = numbers.map(({ accountId, id }) => ({ accountId, phoneNumberId: id }));
      await jobs.enqueueAll(tx, checkNumberJob, payloads);
      return numbers.length;
    }),
  );
  let registrations = 0;
  for (const kind of ['brand', 'campaign'] as const) {
    registrations += await inBatches(() =>
      db.transaction(async (tx) => {
        const found = await claimDueRegistrations(tx, kind, now, next, BATCH);
        const payloads = found.map(({ accountId, id }) => ({
          accountId,
          kind,
          registrationId: id,
        }));
        await jobs.enqueueAll(tx, checkRegistrationJob, payloads, (one) => one.registrationId);
        return found.length;
      }),
    );
  }
  const dropped = await inBatches(() =>
    db.transaction((tx) => deleteReservations(tx, before, BATCH)),
  );
  return { due, registrations, dropped };
}

async function inBatches(run: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await run();
    total += count;
    if (count < BATCH) return total;
  }
}
