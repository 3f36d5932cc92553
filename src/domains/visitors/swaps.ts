// Which numbers a page shows: of source trackers their own, of pools one that is leased for the session.
import type { SwapTracker } from '#domains/numbers/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { type Granted, leaseNumbers } from './lease-numbers.ts';
import type { Words } from './machine.ts';
import type { OpenSite } from './open-site.ts';
import { type RecordedVisit, wordsOf } from './record-visit.ts';
import { chooseTrackers } from './sources/choose-trackers.ts';

/** A number to show in place of another, both E.164. */
export interface Swap {
  target: string;
  number: string;
  /** whether it can be texted: until there are messages, no tracking number can */
  sms: boolean;
}

/** Every number of the company's pages that another may be shown for, E.164, sorted. */
export function targetsOf({ trackers }: Pick<OpenSite, 'trackers'>): string[] {
  return [...new Set(trackers.flatMap(({ targets }) => targets))].sort();
}

/** The swaps of a browser of which nothing may be kept: a pool's number would need a session, so only source trackers' are shown. */
export function swapsForBrowser(
  { trackers }: Pick<OpenSite, 'trackers'>,
  visit: { url: string; referrer: string; words: Words; numbers: readonly string[] },
): Swap[] {
  const sources = trackers.filter(({ type }) => type === 'SOURCE');
  const { url: landingUrl, referrer, words, numbers } = visit;
  return swap(
    chooseTrackers(sources, { landingUrl, referrer, verdict: words }, numbers),
    new Map(),
  );
}

/**
 * The swaps of a visit, in a transaction of its own where pools are asked.
 * @param numbers what the page shows, E.164
 */
export async function swapsOfSession(
  platform: Pick<Platform, 'db' | 'events' | 'clock'>,
  site: Pick<OpenSite, 'trackers'>,
  visit: RecordedVisit,
  numbers: readonly string[],
): Promise<Swap[]> {
  const { chosen, pools } = choose(site, visit, numbers);
  if (pools.length === 0) return swap(chosen, new Map());
  const now = platform.clock.now(visit.session.accountId);
  const granted = await platform.db.transaction((tx) =>
    leaseNumbers(platform, tx, visit, pools, now),
  );
  return swap(chosen, granted);
}

/** The same within a transaction that holds the pools already (`poolsFor`). */
export async function swapsWithin(
  platform: Pick<Platform, 'events'>,
  tx: Tx,
  site: Pick<OpenSite, 'trackers'>,
  visit: RecordedVisit,
  numbers: readonly string[],
  now: Date,
): Promise<Swap[]> {
  const { chosen, pools } = choose(site, visit, numbers);
  if (pools.length === 0) return swap(chosen, new Map());
  return swap(chosen, await leaseNumbers(platform, tx, visit, pools, now));
}

/** The pools that a page with these numbers may have to ask. */
export function poolsFor(
  { trackers }: Pick<OpenSite, 'trackers'>,
  numbers: readonly string[],
): SwapTracker[] {
  return trackers.filter(
    ({ type, targets }) => type === 'SESSION' && targets.some((target) => numbers.includes(target)),
  );
}

/** Chooses by where the visitor's source was set, which may be an earlier session. */
function choose(
  { trackers }: Pick<OpenSite, 'trackers'>,
  { source }: RecordedVisit,
  numbers: readonly string[],
) {
  const { landingUrl, referrer } = source;
  const verdict = wordsOf(source);
  const chosen = chooseTrackers(trackers, { landingUrl, referrer, verdict }, numbers);
  const pools = [...new Set(chosen.map(({ tracker }) => tracker))].filter(
    ({ type }) => type === 'SESSION',
  );
  return { chosen, pools };
}

function swap(
  chosen: readonly { target: string; tracker: SwapTracker }[],
  granted: Granted,
): Swap[] {
  return chosen.flatMap(({ target, tracker }) => {
    const number =
      tracker.type === 'SESSION' ? granted.get(tracker.id) : tracker.numbers[0]?.number;
    return number ? [{ target, number, sms: false }] : [];
  });
}
