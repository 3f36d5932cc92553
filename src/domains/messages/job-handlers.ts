// The workers' side of this domain's jobs.
import type { AnyJobHandler, JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { cancelOptedOutHandler } from './cancel-opted-out.ts';
import { dispatchMessage } from './dispatch.ts';
import { fetchMediaHandler } from './fetch-media.ts';
import { sendMessageJob } from './jobs.ts';
import { purgeErasedTextsHandler } from './purge-erased-texts.ts';

/** Who does which. */
export function messagesJobHandlers(platform: Platform): AnyJobHandler[] {
  return [
    cancelOptedOutHandler(platform),
    fetchMediaHandler(platform),
    sendMessageHandler(platform),
    purgeErasedTextsHandler(platform),
  ];
}

/** Outcomes: see dispatchMessage. What a job loses, the sweep finds. */
function sendMessageHandler(
  platform: Platform,
): JobHandler<{ accountId: string; messageId: string }> {
  return {
    definition: sendMessageJob,
    // each may hold a connection while the carrier answers
    concurrency: 4,
    run: (key) => dispatchMessage(platform, key),
  };
}
