// The days that a number goes on when it is to go: for those who have it on a card, or still before their eyes.
import { z } from 'zod';
import { invalidInput } from '#values/refusals.ts';
import type { TrackerRow } from './store.ts';

export const GRACE_DAYS = { min: 0, max: 365, usual: 30 };
const error = `graceDays takes ${GRACE_DAYS.min} to ${GRACE_DAYS.max} whole days.`;

/** A session of a visitor lasts 24 hours at most; a number that was shown in it is answered for as long. */
const POOL_DAYS = 1;
export const DAY_MS = 86_400_000;

export const graceDaysShape = z
  .int({ error })
  .min(GRACE_DAYS.min, error)
  .max(GRACE_DAYS.max, error)
  .nullish();

/**
 * Whether visitors may have the numbers of this tracker before their eyes as those of their session: it is a pool in
 * service.
 */
export function isActivePool(tracker: Pick<TrackerRow, 'type' | 'status'> | null): boolean {
  return tracker?.type === 'SESSION' && tracker.status === 'ACTIVE';
}

/**
 * Refuses a grace in which a visitor's session could outlive the number that the visitor sees.
 * @throws Refused INVALID_INPUT
 */
export function refuseShortGrace(tracker: TrackerRow, graceDays: number): void {
  if (!isActivePool(tracker) || graceDays >= POOL_DAYS) return;
  throw invalidInput(
    'graceDays',
    `A visitor may still see a number of a pool: it goes on for at least ${POOL_DAYS} day.`,
  );
}

/** The same for a moment at which the number is to be given back. Throws Refused INVALID_INPUT. */
export function refuseEarlyRelease(tracker: TrackerRow | null, releaseAt: Date, now: Date): void {
  if (!isActivePool(tracker)) return;
  if (releaseAt.getTime() - now.getTime() >= POOL_DAYS * DAY_MS) return;
  throw invalidInput(
    'releaseAt',
    `A visitor may still see a number of a pool: releaseAt takes a moment at least ${POOL_DAYS} day from now.`,
  );
}
