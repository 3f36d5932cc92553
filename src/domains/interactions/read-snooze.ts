// Until when an interaction is put off.
import { invalidInput } from '#values/refusals.ts';
import type { InboxRow } from './store-inbox.ts';

/** put off for longer, it is forgotten */
const MOST_SNOOZED_MS = 366 * 24 * 3_600_000;

/**
 * Reads what comes with a state of the inbox.
 * @param until of SNOOZED: when it is ACTIVE again; null for the other states
 * @throws Refused INVALID_INPUT when it is not in the future, more than a year ahead, or given for another state
 */
export function readSnooze(
  state: InboxRow['inboxState'],
  until: Date | null,
  now: Date,
): Date | null {
  if (state !== 'SNOOZED') {
    if (until) throw invalidInput('snoozedUntil', 'Only SNOOZED takes snoozedUntil.');
    return null;
  }
  const ahead = (until?.getTime() ?? 0) - now.getTime();
  if (until && ahead > 0 && ahead <= MOST_SNOOZED_MS) return until;
  throw invalidInput('snoozedUntil', 'SNOOZED takes a time in the future, at most a year ahead.');
}
