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
} from '#domains/calls/index.ts';
import { orderNumberHandler, orderNumberJob } from '#domains/numbers/index.ts';
import { transcribeHandler, transcribeJob } from '#domains/transcripts/index.ts';
import { transcribeRecordings } from '#domains/transcripts/reactions.ts';
import { purgeDeliveriesJob, replayJob, webhooksJobHandlers } from '#domains/webhooks/index.ts';
import { mirrorWebhooks } from '#domains/webhooks/reactions.ts';
import type { AnyJobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { TranscriptionProvider } from '#platform/speech/index.ts';

/** event → job */
export const reactions = [transcribeRecordings];

/** event → rows; each runs under its own cursor, by the worker of its domain */
export const mirrors = [mirrorWebhooks];

/** Every job that can be enqueued. */
export const jobDefinitions = [
  catchUpJob,
  fetchRecordingJob,
  keepLogJob,
  noteFailedSignInJob,
  orderNumberJob,
  purgeDeliveriesJob,
  purgeIdempotencyKeysJob,
  replayJob,
  purgeSignInsJob,
  sendMailJob,
  transcribeJob,
];

/** Who does which jobs, by the worker that does them (workers/). */
export const handlersOf = {
  calls: (platform: Platform): AnyJobHandler[] => [
    catchUpHandler(platform),
    fetchRecordingHandler(platform),
    orderNumberHandler(platform),
    ...accountsJobHandlers(platform),
    keepLogHandler(platform),
  ],
  transcripts: (platform: Platform & { speech: TranscriptionProvider }): AnyJobHandler[] => [
    transcribeHandler(platform),
  ],
  delivery: (platform: Platform): AnyJobHandler[] => webhooksJobHandlers(platform),
};
