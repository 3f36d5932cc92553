// Which event starts which job, and every job there is: the one page that tells how the parts talk.

import {
  accountsJobHandlers,
  noteFailedSignInJob,
  purgeIdempotencyKeysJob,
  purgeSignInsJob,
  sendMailJob,
} from '#domains/accounts/index.ts';
import { keepLogHandler, keepLogJob } from '#domains/activity/index.ts';
import { expirePresencesHandler, expirePresencesJob } from '#domains/agents/index.ts';
import {
  attributeInteractionHandler,
  attributeInteractionJob,
  purgeClaimsHandler,
  purgeClaimsJob,
} from '#domains/attribution/index.ts';
import { attributeInteractions } from '#domains/attribution/reactions.ts';
import {
  automationJobHandlers,
  judgeRulesJob,
  purgeJudgementsJob,
  runAutomation,
} from '#domains/automation/index.ts';
import { judgeMoments } from '#domains/automation/reactions.ts';
import {
  callsJobHandlers,
  catchUpAccountJob,
  catchUpJob,
  expireRecordingsJob,
  fetchRecordingJob,
  removeLateRecordingJob,
  removeRecordingFileJob,
  removeRecordingJob,
} from '#domains/calls/index.ts';
import {
  purgeChatTranscriptsHandler,
  purgeChatTranscriptsJob,
  sendChatTranscriptHandler,
  sendChatTranscriptJob,
} from '#domains/chats/index.ts';
import {
  eraseLeadJob,
  erasuresJobHandlers,
  exportLeadJob,
  removeErasedMediaJob,
  resumeErasuresJob,
} from '#domains/erasures/index.ts';
import { removeIgnoredFieldsHandler, removeIgnoredFieldsJob } from '#domains/forms/index.ts';
import {
  installationJobHandlers,
  purgeScansJob,
  scanSiteJob,
} from '#domains/installation/index.ts';
import {
  expectedWords,
  forgetForm,
  forgetReadings,
  intelligenceJobHandlers,
  intelligenceJobs,
} from '#domains/intelligence/index.ts';
import { intelligenceReactions } from '#domains/intelligence/reactions.ts';
import { keepInboxHandler, keepInboxJob } from '#domains/interactions/index.ts';
import {
  cancelOptedOutJob,
  fetchMediaJob,
  messagesJobHandlers,
  purgeErasedTextsJob,
  sendMessageJob,
} from '#domains/messages/index.ts';
import { cancelOptedOutTexts } from '#domains/messages/reactions.ts';
import {
  notificationsJobHandlers,
  notificationsJobs,
  runAlerts,
} from '#domains/notifications/index.ts';
import { raiseAlerts, tellFiredRules } from '#domains/notifications/reactions.ts';
import {
  checkNumberJob,
  checkRegistrationJob,
  keepNumbersJob,
  numbersJobHandlers,
  orderNumberJob,
  releaseNumberJob,
  settleReservationJob,
} from '#domains/numbers/index.ts';
import {
  awaitAttributionJob,
  countAllJob,
  purgeExportsJob,
  recountLeadJob,
  reportsJobHandlers,
  runCounting,
  writeExportJob,
} from '#domains/reports/index.ts';
import { countReports } from '#domains/reports/reactions.ts';
import {
  dropTranscriptJob,
  keepCopyJob,
  keepRedactionJob,
  matchSearchesJob,
  reindexJob,
  repeatRedactionJob,
  transcribeJob,
  transcribeRemotelyJob,
  transcriptsJobHandlers,
} from '#domains/transcripts/index.ts';
import { transcriptReactions } from '#domains/transcripts/reactions.ts';
import { purgeUploadsHandler, purgeUploadsJob } from '#domains/uploads/index.ts';
import { purgeVisitorsHandler, purgeVisitorsJob } from '#domains/visitors/index.ts';
import {
  eraseSettledJob,
  purgeDeliveriesJob,
  removeEndpointJob,
  replayJob,
  runDeliveries,
  webhooksJobHandlers,
} from '#domains/webhooks/index.ts';
import { mirrorWebhooks } from '#domains/webhooks/reactions.ts';
import type { Selections } from '#graphql/selections.ts';
import type { Assist, InsightProvider } from '#platform/ai/index.ts';
import type { Mirror } from '#platform/events/reactions.ts';
import type { AnyJobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { TranscriptionProvider } from '#platform/speech/index.ts';

/** event → job */
export const reactions = [
  attributeInteractions,
  cancelOptedOutTexts,
  ...transcriptReactions,
  ...intelligenceReactions,
];

/** A part of a worker that follows the log, and the mirrors that it runs, each under its own cursor. */
interface Runner {
  mirrors: readonly ((needs: never) => Mirror)[];
  run(platform: Platform & { selections: Selections }): Promise<{ stop(): Promise<void> }>;
}

/** event → what is made of it in one transaction, rows or jobs: who follows the log, by the worker that does it */
export const runnersOf: Partial<Record<keyof typeof handlersOf, readonly Runner[]>> = {
  delivery: [
    { mirrors: [mirrorWebhooks], run: runDeliveries },
    { mirrors: [raiseAlerts, tellFiredRules], run: runAlerts },
  ],
  intelligence: [{ mirrors: [judgeMoments], run: runAutomation }],
  reports: [{ mirrors: [countReports], run: runCounting }],
};

/** Every job that can be enqueued. */
export const jobDefinitions = [
  attributeInteractionJob,
  awaitAttributionJob,
  cancelOptedOutJob,
  catchUpAccountJob,
  catchUpJob,
  checkNumberJob,
  checkRegistrationJob,
  countAllJob,
  dropTranscriptJob,
  eraseLeadJob,
  eraseSettledJob,
  exportLeadJob,
  expirePresencesJob,
  expireRecordingsJob,
  fetchMediaJob,
  fetchRecordingJob,
  ...intelligenceJobs,
  judgeRulesJob,
  keepCopyJob,
  keepInboxJob,
  keepLogJob,
  keepNumbersJob,
  keepRedactionJob,
  matchSearchesJob,
  noteFailedSignInJob,
  ...notificationsJobs,
  orderNumberJob,
  purgeDeliveriesJob,
  purgeExportsJob,
  purgeIdempotencyKeysJob,
  purgeJudgementsJob,
  purgeScansJob,
  purgeChatTranscriptsJob,
  purgeUploadsJob,
  purgeClaimsJob,
  purgeVisitorsJob,
  recountLeadJob,
  releaseNumberJob,
  removeEndpointJob,
  removeErasedMediaJob,
  removeIgnoredFieldsJob,
  removeLateRecordingJob,
  removeRecordingJob,
  resumeErasuresJob,
  scanSiteJob,
  settleReservationJob,
  purgeSignInsJob,
  sendMailJob,
  sendMessageJob,
  purgeErasedTextsJob,
  sendChatTranscriptJob,
  removeRecordingFileJob,
  repeatRedactionJob,
  reindexJob,
  replayJob,
  transcribeJob,
  transcribeRemotelyJob,
  writeExportJob,
];

type Speech = Record<'speech', TranscriptionProvider> &
  Record<'remoteSpeech', TranscriptionProvider | null>;

/** Who does which jobs, by the worker that does them (workers/). */
export const handlersOf = {
  calls: (platform: Platform): AnyJobHandler[] => [
    attributeInteractionHandler(platform),
    ...callsJobHandlers(platform),
    expirePresencesHandler(platform),
    ...messagesJobHandlers(platform),
    ...numbersJobHandlers(platform),
    ...accountsJobHandlers(platform),
    ...erasuresJobHandlers(platform),
    keepInboxHandler(platform),
    keepLogHandler(platform),
    purgeChatTranscriptsHandler(platform),
    purgeUploadsHandler(platform),
    purgeClaimsHandler(platform),
    purgeVisitorsHandler(platform),
    ...installationJobHandlers(platform),
    removeIgnoredFieldsHandler({ ...platform, forgetForm }),
  ],
  transcripts: (platform: Platform & Speech): AnyJobHandler[] =>
    transcriptsJobHandlers({ ...platform, expectedWords, forgetReadings }),
  intelligence: (
    platform: Platform & { insights: InsightProvider; assist: Assist | null },
  ): AnyJobHandler[] => [...intelligenceJobHandlers(platform), ...automationJobHandlers(platform)],
  delivery: (platform: Platform & { selections: Selections }): AnyJobHandler[] => [
    ...webhooksJobHandlers(platform),
    ...notificationsJobHandlers(platform),
    sendChatTranscriptHandler(platform),
  ],
  reports: (platform: Platform): AnyJobHandler[] => reportsJobHandlers(platform),
};
