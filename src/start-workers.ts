// The work that follows the log: reactions, jobs and the sweep of the carrier's tables. In the server's own process
// (WORKERS=inside), or in processes beside it (workers/*).

import { purgeIdempotencyKeysJob, purgeSignInsJob } from '#domains/accounts/index.ts';
import { keepLogJob } from '#domains/activity/index.ts';
import { expirePresencesJob } from '#domains/agents/index.ts';
import { purgeClaimsJob } from '#domains/attribution/index.ts';
import { purgeJudgementsJob } from '#domains/automation/index.ts';
import { catchUpJob, expireRecordingsJob } from '#domains/calls/index.ts';
import { purgeChatTranscriptsJob } from '#domains/chats/index.ts';
import { resumeErasuresJob } from '#domains/erasures/index.ts';
import { purgeScansJob } from '#domains/installation/index.ts';
import { keepTermsJob, purgeLiveKeywordsJob } from '#domains/intelligence/index.ts';
import { keepInboxJob } from '#domains/interactions/index.ts';
import { purgeErasedTextsJob } from '#domains/messages/index.ts';
import { keepAlertsJob, keepSummariesJob } from '#domains/notifications/index.ts';
import { keepNumbersJob } from '#domains/numbers/index.ts';
import { purgeExportsJob } from '#domains/reports/index.ts';
import { keepCopyJob, keepRedactionJob, reindexJob } from '#domains/transcripts/index.ts';
import { purgeUploadsJob } from '#domains/uploads/index.ts';
import { purgeVisitorsJob } from '#domains/visitors/index.ts';
import { purgeDeliveriesJob } from '#domains/webhooks/index.ts';
import { openSelections } from '#graphql/selections.ts';
import { createExtractive, openAssist } from '#platform/ai/index.ts';
import { runReactions } from '#platform/events/reactions.ts';
import type { Platform } from '#platform/platform.ts';
import {
  createMoonshine,
  openRemoteSpeech,
  type TranscriptionProvider,
} from '#platform/speech/index.ts';
import type { Intake } from './intake.ts';
import { handlersOf, reactions, runnersOf } from './reactions.ts';
import { schema } from './schema.ts';

export type WorkerName = keyof typeof handlersOf;
/** Every worker; a server that works alone starts them all. */
export const WORKER_NAMES = Object.keys(handlersOf) as WorkerName[];

/**
 * Starts the workers of these names; any number of processes may run the same ones. Where that fails, what had begun is
 * stopped.
 */
export async function startWorkers(
  platform: Platform,
  names: readonly WorkerName[],
  { intake }: { intake: Intake },
): Promise<{ stop(): Promise<void> }> {
  const { config, db, log, jobs } = platform;
  const speech: TranscriptionProvider = createMoonshine({
    model: config.SPEECH_MODEL,
    log,
  });
  const remoteSpeech = openRemoteSpeech(config, platform.outbound);
  const insights = createExtractive();
  const assist = openAssist(config);
  const selections = openSelections({ schema, platform });
  const handlersBy = (workers: readonly WorkerName[]) =>
    workers.flatMap((name) =>
      handlersOf[name]({ ...platform, speech, remoteSpeech, insights, assist, selections }),
    );
  const others = WORKER_NAMES.filter((name) => !names.includes(name));
  /** the last one that was begun is the first */
  const begun: { stop(): Promise<void> | undefined }[] = [
    speech,
    { stop: () => remoteSpeech?.stop() },
  ];
  const stop = async () => {
    // first, so that no job is taken that the steps below would fail
    await jobs.rest();
    for (const one of begun) await one.stop();
  };
  try {
    await jobs.work(handlersBy(names), handlersBy(others));
    if (names.includes('calls')) begun.unshift(await runReactions({ db, log, jobs, reactions }));
    for (const { run } of names.flatMap((name) => runnersOf[name] ?? [])) {
      begun.unshift(await run({ ...platform, selections }));
    }
    await scheduleJobs(platform, names);
    if (names.includes('calls')) intake.start();
  } catch (error) {
    await stop().catch((err) => log.warn({ err }, 'a worker did not stop cleanly'));
    throw error;
  }
  return { stop };
}

/** What comes by the clock, and what is to be done once at each start. */
async function scheduleJobs(
  { db, jobs, searchCopy }: Platform,
  names: readonly WorkerName[],
): Promise<void> {
  if (names.includes('reports')) await jobs.schedule('hourly', '33 * * * *', purgeExportsJob, {});
  if (names.includes('delivery')) {
    await jobs.schedule('daily', '37 3 * * *', purgeDeliveriesJob, {});
    await jobs.schedule('minutely', '* * * * *', keepAlertsJob, {});
    await jobs.schedule('minutely', '* * * * *', keepSummariesJob, {});
  }
  if (names.includes('calls')) {
    await jobs.schedule('hourly', '17 * * * *', purgeIdempotencyKeysJob, {});
    await jobs.schedule('hourly', '41 * * * *', keepNumbersJob, {});
    await jobs.schedule('hourly', '53 * * * *', resumeErasuresJob, {});
    await jobs.schedule('hourly', '27 * * * *', purgeSignInsJob, {});
    await jobs.schedule('hourly', '7 * * * *', purgeUploadsJob, {});
    await jobs.schedule('hourly', '37 * * * *', purgeChatTranscriptsJob, {});
    await jobs.schedule('hourly', '47 * * * *', purgeErasedTextsJob, {});
    await jobs.schedule('daily', '7 3 * * *', keepLogJob, {});
    await jobs.schedule('daily', '23 4 * * *', expireRecordingsJob, {});
    await jobs.schedule('daily', '11 4 * * *', purgeVisitorsJob, {});
    await jobs.schedule('daily', '31 4 * * *', purgeScansJob, {});
    await jobs.schedule('daily', '51 4 * * *', purgeClaimsJob, {});
    await jobs.schedule('minutely', '* * * * *', expirePresencesJob, {});
    await jobs.schedule('minutely', '* * * * *', keepInboxJob, {});
    await jobs.schedule('catch-up', '*/10 * * * *', catchUpJob, {});
    // what came while nobody listened is asked for at once
    await db.transaction((tx) => jobs.enqueue(tx, catchUpJob, {}, { singletonKey: 'start' }));
  }
  if (names.includes('intelligence')) {
    await jobs.schedule('daily', '13 4 * * *', keepTermsJob, {});
    await jobs.schedule('minutely', '* * * * *', purgeLiveKeywordsJob, {});
    await jobs.schedule('daily', '43 4 * * *', purgeJudgementsJob, {});
    // transcripts of before there were topics, or of other rules for them, are read at once
    await db.transaction((tx) => jobs.enqueue(tx, keepTermsJob, {}, { singletonKey: 'start' }));
  }
  if (names.includes('transcripts')) {
    await jobs.schedule('daily', '37 3 * * *', reindexJob, { onlyIfDue: false });
    await jobs.schedule('minutely', '* * * * *', keepCopyJob, {});
    await jobs.schedule('minutely', '* * * * *', keepRedactionJob, {});
    if (searchCopy) {
      // what changed while nobody looked is sent at once
      await db.transaction((tx) => jobs.enqueue(tx, keepCopyJob, {}, { singletonKey: 'start' }));
    }
    // other rules for words come with another version of the server: looked at once in each start
    await db.transaction((tx) =>
      jobs.enqueue(tx, reindexJob, { onlyIfDue: true }, { singletonKey: 'start' }),
    );
  }
}
