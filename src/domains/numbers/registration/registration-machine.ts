// The life of a brand or a campaign at the registry, pure: which fact moves it from where to where. Facts come late, twice
// or never, so one that does not fit the state changes nothing. A refused one is corrected and submitted again, under
// a new reference; what was approved once can be suspended and approved again.
import type { RegistrationState } from '#generated/prisma/enums.ts';

/** SUBMIT is a person's; TAKEN and REFUSED answer the submission; the others are the registry's word. */
export type RegistrationFact =
  | 'SUBMIT'
  | 'TAKEN'
  | 'REFUSED'
  | 'APPROVED'
  | 'REJECTED'
  | 'SUSPENDED';

const NEXT: Record<RegistrationState, Partial<Record<RegistrationFact, RegistrationState>>> = {
  DRAFT: { SUBMIT: 'SUBMITTED' },
  SUBMITTED: { TAKEN: 'PENDING', REFUSED: 'REJECTED' },
  PENDING: { APPROVED: 'APPROVED', REJECTED: 'REJECTED', SUSPENDED: 'SUSPENDED' },
  // a refusal that comes after the approval stops what may be sent, and can be taken back
  APPROVED: { REJECTED: 'SUSPENDED', SUSPENDED: 'SUSPENDED' },
  // an appeal was granted
  REJECTED: { SUBMIT: 'SUBMITTED', APPROVED: 'APPROVED' },
  SUSPENDED: { APPROVED: 'APPROVED' },
};

/** The state after a fact; null when the fact changes nothing. */
export function nextState(
  state: RegistrationState,
  fact: RegistrationFact,
): RegistrationState | null {
  return NEXT[state][fact] ?? null;
}

/** Whether its details may be changed: what the registry has cannot. */
export function isEditable(state: RegistrationState): boolean {
  return state === 'DRAFT' || state === 'REJECTED';
}

const MINUTE_MS = 60_000;
/** the carrier's webhook usually comes first; this finds what it did not tell */
const LOOK_AFTER_MS: Record<RegistrationState, number | null> = {
  DRAFT: null,
  SUBMITTED: 15 * MINUTE_MS,
  PENDING: 60 * MINUTE_MS,
  APPROVED: 6 * 60 * MINUTE_MS,
  REJECTED: null,
  SUSPENDED: 6 * 60 * MINUTE_MS,
};

/** When the carrier is asked next; null = there is nothing to ask. */
export function nextLook(state: RegistrationState, now: Date): Date | null {
  const after = LOOK_AFTER_MS[state];
  return after === null ? null : new Date(now.getTime() + after);
}
