// Intelligence: what is found in transcripts, and erased with them. keywords/: people keep sets, and each ready transcript
// is looked through once per version of a set, those gone by when somebody asks. insights/: a summary, moods and more,
// each item with a quote that stands in the transcript; lead-insights/: the same over all that a lead said; model/: the
// one that may be asked for both; action-tasks/ and follow-up-emails/: what people go on with. topics/: counted over the
// terms of all transcripts. Insights are drawn where a company wants them.
import type { Assist, InsightProvider } from '#platform/ai/index.ts';
import type { AnyJobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { drawInsightsHandler, drawInsightsRemotelyHandler } from './insights/draw-insights.ts';
import { purgeLiveKeywordsHandler } from './keywords/spotting/purge-live-keywords.ts';
import { scanHistoryHandler } from './keywords/spotting/scan-history.ts';
import { spotKeywordsHandler } from './keywords/spotting/spot-keywords.ts';
import { spotLiveHandler } from './keywords/spotting/spot-live.ts';
import {
  drawLeadInsightsHandler,
  drawLeadInsightsRemotelyHandler,
} from './lead-insights/draw-lead-insights.ts';
import { findTermsHandler, keepTermsHandler } from './topics/find-terms.ts';

export { forgetReadings } from './forget-readings.ts';
export { IS_LAST_RUN } from './insights/last-run.ts';
export {
  drawInsightsJob,
  findTermsJob,
  intelligenceJobs,
  keepTermsJob,
  purgeLiveKeywordsJob,
  spotKeywordsJob,
} from './jobs.ts';
export { expectedWords } from './keywords/expected-words.ts';
export { hasWords, isPrefixLongEnough, matchKeywords } from './keywords/matching/match-keywords.ts';
export { isSpottingDue } from './keywords/spotting/is-spotting-due.ts';
export { deleteClaimsOnForm as forgetForm } from './lead-insights/store-lead-readings.ts';

/** Who does this domain's jobs. */
export function intelligenceJobHandlers(
  platform: Platform & { insights: InsightProvider; assist: Assist | null },
): AnyJobHandler[] {
  return [
    spotKeywordsHandler(platform),
    spotLiveHandler(platform),
    purgeLiveKeywordsHandler(platform),
    scanHistoryHandler(platform),
    drawInsightsHandler(platform),
    drawInsightsRemotelyHandler(platform),
    drawLeadInsightsHandler(platform),
    drawLeadInsightsRemotelyHandler(platform),
    findTermsHandler(platform),
    keepTermsHandler(platform),
  ];
}
