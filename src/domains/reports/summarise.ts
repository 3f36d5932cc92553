// Sums up interactions of some channels, or of all, as a whole, in groups and over time. Who may ask is for the reports to
// say that do it.
import type { InteractionKind, ReportCut } from '#generated/prisma/enums.ts';
import type { Db } from '#platform/db/index.ts';
import { invalidInput } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { COUNTED_KINDS } from './fact.ts';
import type { Measures } from './measures.ts';
import { type Days, daysBefore, type Interval, momentsOf } from './period.ts';
import {
  type Group,
  type GroupBy,
  readGroups,
  readSeries,
  readTotal,
  type SumWish,
} from './read-sums.ts';
import { type ReportScope, type ReportWish, readScope } from './scope.ts';
import { type CallTraits, fitOf } from './sum-calls.ts';

/** What calls are reported on. */
export interface CallReportWish extends ReportWish {
  trackerIds?: readonly string[] | null | undefined;
  traits?: CallTraits | null | undefined;
}

/** What all channels, or some, are reported on. */
export interface InteractionReportWish extends Omit<CallReportWish, 'traits'> {
  /** null and absent = all */
  kinds?: readonly InteractionKind[] | null | undefined;
}

/** Traits are those of calls, so that with them the kind is CALL alone. */
type SummedWish = InteractionReportWish & Pick<CallReportWish, 'traits'>;

export interface Summary {
  days: Days;
  total: Measures;
  /** of the same number of days just before: read once it is asked for, since it may take as long as the total */
  previous: () => Promise<Measures>;
  groups: Group[];
}

export const MOST_GROUPS = 1_000;
/** of a key's points, for a report that may look through calls or interactions themselves */
export const POINTS_OF_REPORT = 10;

/** Which cut tells groups apart, of all trackers together; */
const CUTS: Record<GroupBy, ReportCut> = {
  SOURCE: 'SOURCE',
  MEDIUM: 'SOURCE',
  CAMPAIGN: 'SOURCE',
  KEYWORD: 'KEYWORD',
  LANDING_PAGE: 'LANDING_PAGE',
  REFERRER: 'REFERRER',
  FORM: 'FORM',
  TRACKER: 'TRACKER',
  COMPANY: 'TRACKER',
  CHANNEL: 'ALL',
};

/** and which of some of them, where that is another. */
const TRACKER_CUTS: Partial<Record<GroupBy, ReportCut>> = {
  KEYWORD: 'TRACKER_KEYWORD',
  LANDING_PAGE: 'TRACKER_LANDING_PAGE',
  REFERRER: 'TRACKER_REFERRER',
  CHANNEL: 'TRACKER',
};

/** One interval of a series: from its first moment to before the next one's. */
export interface SeriesPoint {
  startsAt: Date;
  endsAt: Date;
  sums: Measures;
}

/**
 * Sums up.
 * @throws Refused INVALID_INPUT
 */
export async function summarise(
  db: Db,
  viewer: Viewer,
  wish: SummedWish & { groupBy: GroupBy | null; first: number },
): Promise<Summary> {
  const { groupBy, first } = wish;
  if (first < 1 || first > MOST_GROUPS) {
    throw invalidInput('first', `first takes 1 to ${MOST_GROUPS}, not ${first}.`);
  }
  const scope = await readScope(db, viewer, wish);
  const { days } = scope;
  const before = daysBefore(days);
  const sums = sumsOf(viewer, scope, wish);
  const cutOf = (by: GroupBy) => (wish.trackerIds && TRACKER_CUTS[by]) || CUTS[by];
  const asked = { ...sums, moments: momentsOf(days, 'ALL') };
  const [total, groups] = await Promise.all([
    readTotal(db, asked),
    groupBy ? readGroups(db, { ...asked, cuts: [cutOf(groupBy)] }, groupBy, first) : [],
  ]);
  let read: Promise<Measures> | undefined;
  const previous = () => {
    read ??= readTotal(db, { ...sums, moments: momentsOf(before, 'ALL') });
    return read;
  };
  return { days, total, previous, groups };
}

/**
 * Sums up each interval of the range, also those without any.
 * @throws Refused INVALID_INPUT
 */
export async function seriesOf(
  db: Db,
  viewer: Viewer,
  wish: SummedWish & { interval: Interval },
): Promise<SeriesPoint[]> {
  const scope = await readScope(db, viewer, wish);
  const moments = momentsOf(scope.days, wish.interval);
  const sums = sumsOf(viewer, scope, wish);
  const series = await readSeries(db, { ...sums, moments });
  return series.map((point, n) => ({
    startsAt: new Date(moments[n] as number),
    endsAt: new Date(moments[n + 1] as number),
    sums: point,
  }));
}

function sumsOf(
  viewer: Viewer,
  scope: ReportScope,
  { trackerIds = null, kinds, traits }: SummedWish,
): Omit<SumWish, 'moments'> {
  const { accountId, companyIds } = scope;
  return {
    ...{ accountId, companyIds, trackerIds },
    cuts: [trackerIds ? 'TRACKER' : 'ALL'],
    kinds: [...new Set(kinds ?? COUNTED_KINDS)],
    fit: fitOf(viewer, scope, trackerIds, traits),
  };
}
