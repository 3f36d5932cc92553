// Intelligence: what is found in transcripts. People keep sets of keywords; each transcript that is ready is looked through
// for them once per version of a set, those gone by when somebody asks for it. Insights (a summary, moods) are drawn from
// it where its company wants them, each item with a quote that stands in the transcript. Topics are counted over the terms of
// all transcripts. All of it is erased with the transcript.
import type { Assist, InsightProvider } from '#platform/ai/index.ts';
import type { AnyJobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { drawInsightsHandler } from './draw-insights.ts';
import { drawLeadInsightsHandler } from './draw-lead-insights.ts';
import { purgeLiveKeywordsHandler } from './purge-live-keywords.ts';
import { scanHistoryHandler } from './scan-history.ts';
import { spotKeywordsHandler } from './spot-keywords.ts';
import { spotLiveHandler } from './spot-live.ts';
import { findTermsHandler, keepTermsHandler } from './topics/find-terms.ts';

export { forgetReadings } from './forget-readings.ts';
export {
  drawInsightsJob,
  drawLeadInsightsJob,
  findTermsJob,
  keepTermsJob,
  purgeLiveKeywordsJob,
  scanHistoryJob,
  spotKeywordsJob,
  spotLiveJob,
} from './jobs.ts';
export { IS_LAST_RUN } from './last-run.ts';

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
    drawLeadInsightsHandler(platform),
    findTermsHandler(platform),
    keepTermsHandler(platform),
  ];
}
