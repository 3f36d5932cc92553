// How many calls, forms, texts and chats there were together, what they came to and where they came from; and the same over
// time.
import { authorize } from '#domains/accounts/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import type { Interval } from './period.ts';
import type { GroupBy } from './read-sums.ts';
import {
  type InteractionReportWish,
  type SeriesPoint,
  type Summary,
  seriesOf,
  summarise,
} from './summarise.ts';

/**
 * Sums up interactions of any channel by the days on which they began; see callSummary.
 * @throws Forbidden; Refused INVALID_INPUT
 */
export async function interactionSummary(
  { db }: { db: Db },
  viewer: Viewer,
  wish: InteractionReportWish & { groupBy: GroupBy | null; first: number },
): Promise<Summary> {
  authorize(viewer, 'reports.read');
  return summarise(db, viewer, wish);
}

/**
 * Interactions of any channel over time; see callTimeSeries.
 * @throws Forbidden; Refused INVALID_INPUT
 */
export async function interactionTimeSeries(
  { db }: { db: Db },
  viewer: Viewer,
  wish: InteractionReportWish & { interval: Interval },
): Promise<SeriesPoint[]> {
  authorize(viewer, 'reports.read');
  return seriesOf(db, viewer, wish);
}
