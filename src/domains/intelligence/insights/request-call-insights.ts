// Somebody wants a call read again: the model's key was set right, the rubric is another, the company agreed since.
import { audit, authorize } from '#domains/accounts/index.ts';
import { companyOfCall } from '#domains/calls/index.ts';
import { finishedTranscripts } from '#domains/transcripts/index.ts';
import { openAssist } from '#platform/ai/index.ts';
import type { Platform } from '#platform/platform.ts';
import { policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { drawInsightsJob } from '../jobs.ts';
import { refuseOverBudget } from '../model/refuse-over-budget.ts';
import { askedKey, conversationOf, findTalk } from './open-talk.ts';
import { countWorkedOn } from './read-insights.ts';

/** What of a call is read again. */
export interface CallReading {
  callId: string;
  /** also where people have worked on what stands there; absent = no */
  replaceReviewed?: boolean | null | undefined;
}

/**
 * Has the transcripts of a call read as they are now; insight.ready or insight.failed tells of each. One that is being read
 * for such a request is not read twice. What people work on meanwhile stands, as what they had worked on before.
 * @returns the call's id
 * @throws Forbidden; Refused NOT_FOUND, WRONG_STATE (no transcript, more of it is being hidden, insights are switched off,
 *   people have worked on what stands there), LIMIT_REACHED (the model's tokens of this month)
 */
export async function requestCallInsights(
  platform: Pick<Platform, 'db' | 'events' | 'jobs' | 'clock' | 'config'>,
  viewer: Viewer,
  { callId, replaceReviewed }: CallReading,
): Promise<string> {
  authorize(viewer, 'insights.update');
  authorize(viewer, 'transcripts.read');
  authorize(viewer, 'calls.read');
  const { db, events, jobs, clock } = platform;
  const { accountId } = viewer;
  const companyId = await companyOfCall(db, viewer, callId);
  const readable = await findReadable(platform, { accountId, companyId, callId });
  const workedOn = await countWorkedOn(db.pool, accountId, { callId });
  if (workedOn > 0 && !replaceReviewed) {
    throw wrongState(
      `People have worked on ${workedOn} of its insights: reviewed them, or gone on with their tasks. replaceReviewed: true has it read again: corrected scores, removed signals and tasks that say the same hold, typed words and approvals do not.`,
      'replaceReviewed',
    );
  }
  const askedAt = clock.now(accountId).toISOString();
  await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [`call:${callId}`]);
    const asked = { accountId, askedAt, replaceReviewed: replaceReviewed === true };
    for (const { transcriptId, singletonKey } of readable) {
      await jobs.enqueue(tx, drawInsightsJob, { ...asked, transcriptId }, { singletonKey });
    }
    await audit(tx, viewer, clock, {
      ...{ action: 'drawCallInsights', subject: `call:${callId}` },
      after: {
        transcriptIds: readable.map(({ transcriptId }) => transcriptId),
        replaceReviewed: replaceReviewed === true,
      },
    });
  });
  return callId;
}

/** The transcripts that may be read now, by whoever would read them now, each with the key of that. */
async function findReadable(
  platform: Pick<Platform, 'db' | 'clock' | 'config'>,
  of: { accountId: string; companyId: string; callId: string },
): Promise<{ transcriptId: string; singletonKey: string }[]> {
  const { db, config } = platform;
  const { accountId } = of;
  const finished = await finishedTranscripts(db, of);
  if (finished.length === 0) {
    throw wrongState('It has no transcript that is READY. requestTranscription has one made.');
  }
  if (finished.some(({ isToRedact }) => isToRedact)) {
    throw wrongState('More of its transcript is being hidden. Ask again in some minutes.');
  }
  const found = await Promise.all(
    finished.map(({ id }) => findTalk(db, { accountId, transcriptId: id })),
  );
  if (found.includes('switched-off')) {
    throw wrongState('Its company has insights switched off: updateCompany(insights: true).');
  }
  const talks = found.filter((one) => typeof one !== 'string');
  const assist = openAssist(config);
  const sent = talks.filter(
    ({ transcript, company }) => company.assist && transcript.knewNumberWords,
  );
  if (assist && sent.length > 0) {
    const conversations = sent.map(({ transcript, company }) =>
      conversationOf(transcript, company),
    );
    await refuseOverBudget(platform, accountId, assist, conversations);
  }
  return talks.map(({ transcript, company }) => ({
    transcriptId: transcript.id,
    singletonKey: askedKey(transcript, company),
  }));
}

const wrongState = (message: string, field = 'callId') =>
  policyRefused('WRONG_STATE', message, { field });
