// Whether visitors are shown tracking numbers: trackers, the numbers whose place theirs take, what came of visits, pools.
// Pure.
import { forPages } from './for-pages.ts';
import { check, count, type HealthCheck } from './health-check.ts';
import type { HealthFacts } from './health-facts.ts';

/** fewer visits say nothing of a share */
const ENOUGH_VISITS = 20;
/** of visits whose page shows a number that others are shown in the place of */
const MOST_UNSERVED = 0.1;
/** of the sessions that wanted a number of a pool */
const MOST_LOST = 0.01;

/** Judges it. */
export function judgeShown(facts: HealthFacts): HealthCheck[] {
  return [trackers, targets, swaps, pools].map((judge) => judge(facts));
}

function trackers(facts: HealthFacts): HealthCheck {
  const all = forPages(facts.trackers);
  if (all.length === 0) {
    const next = 'Make one with createTracker, or a pool with createSessionTracker.';
    return check('TRACKERS', 'FAULT', 'No tracker in service is for visitors of pages.', next);
  }
  const empty = all.filter(({ numbers }) => numbers.length === 0).map(({ name }) => name);
  if (empty.length > 0) {
    const message = `${empty.length} of ${count(all.length, 'tracker')} for pages has no number in service.`;
    const next = 'Look at Tracker.phoneNumbers: orders may have failed. Order others.';
    return check(
      'TRACKERS',
      empty.length === all.length ? 'FAULT' : 'NOTICE',
      message,
      next,
      empty,
    );
  }
  const names = all.map(({ name }) => name);
  const message = `${count(all.length, 'tracker')} for pages, each with numbers in service.`;
  return check('TRACKERS', 'WELL', message, null, names);
}

function targets(facts: HealthFacts): HealthCheck {
  const { seen, scan, counts } = facts;
  const wanted = [...new Set(forPages(facts.trackers).flatMap((one) => one.targets))];
  if (wanted.length === 0) return check('TARGETS', 'UNKNOWN', 'No tracker has a number to swap.');
  const visited = seen.filter(({ kind }) => kind === 'TARGET').map(({ value }) => value);
  const met = new Set([...visited, ...(scan?.targets ?? [])]);
  const unseen = wanted.filter((number) => !met.has(number));
  if (unseen.length === 0) {
    const message = `${wanted.length} of ${count(wanted.length, 'number')} to swap was seen on a page.`;
    return check('TARGETS', 'WELL', message, null, wanted);
  }
  if (counts.visits === counts.deniedVisits && !scan) {
    const message = 'No visit with consent and no scan tells yet which numbers the pages show.';
    return check('TARGETS', 'UNKNOWN', message, 'Look at the pages with scanSite.', unseen);
  }
  const next =
    'Print these numbers on the pages, or correct swapTargets with updateTracker to what they print.';
  const isAll = unseen.length === wanted.length;
  const message = isAll
    ? 'No page was seen with a number that tracking numbers are to be shown in the place of.'
    : `${unseen.length} of ${count(wanted.length, 'number')} to swap was seen on no page.`;
  return check('TARGETS', isAll ? 'FAULT' : 'NOTICE', message, next, unseen);
}

function swaps({ counts }: HealthFacts): HealthCheck {
  const granted = counts.visits - counts.deniedVisits;
  const { targetVisits, unservedVisits } = counts;
  if (targetVisits === 0) {
    const message =
      granted === 0
        ? 'No visit with consent arrived in the last 30 days.'
        : `None of ${count(granted, 'visit')} was to a page that shows a number to swap.`;
    if (granted < ENOUGH_VISITS) return check('SWAPS', 'UNKNOWN', message);
    return check('SWAPS', 'FAULT', message, 'See TARGETS.');
  }
  const message = `${targetVisits - unservedVisits} of ${count(targetVisits, 'visit')} to pages with a number to swap were shown a tracking number.`;
  if (unservedVisits > MOST_UNSERVED * targetVisits) {
    const next =
      'Add a source tracker that is always shown, or widen the pool: see which sources fit with explainSource, and POOLS.';
    const isNone = unservedVisits === targetVisits && targetVisits >= ENOUGH_VISITS;
    return check('SWAPS', isNone ? 'FAULT' : 'NOTICE', message, next);
  }
  return check('SWAPS', 'WELL', message);
}

function pools({ pools: all }: HealthFacts): HealthCheck {
  if (all.length === 0) return check('POOLS', 'UNKNOWN', 'The company has no pool.');
  const next = 'recommendPoolSize says how many numbers it needs; add them with addPoolNumbers.';
  const empty = all.filter(({ total, free }) => total > 0 && free === 0);
  const lossy = all.filter(({ arrivals, refused }) => refused > MOST_LOST * arrivals);
  const names = [...new Set([...lossy, ...empty])].map(({ name }) => name);
  const arrivals = all.reduce((sum, one) => sum + one.arrivals, 0);
  const refused = all.reduce((sum, one) => sum + one.refused, 0);
  const message = `${refused} of ${count(arrivals, 'session')} that wanted a number of a pool in the last 30 days got none.`;
  if (lossy.length > 0) return check('POOLS', 'FAULT', message, next, names);
  if (empty.length > 0) {
    return check('POOLS', 'NOTICE', `${message} At the moment none is free.`, next, names);
  }
  if (arrivals === 0) {
    return check('POOLS', 'UNKNOWN', 'No visitor wanted a number of a pool in the last 30 days.');
  }
  return check('POOLS', 'WELL', message);
}
