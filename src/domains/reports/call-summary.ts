// How many calls there were, what they came to and where they came from; and the same over time.
import { authorize } from '#domains/accounts/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import type { Interval } from './period.ts';
import type { GroupBy } from './read-sums.ts';
import {
  type CallReportWish,
  type SeriesPoint,
  type Summary,
  seriesOf,
  summarise,
} from './summarise.ts';

/**
 * Sums up calls by the days on which they began.
 * @param wish.groupBy null = no groups
 * @param wish.first groups at most, 1 to 1,000
 * @throws Forbidden; Refused INVALID_INPUT
 */
export async function callSummary(
  { db }: { db: Db },
  viewer: Viewer,
  wish: CallReportWish & { groupBy: GroupBy | null; first: number },
): Promise<Summary> {
  authorize(viewer, 'reports.read');
  return summarise(db, viewer, { ...wish, kinds: ['CALL'] });
}

/**
 * Calls over time: every interval of the range, also those without any.
 * @throws Forbidden; Refused INVALID_INPUT
 */
export async function callTimeSeries(
  { db }: { db: Db },
  viewer: Viewer,
  wish: CallReportWish & { interval: Interval },
): Promise<SeriesPoint[]> {
  authorize(viewer, 'reports.read');
  return seriesOf(db, viewer, { ...wish, kinds: ['CALL'] });
}
