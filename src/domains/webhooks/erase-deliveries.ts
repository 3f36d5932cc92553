// What is erased, and fields that a form loses, leave what was rendered for partners: bodies and what receivers answered go,
// the fact of the delivery stays.
import type { Clock } from '#platform/clock/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { eraseSettledJob } from './jobs.ts';
import { holdEndpoints } from './store.ts';
import { revokeClaims } from './store-claims.ts';
import {
  dropTexts,
  eraseSettled,
  eraseTexts,
  readEndpointsSending,
  readEndpointsTold,
} from './store-log.ts';

/** longer than a renderer remembers a body */
const RENDERED_ANEW_AFTER_MS = 5_000;
/** of one job and transaction; each subject has a few deliveries for each endpoint */
const SUBJECTS_AT_ONCE = 100;

/**
 * Erases bodies and answers of deliveries, in the transaction that erases the rest. What is over cannot be replayed then;
 * of subjects that stay it is erased by jobs that follow: a number that calls daily has told of a person thousands of times.
 * @param erased subjects that go, as events name them: `call:<uuid>`, `lead:<uuid>`. What still waits of them is not sent
 *   any more
 * @param mayTell subjects that stay and whose bodies may tell of those: what still waits of them is rendered anew
 * @returns how many deliveries there were
 */
export async function eraseDeliveries(
  tx: Tx,
  { clock, jobs }: Pick<Platform, 'clock' | 'jobs'>,
  accountId: string,
  erased: readonly string[],
  mayTell: readonly string[] = [],
): Promise<number> {
  const subjects = [...erased, ...mayTell];
  const told = await readEndpointsTold(tx, accountId, subjects);
  // so that bodies which are being rendered wait, and are not kept
  await holdEndpoints(tx, accountId, told);
  const erasedAt = clock.now(accountId);
  const anewAt = new Date(erasedAt.getTime() + RENDERED_ANEW_AFTER_MS);
  const count = await eraseTexts(tx, accountId, { erased, mayTell }, { erasedAt, anewAt });
  if (mayTell.length > 0) {
    await revokeClaims(tx, accountId, await readEndpointsSending(tx, accountId, subjects));
    const payloads = [];
    for (let from = 0; from < mayTell.length; from += SUBJECTS_AT_ONCE) {
      const some = mayTell.slice(from, from + SUBJECTS_AT_ONCE);
      payloads.push({ accountId, subjects: some, erasedAt: erasedAt.toISOString() });
    }
    await jobs.enqueueAll(tx, eraseSettledJob, payloads);
  }
  return count;
}

/** Does what an erasure has left to a job; again does nothing. */
export function eraseSettledOf(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  accountId: string,
  subjects: readonly string[],
  erasedAt: Date,
): Promise<void> {
  return db.transaction(async (tx) => {
    await holdEndpoints(tx, accountId, await readEndpointsTold(tx, accountId, subjects));
    const anewAt = new Date(clock.now(accountId).getTime() + RENDERED_ANEW_AFTER_MS);
    await eraseSettled(tx, accountId, subjects, { erasedAt, anewAt });
  });
}

/**
 * Forgets what deliveries tell of these subjects, of which less may be told now: what still waits of them, and what is
 * replayed, is rendered anew.
 * @param subjects this transaction holds the endpoints that have deliveries of them
 * @param fresh ids of deliveries of them that it made itself
 */
export async function forgetTexts(
  tx: Tx,
  { clock }: { clock: Clock },
  accountId: string,
  { subjects, fresh }: { subjects: readonly string[]; fresh: readonly string[] },
): Promise<void> {
  const anewAt = new Date(clock.now(accountId).getTime() + RENDERED_ANEW_AFTER_MS);
  await dropTexts(tx, accountId, subjects, anewAt);
  // only where it may be under way: what else is in such a hand is sent a second time
  await revokeClaims(tx, accountId, await readEndpointsSending(tx, accountId, subjects, fresh));
}
