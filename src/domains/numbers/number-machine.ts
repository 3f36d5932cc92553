// The life of a tracking number, pure: which fact moves it from where to where. Facts come late, twice or never, so one
// that does not fit the status changes nothing. A FAILED number comes alive when the carrier fills its order after all;
// one whose return the carrier refuses is ACTIVE again; RELEASED is the end.
import type { PhoneNumberStatus } from '#generated/prisma/enums.ts';

/** What can become of a number. FILLED and NOT_FILLED end an order, the others a return to the carrier. */
export type NumberFact =
  | 'FILLED'
  | 'NOT_FILLED'
  | 'RELEASE_ASKED'
  | 'RELEASE_DONE'
  | 'RELEASE_REFUSED';

const NEXT: Record<PhoneNumberStatus, Partial<Record<NumberFact, PhoneNumberStatus>>> = {
  ORDERING: { FILLED: 'ACTIVE', NOT_FILLED: 'FAILED' },
  ACTIVE: { RELEASE_ASKED: 'RELEASING' },
  FAILED: { FILLED: 'ACTIVE' },
  RELEASING: { RELEASE_DONE: 'RELEASED', RELEASE_REFUSED: 'ACTIVE' },
  RELEASED: {},
};

/** The status after a fact; null when the fact changes nothing. */
export function nextStatus(status: PhoneNumberStatus, fact: NumberFact): PhoneNumberStatus | null {
  return NEXT[status][fact] ?? null;
}

/** Whether a number is, or is about to be, or may still be ours: nobody can order it anew meanwhile. */
export function isLive(status: PhoneNumberStatus): boolean {
  return status !== 'FAILED' && status !== 'RELEASED';
}

const HOUR_MS = 3_600_000;
/** the jobs that order and give back try for two hours and a half; after that somebody must look */
const JOB_OVER_MS = 3 * HOUR_MS;
const LOOK_EVERY_MS = 24 * HOUR_MS;
/** the carrier's webhook, which usually comes first, may be lost */
const WAITING_LOOK_MS = HOUR_MS;

/**
 * When a number is to be looked at next.
 * @param releaseAt when it is to be given back, or null
 * @param carrier.isWaiting something about it has been asked of the carrier, which has not decided
 * @returns null when there is nothing more to look at
 */
export function nextCheck(
  status: PhoneNumberStatus,
  releaseAt: Date | null,
  now: Date,
  carrier: { isWaiting: boolean } = { isWaiting: false },
): Date | null {
  if (!isLive(status)) return null;
  if (status !== 'ACTIVE') return new Date(now.getTime() + JOB_OVER_MS);
  const daily = now.getTime() + (carrier.isWaiting ? WAITING_LOOK_MS : LOOK_EVERY_MS);
  return new Date(releaseAt ? Math.min(daily, releaseAt.getTime()) : daily);
}
