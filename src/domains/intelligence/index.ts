// Intelligence: what is found in transcripts. People keep sets of keywords; each transcript that is ready is looked through
// for them once per version of a set.
import type { AnyJobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { spotKeywordsHandler } from './spot-keywords.ts';

export { spotKeywordsJob } from './jobs.ts';

/** Who does this domain's jobs. */
export function intelligenceJobHandlers(platform: Platform): AnyJobHandler[] {
  return [spotKeywordsHandler(platform)];
}
