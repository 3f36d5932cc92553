// The jobs that have a transcript read for insights: by the model that the settings name where the company agreed to that,
// else, and where the model fails for good, by the rules of this server. A run is marked in the transaction that stores
// and tells of it, so that it counts once.
import { bumpVersion } from '#domains/interactions/index.ts';
import { isAsRead, type ReadyTranscript } from '#domains/transcripts/index.ts';
import type { Assist, InsightProvider } from '#platform/ai/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { insightFailed, insightReady } from '../events.ts';
import { type Drawing, drawInsightsJob, drawInsightsRemotelyJob } from '../jobs.ts';
import { askModel, mayBeSent, REMOTE_AT_ONCE } from '../model/ask-model.ts';
import { closeDead } from '../model/store-model-requests.ts';
import { askedKey, findTalk, openTalk, runOf } from './open-talk.ts';
import { countWorkedOn } from './read-insights.ts';
import { type Outcome, readTalk } from './read-talk.ts';
import { findRun, hasInsights, type RunKey, storeRun } from './store-insights.ts';

type Found = Exclude<Awaited<ReturnType<typeof findTalk>>, string>;
type Slice = Pick<Platform, 'db' | 'events' | 'jobs' | 'clock' | 'log' | 'secrets'> & {
  insights: InsightProvider;
  assist: Assist | null;
};

/**
 * The worker's side of `intelligence.draw-insights`. Outcomes: sent on where a model is to read it, also when it is given up;
 * gone, switched-off, already-done, drawn, and why nothing was: TRANSCRIPT_EMPTY, TRANSCRIPT_TOO_SHORT,
 * LANGUAGE_UNSUPPORTED, NO_EVIDENCE, REVIEWED_MEANWHILE; INTERNAL_ERROR when what it reads itself was given up.
 */
export function drawInsightsHandler(slice: Slice): JobHandler<Drawing> {
  return { definition: drawInsightsJob, ...drawing(slice, { here: true }) };
}

/**
 * The worker's side of `intelligence.draw-insights-remotely`. The same outcomes, but that nothing is sent on, and of a model
 * MODEL_ANSWER_INVALID, MODEL_REFUSED, MODEL_UNAVAILABLE, BUDGET_EXHAUSTED, too.
 */
export function drawInsightsRemotelyHandler(slice: Slice): JobHandler<Drawing> {
  const definition = drawInsightsRemotelyJob;
  return {
    ...{ definition, ...REMOTE_AT_ONCE },
    ...drawing(slice, { here: false }),
  };
}

/** One waits for each reading; who asks for one asks for no second, and waits for none that was not asked for. */
async function sendOn(
  { db, jobs }: Slice,
  payload: Drawing,
  { transcript, company }: Found,
  { key }: RunKey,
): Promise<string> {
  const once = { singletonKey: payload.askedAt ? askedKey(transcript, company) : key };
  await db.transaction((tx) => jobs.enqueue(tx, drawInsightsRemotelyJob, payload, once));
  return 'sent on';
}

