// Which numbers a page shows: of source trackers their own, of pools one that is leased for the session.
import type { SwapTracker } from '#domains/numbers/index.ts';
import type { SqlTx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { poolSubject, visitorSubject } from './events.ts';
import { type ForeseenPool, type Granted, leaseNumbers } from './lease-numbers.ts';
import type { Words } from './machine.ts';
import type { OpenSite } from './open-site.ts';
import { type PlannedVisit, type Visit, wordsOf } from './plan-visit.ts';
import { chooseTrackers, type SwapChoice } from './sources/choose-trackers.ts';
import { askPoolForNewcomer } from './store-leases.ts';

/** A number to show in place of another, both E.164. */
export interface Swap {
  target: string;
  number: string;
  /** whether texts to it arrive */
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
 * Holds all that a visit changes, before its transaction's first write: the visitor, and the pools that a page with these
 * numbers may have to ask.
 */
export function holdVisit(
  { events }: Pick<Platform, 'events'>,
  tx: SqlTx,
  { accountId, companyId, trackers }: Pick<OpenSite, 'accountId' | 'companyId' | 'trackers'>,
  { visitorId, numbers }: { visitorId: string; numbers: readonly string[] },
): Promise<void> {
  const pools = trackers.filter(
    ({ type, targets }) => type === 'SESSION' && targets.some((target) => numbers.includes(target)),
  );
  return events.lock(tx, accountId, [
    visitorSubject(companyId, visitorId),
    ...pools.map(({ id }) => poolSubject(id)),
  ]);
}

/**
 * Asks the first pool that a newcomer with this visit would be given a number of; of somebody who is known it asks nothing.
 * The caller holds the visit (`holdVisit`).
 * @param numbers what the page shows, E.164
 */
export async function foreseePool(
  tx: SqlTx,
  { accountId, companyId, trackers }: Pick<OpenSite, 'accountId' | 'companyId' | 'trackers'>,
  { visitorId, url: landingUrl, referrer, judged }: Visit,
  numbers: readonly string[],
  now: Date,
): Promise<ForeseenPool | null> {
  const page = { landingUrl, referrer, verdict: judged.words };
  const [pool] = chooseTrackers(trackers, page, numbers).flatMap(poolsOf);
  if (!pool) return null;
  const key = { accountId, trackerId: pool.id };
  const asked = await askPoolForNewcomer(tx, key, { companyId, visitorId }, now);
  return asked && { trackerId: pool.id, asked };
}

/**
 * Writes a visit and answers its swaps, chosen by where the visitor's source was set, which may be an earlier session. The caller holds
 * the visit (`holdVisit`).
 * @param numbers what the page shows, E.164
 */
export async function swapsOfSession(
  platform: Pick<Platform, 'events'>,
  tx: SqlTx,
  { trackers }: Pick<OpenSite, 'trackers'>,
  visit: PlannedVisit,
  numbers: readonly string[],
  now: Date,
): Promise<Swap[]> {
  const { landingUrl, referrer } = visit.source;
  const verdict = wordsOf(visit.source);
  const chosen = chooseTrackers(trackers, { landingUrl, referrer, verdict }, numbers);
  const wishes = chosen.map(poolsOf).filter((pools) => pools.length > 0);
  return swap(chosen, await leaseNumbers(platform, tx, visit, wishes, now));
}

/** Where a pool was chosen: it, then the other pools that fit. */
function poolsOf({ tracker, runnersUp }: SwapChoice): SwapTracker[] {
  return tracker.type === 'SESSION' ? [tracker, ...runnersUp] : [];
}

function swap(chosen: readonly SwapChoice[], granted: Granted): Swap[] {
  return chosen.flatMap((choice) => {
    const { target, tracker } = choice;
    if (tracker.type === 'SOURCE') return shown(target, tracker, tracker.numbers[0]?.number);
    const pool = poolsOf(choice).find(({ id }) => granted.get(id));
    return pool ? shown(target, pool, granted.get(pool.id)) : [];
  });
}

function shown(target: string, { numbers }: SwapTracker, number?: string | null): Swap[] {
  if (!number) return [];
  const sms = numbers.find((one) => one.number === number)?.takesTexts ?? false;
  return [{ target, number, sms }];
}
