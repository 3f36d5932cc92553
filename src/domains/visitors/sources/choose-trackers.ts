// Which tracker's number stands in the place of each number of a page (product.md 4.1). Pure.

import type { SwapTracker } from '#domains/numbers/index.ts';
import { type Fit, fitTracker, readSwapVisit, type SwapVisit } from './fit-tracker.ts';

/** What is shown in the place of one number. */
export interface SwapChoice {
  /** E.164, as the page shows it by itself */
  readonly target: string;
  readonly tracker: SwapTracker;
  /** 1 = landing page, 2 = specific referrer, 3 = group of referrers, 4 = always, 5 = pool */
  readonly rank: Fit['rank'];
  /** the others that fit, best first: what is shown when a pool has no number left */
  readonly runnersUp: readonly SwapTracker[];
  /** in English: why this one, and before whom */
  readonly explanation: string;
}

/**
 * Chooses for each wanted number the tracker whose number is shown. Ranks: a landing page's address or parameter, a
 * specific referrer, a group of referrers, always, pools; any source tracker comes before any pool. In a rank the longest
 * match comes first, then the oldest tracker, then the lower id: the same trackers and visit give the same choice, in
 * whatever order the trackers come. Trackers without a number in service are passed over. For a visitor without consent
 * hand in source trackers only: a pool's number is held for somebody who is known again.
 * @param trackers the active trackers of the company
 * @param visit the first page of the session, and what was said of it
 * @param wanted numbers of the page, E.164; those that no tracker is for are left out, doubles are answered once
 */
export function chooseTrackers(
  trackers: readonly SwapTracker[],
  visit: SwapVisit,
  wanted: readonly string[],
): SwapChoice[] {
  const read = readSwapVisit(visit);
  const fitting = trackers
    .filter(({ numbers }) => numbers.length > 0)
    .flatMap((tracker) => {
      const fit = fitTracker(tracker, read);
      return fit ? [{ tracker, ...fit }] : [];
    })
    .sort(byPrecedence);
  return [...new Set(wanted)].flatMap((target) => {
    const [first, ...rest] = fitting.filter(({ tracker }) => tracker.targets.includes(target));
    if (!first) return [];
    return [
      {
        target,
        tracker: first.tracker,
        rank: first.rank,
        runnersUp: rest.map(({ tracker }) => tracker),
        explanation: `${tell(first)}${rest[0] ? ` Next would be ${why(first, rest[0])}` : ' No other tracker fits.'}`,
      },
    ];
  });
}

type Fitting = Fit & { tracker: SwapTracker };

const RANK_NAMES: Record<Fit['rank'], string> = {
  1: 'landing page',
  2: 'specific referrer',
  3: 'group of referrers',
  4: 'always shown',
  5: 'pool',
};

function tell({ tracker, rank, reason }: Fitting): string {
  return `"${tracker.name}" is shown by rank ${rank} (${RANK_NAMES[rank]}): ${reason}.`;
}

function why(first: Fitting, next: Fitting): string {
  const name = `"${next.tracker.name}"`;
  if (first.rank !== next.rank) {
    return `${name} by rank ${next.rank} (${RANK_NAMES[next.rank]}): ${next.reason}.`;
  }
  if (first.length !== next.length) return `${name} of the same rank, whose match is shorter.`;
  const isOlder = first.tracker.createdAt.getTime() < next.tracker.createdAt.getTime();
  return `${name} of the same rank, which ${isOlder ? 'is newer' : 'was made in the same moment'}.`;
}

function byPrecedence(a: Fitting, b: Fitting): number {
  return (
    a.rank - b.rank ||
    b.length - a.length ||
    a.tracker.createdAt.getTime() - b.tracker.createdAt.getTime() ||
    (a.tracker.id < b.tracker.id ? -1 : Number(a.tracker.id > b.tracker.id))
  );
}
