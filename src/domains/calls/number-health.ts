// What is wrong with a tracking number, and what to do about it: from what the carrier said of it and from the calls of
// its last 30 days. Pure.
import type { CarrierProblem } from '#domains/numbers/index.ts';

/** An ended call is short when it lasted less, from ring to end: nobody could have talked. */
export const SHORT_SECONDS = 15;
/** So many short calls of one caller to one number look like a machine's. */
export const SPAM_REPEATS = 3;
export const WINDOW_DAYS = 30;
/** fewer calls say nothing of a number */
const ENOUGH_CALLS = 10;
const STALE_CHECK_DAYS = 3;
const DAY_MS = 86_400_000;

/** kind → what it is, what to do. */
export const NUMBER_PROBLEMS = {
  CARRIER_LOST: {
    description: 'The carrier no longer has this number for this account: its calls are lost.',
    whatToDo: 'Ask the carrier where it went. Else replace the number, then release this one.',
  },
  CARRIER_NOT_ACTIVE: {
    description: 'The carrier has the number in another status than active; see carrierStatus.',
    whatToDo: 'Ask the carrier. A number that is being ported out soon takes no calls here.',
  },
  NOT_ON_OUR_CONNECTION: {
    description: 'At the carrier the number leads elsewhere, and it could not be led back.',
    whatToDo: 'Set the carrier with configureCarrier, or move the number in the carrier’s portal.',
  },
  SETTINGS_DIFFER: {
    description:
      'At the carrier the number is forwarded, recorded or set otherwise than here, and it could not be set back.',
    whatToDo: 'Look at the number’s voice settings in the carrier’s portal.',
  },
  RELEASE_REFUSED: {
    description: 'The carrier would not take the number back; `failure` says why.',
    whatToDo: 'Remove the reason, such as a deletion lock, and release it again.',
  },
  NOT_CHECKED_LATELY: {
    description: `The carrier could not be asked about the number for ${STALE_CHECK_DAYS} days.`,
    whatToDo: 'Look whether the carrier’s key still holds and the worker runs.',
  },
  NO_CALLS_30_DAYS: {
    description: `Nobody has called the number for ${WINDOW_DAYS} days.`,
    whatToDo:
      'Call it yourself. If it works, look whether it still stands on the ad, or release it; in a pool it may be one too many.',
  },
  MOSTLY_SHORT_CALLS: {
    description: `More than half of its calls were over within ${SHORT_SECONDS} seconds.`,
    whatToDo: 'Listen to the greeting, and call the destination: callers may hear nothing.',
  },
  MOSTLY_UNANSWERED: {
    description: 'Fewer than a quarter of its calls were answered.',
    whatToDo: 'Look at the destination and its hours, or ring longer.',
  },
  MOSTLY_SPAM: {
    description: 'More than half of its calls look like spam.',
    whatToDo: 'Replace the number, or set callScreening.',
  },
} as const;
export type NumberProblemKind = keyof typeof NUMBER_PROBLEMS;

/** What is known of a number in service. */
export interface NumberFacts {
  createdAt: Date;
  checkedAt: Date | null;
  /** as the last check found it */
  problems: readonly CarrierProblem[];
  releaseRefused: boolean;
  /** ended calls of the last 30 days, and how many of them were answered, short, spam-looking */
  calls: number;
  answered: number;
  short: number;
  spam: number;
}

/** The problems of a number, the carrier's first. */
export function problemsOf(facts: NumberFacts, now: Date): NumberProblemKind[] {
  const { calls, answered, short, spam, createdAt, checkedAt } = facts;
  const daysSince = (at: Date) => (now.getTime() - at.getTime()) / DAY_MS;
  const isEnough = calls >= ENOUGH_CALLS;
  const judged: [NumberProblemKind, boolean][] = [
    ['RELEASE_REFUSED', facts.releaseRefused],
    ['NOT_CHECKED_LATELY', daysSince(checkedAt ?? createdAt) > STALE_CHECK_DAYS],
    ['NO_CALLS_30_DAYS', calls === 0 && daysSince(createdAt) > WINDOW_DAYS],
    ['MOSTLY_SHORT_CALLS', isEnough && 2 * short > calls],
    ['MOSTLY_UNANSWERED', isEnough && 4 * answered < calls],
    ['MOSTLY_SPAM', isEnough && 2 * spam > calls],
  ];
  return [...facts.problems, ...judged.filter(([, isSo]) => isSo).map(([kind]) => kind)];
}
