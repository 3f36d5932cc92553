// Whose a number on a page is, and whether it belongs there. Pure.
import type { NumberOwner } from '#domains/numbers/index.ts';

/** standing → what it means, what to do; null when there is nothing to do. */
export const NUMBER_STANDINGS = {
  SWAP_TARGET: {
    description: 'As it should be: the script shows visitors tracking numbers in its place.',
    whatToDo: null,
  },
  TRACKING_NUMBER: {
    description:
      'A tracking number of this company stands in the page itself: whoever calls it counts for its tracker, wherever they came from.',
    whatToDo:
      'Print the business’s own number there and let the script show tracking numbers; leave it if this page is what the tracker is for.',
  },
  DISABLED: {
    description: 'A number of this company whose tracker is disabled: nobody is reached on it.',
    whatToDo: 'Print the business’s own number there.',
  },
  RELEASED: {
    description:
      'A number that was given back to the carrier, or soon will be: callers reach nobody, or strangers.',
    whatToDo: 'Take it off the page at once.',
  },
  OTHER_COMPANY: {
    description: 'A tracking number of another company of this account.',
    whatToDo: 'Print this company’s own number there: calls go to the other company.',
  },
  UNKNOWN: {
    description: 'No number of this account, and none that others are shown in the place of.',
    whatToDo:
      'If it is the business’s own, name it in swapTargets of the trackers, so that visitors are shown tracking numbers.',
  },
} as const;
export type NumberStanding = keyof typeof NUMBER_STANDINGS;

/** What is known of the numbers of an account. */
export interface KnownNumbers {
  /** whose pages they are on */
  companyId: string;
  /** numbers that pages show those of the company's active trackers in the place of, E.164 */
  targets: ReadonlySet<string>;
  /** by number, E.164 */
  owners: ReadonlyMap<string, NumberOwner>;
  /** whether the one who asks may know of this company */
  sees(companyId: string): boolean;
}

/** A number, judged. */
export interface JudgedNumber {
  standing: NumberStanding;
  /** whose number it is; null for nobody's */
  trackerId: string | null;
}

/** Judges a number, E.164. */
export function judgeNumber(number: string, known: KnownNumbers): JudgedNumber {
  const owner = known.owners.get(number);
  if (known.targets.has(number)) return { standing: 'SWAP_TARGET', trackerId: null };
  if (!owner || !known.sees(owner.companyId)) return { standing: 'UNKNOWN', trackerId: null };
  const { trackerId } = owner;
  if (owner.status === 'RELEASED' || owner.status === 'RELEASING' || owner.isLeaving) {
    return { standing: 'RELEASED', trackerId };
  }
  if (owner.companyId !== known.companyId) return { standing: 'OTHER_COMPANY', trackerId };
  return { standing: owner.isTrackerActive ? 'TRACKING_NUMBER' : 'DISABLED', trackerId };
}