function drawing(
  slice: Slice,
  { here }: { here: boolean },
): Pick<Required<JobHandler<Drawing>>, 'run' | 'giveUp'> {
  const { assist, insights, db } = slice;
  /** By the rules of this server. Where a person asked and the model failed, what stands is no worse, and stays. */
  const drawByRules = async (payload: Drawing, found: Found, failed: string | null) => {
    const run = await runOf(db.prisma, payload, found.transcript, insights);
    if (failed !== null && payload.askedAt && (await hasInsights(db.prisma, run))) return failed;
    if (await findRun(db.prisma, run)) return 'already-done';
    const { transcript, company } = found;
    const drawn = await readTalk(insights, openTalk(transcript, company));
    return settle(slice, run, talkOf(payload, found), drawn);
  };
  const draw = async (payload: Drawing, signal: AbortSignal): Promise<string> => {
    const { accountId } = payload;
    const found = await findTalk(db, payload);
    if (typeof found === 'string') return found;
    const { transcript, company } = found;
    let failed: string | null = null;
    if (assist && company.assist && transcript.knewNumberWords) {
      const run = await runOf(db.prisma, payload, transcript, assist.reader, company.rubric);
      const done = await findRun(db.prisma, run);
      if (done && done.failure === null) return 'already-done';
      failed = done?.failure ?? null;
      if (!done && mayBeAsked(payload)) {
        if (here) return sendOn(slice, payload, found, run);
        const { companyId } = transcript;
        const { isPast = false } = payload;
        const mayAsk = (tx: Tx) => maySend(tx, accountId, transcript);
        const question = { talk: openTalk(transcript, company), mayAsk, signal, isPast };
        const request = { ...run, companyId, purpose: 'CALL_INSIGHTS' as const };
        const asked = await askModel({ ...slice, assist }, request, question);
        // it is erased, or its company has changed its mind
        if (asked === 'left') return draw(payload, signal);
        // of calls gone by that are too many for their part of the month nobody is told: new ones are still sent
        if (!isPast || asked.failure !== 'BUDGET_EXHAUSTED') {
          const outcome = await settle(slice, run, talkOf(payload, found), asked);
          if (outcome !== asked.failure) return outcome;
          failed = outcome;
        }
      }
    }
    return drawByRules(payload, found, failed);
  };
  return {
    run: (payload, { signal }) => draw(payload, signal),
    async giveUp(payload) {
      const found = await findTalk(db, payload);
      if (typeof found === 'string') return found;
      const { transcript, company } = found;
      if (assist && company.assist && transcript.knewNumberWords && mayBeAsked(payload)) {
        const run = await runOf(db.prisma, payload, transcript, assist.reader, company.rubric);
        const done = await findRun(db.prisma, run);
        // the try that read it was killed before the queue heard of it
        if (done && done.failure === null) return 'already-done';
        // a try that was killed may have sent it on, and the model may be reading it at this moment
        if (!done && here) return sendOn(slice, payload, found, run);
        const failed = done?.failure ?? 'MODEL_UNAVAILABLE';
        if (!done) {
          await closeDead(db, run, assist);
          const end = await settle(slice, run, talkOf(payload, found), nothing(failed));
          if (end !== failed) return end;
        }
        try {
          return await drawByRules(payload, found, failed);
        } catch (err) {
          const { accountId, transcriptId } = payload;
          slice.log.error({ err, accountId, transcriptId }, 'the rules did not read a talk');
        }
      }
      const run = await runOf(db.prisma, payload, transcript, insights);
      return settle(slice, run, talkOf(payload, found), nothing('INTERNAL_ERROR'));
    },
  };
}

/** What is read again because more of it is hidden now goes to the model only where the model had been asked about it. */
const mayBeAsked = ({ isPast, wasAssisted }: Drawing) => !isPast || wasAssisted === true;

const nothing = (failure: string): Outcome => ({ failure, drawn: [], dropped: 0 });

interface Talk extends ReadyTranscript {
  isPast: boolean;
  /** what people have worked on by now stays: whoever asked did not say that it may go */
  keepsReviewed: boolean;
}

const talkOf = (
  { isPast = false, askedAt, replaceReviewed = false }: Drawing,
  { transcript }: Found,
): Talk => ({
  ...transcript,
  ...{ isPast, keepsReviewed: askedAt !== undefined && !replaceReviewed },
});

/** Whether the transcript is still there as it was read, and its company still agrees. */
async function maySend(
  tx: Tx,
  accountId: string,
  { id, companyId, version }: ReadyTranscript,
): Promise<boolean> {
  const where = { accountId, id: companyId, insights: true, assist: true };
  if ((await tx.company.count({ where })) === 0) return false;
  return mayBeSent(tx, { accountId, companyId }, [{ id, version }]);
}

function settle(
  { db, events, clock, secrets }: Slice,
  run: RunKey,
  talk: Talk,
  read: Outcome,
): Promise<string> {
  const { accountId, transcriptId, engine } = run;
  const { callId, companyId, isPast, keepsReviewed } = talk;
  const subject = `call:${callId}`;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [subject]);
    if (await findRun(tx, run)) return 'already-done';
    // what was edited meanwhile is read by the job of that edit
    if ((await isAsRead(tx, accountId, talk)) === 'edited') return 'gone';
    const isKept =
      keepsReviewed &&
      read.failure === null &&
      (await countWorkedOn(tx, accountId, { transcriptId })) > 0;
    const { failure, drawn, dropped } = isKept ? nothing('REVIEWED_MEANWHILE') : read;
    const at = clock.now(accountId);
    await storeRun(tx, secrets, run, { at, failure, dropped }, drawn);
    const ids = { callId, transcriptId, engine };
    await events.append(tx, accountId, [
      {
        definition: failure === null ? insightReady : insightFailed,
        companyId,
        subject,
        subjectVersion: await bumpVersion(tx, accountId, callId),
        occurredAt: at,
        payload:
          failure === null
            ? { ...ids, insights: drawn.length, ...(isPast && { isPast }) }
            : { ...ids, reason: failure },
      },
    ]);
    return failure ?? 'drawn';
  });
}
