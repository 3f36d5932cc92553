// Which trackers pages have to do with. Pure.
import type { SwapTracker, TrackerMatch } from '#domains/numbers/index.ts';

/** printed elsewhere, so no page ever shows their numbers */
const ELSEWHERE: ReadonlySet<TrackerMatch['kind']> = new Set([
  'OFFLINE',
  'GOOGLE_AD_EXTENSION',
  'MOBILE_AD_EXTENSION',
  'GOOGLE_BUSINESS_PROFILE',
]);

/** Those of these trackers whose numbers visitors of pages can be shown. */
export function forPages<Tracker extends Pick<SwapTracker, 'match'>>(
  trackers: readonly Tracker[],
): Tracker[] {
  return trackers.filter(({ match }) => !match || !ELSEWHERE.has(match.kind));
}
