// Which event starts which job, and every job there is: the one page that tells how the parts talk.

import {
  accountsJobHandlers,
  noteFailedSignInJob,
  purgeIdempotencyKeysJob,
  purgeSignInsJob,
  sendMailJob,
} from '#domains/accounts/index.ts';
import { keepLogHandler, keepLogJob } from '#domains/activity/index.ts';
import {
  catchUpHandler,
  catchUpJob,
  fetchRecordingHandler,
  fetchRecordingJob,
  removeRecordingFileHandler,
  removeRecordingFileJob,
} from '#domains/calls/index.ts';
import {
  drawInsightsJob,
  intelligenceJobHandlers,
  spotKeywordsJob,
} from '#domains/intelligence/index.ts';
import {
  drawInsightsFromTranscripts,
  spotKeywordsInTranscripts,
} from '#domains/intelligence/reactions.ts';
import { orderNumberHandler, orderNumberJob } from '#domains/numbers/index.ts';
import { transcribeHandler, transcribeJob } from '#domains/transcripts/index.ts';
import { transcribeRecordings } from '#domains/transcripts/reactions.ts';
import type { InsightProvider } from '#platform/ai/index.ts';
import type { AnyJobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { TranscriptionProvider } from '#platform/speech/index.ts';

/** event → job */
export const reactions = [
  transcribeRecordings,
  spotKeywordsInTranscripts,
  drawInsightsFromTranscripts,
];

/** Every job that can be enqueued. */
export const jobDefinitions = [
  catchUpJob,
  drawInsightsJob,
  fetchRecordingJob,
  keepLogJob,
  noteFailedSignInJob,
  orderNumberJob,
  purgeIdempotencyKeysJob,
  purgeSignInsJob,
  sendMailJob,
  removeRecordingFileJob,
  spotKeywordsJob,
  transcribeJob,
];

/** Who does which jobs, by the worker that does them (workers/). */
export const handlersOf = {
  calls: (platform: Platform): AnyJobHandler[] => [
    catchUpHandler(platform),
    fetchRecordingHandler(platform),
    removeRecordingFileHandler(platform),
    orderNumberHandler(platform),
    ...accountsJobHandlers(platform),
    keepLogHandler(platform),
  ],
  transcripts: (platform: Platform & { speech: TranscriptionProvider }): AnyJobHandler[] => [
    transcribeHandler(platform),
  ],
  intelligence: (platform: Platform & { insights: InsightProvider }): AnyJobHandler[] =>
    intelligenceJobHandlers(platform),
};
