// The job that has a transcript read for insights: by the model that the settings name where the company agreed to that,
// else, and where the model fails for good, by the rules of this server. A run is marked in the transaction that stores
// and tells of it, so that it counts once.
import { bumpVersion } from '#domains/interactions/index.ts';
import { isAsRead, type ReadyTranscript, readyTranscript } from '#domains/transcripts/index.ts';
import type { Assist, InsightProvider, Turn } from '#platform/ai/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { insightFailed, insightReady } from '../events.ts';
import { type Drawing, drawInsightsJob } from '../jobs.ts';
import { askModel } from '../model/ask-model.ts';
import { closeDead } from '../model/store-model-requests.ts';
import { type Rubric, readRubric } from '../rubrics/store-rubrics.ts';
import { openJudge } from './judge/judge-findings.ts';
import { type ReadCompany, readCompany } from './read-company.ts';
import { type Outcome, readTalk } from './read-talk.ts';
import { keyOf } from './run-key.ts';
import { findRun, type RunKey, storeRun } from './store-insights.ts';

type Slice = Pick<Platform, 'db' | 'events' | 'clock' | 'log'> & {
  insights: InsightProvider;
  assist: Assist | null;
};
type Company = ReadCompany & { rubric: Rubric };

/**
 * The worker's side of `intelligence.draw-insights`. Outcomes: gone, switched-off, already-done, drawn, and why nothing was:
 * TRANSCRIPT_EMPTY, TRANSCRIPT_TOO_SHORT, LANGUAGE_UNSUPPORTED, NO_EVIDENCE, of a model MODEL_ANSWER_INVALID, MODEL_REFUSED,
 * MODEL_UNAVAILABLE, BUDGET_EXHAUSTED; INTERNAL_ERROR when it was given up.
 */
export function drawInsightsHandler(slice: Slice): JobHandler<Drawing> {
  const draw = async (payload: Drawing, signal: AbortSignal): Promise<string> => {
    const { accountId, transcriptId } = payload;
    const found = await find(slice.db, payload);
    if (typeof found === 'string') return found;
    const { transcript, company } = found;
    const { assist, insights } = slice;
    const talk = talkOf(transcript, company);
    if (assist && company.assist) {
      const run = runOf(accountId, transcript, assist.reader, company.rubric);
      const done = await findRun(slice.db.prisma, run);
      if (done && done.failure === null) return 'already-done';
      if (!done && mayBeAsked(payload)) {
        const { companyId } = transcript;
        const mayAsk = (tx: Tx) => maySend(tx, accountId, transcriptId);
        const { isPast } = transcript;
        const question = { talk, mayAsk, signal, isPast };
        const asked = await askModel({ ...slice, assist }, { ...run, companyId }, question);
        // it is erased, or its company has changed its mind
        if (asked === 'left') return draw(payload, signal);
        // of calls gone by that are too many for their part of the month nobody is told: new ones are still sent
        if (!isPast || asked.failure !== 'BUDGET_EXHAUSTED') {
          const outcome = await settle(slice, run, transcript, asked);
          if (outcome !== asked.failure) return outcome;
        }
      }
    }
    const run = runOf(accountId, transcript, insights);
    if (await findRun(slice.db.prisma, run)) return 'already-done';
    return settle(slice, run, transcript, await readTalk(insights, talk));
  };
  return {
    definition: drawInsightsJob,
    run: (payload, { signal }) => draw(payload, signal),
    async giveUp(payload) {
      const { accountId } = payload;
      const found = await find(slice.db, payload);
      if (typeof found === 'string') return found;
      const { transcript, company } = found;
      const { assist, insights } = slice;
      if (assist && company.assist && mayBeAsked(payload)) {
        const run = runOf(accountId, transcript, assist.reader, company.rubric);
        if (!(await findRun(slice.db.prisma, run))) {
          await closeDead(slice.db, run, assist);
          await settle(slice, run, transcript, nothing('MODEL_UNAVAILABLE'));
          const drawn = await readTalk(insights, talkOf(transcript, company));
          return settle(slice, runOf(accountId, transcript, insights), transcript, drawn);
        }
      }
      return settle(
        slice,
        runOf(accountId, transcript, insights),
        transcript,
        nothing('INTERNAL_ERROR'),
      );
    },
  };
}

/** What is read again because more of it is hidden now goes to the model only where the model had been asked about it. */
const mayBeAsked = ({ isPast, wasAssisted }: Drawing) => !isPast || wasAssisted === true;

const nothing = (failure: string): Outcome => ({ failure, drawn: [], dropped: 0 });

interface Talk extends ReadyTranscript {
  isPast: boolean;
}

async function find(
  db: Slice['db'],
  { accountId, transcriptId, isPast = false }: Drawing,
): Promise<{ transcript: Talk; company: Company } | 'gone' | 'switched-off'> {
  const transcript = await readyTranscript(db, accountId, transcriptId);
  if (!transcript) return 'gone';
  const company = await readCompany(db, accountId, transcript.companyId);
  if (!company.insights) return 'switched-off';
  const rubric = await readRubric(db.prisma, accountId, transcript.companyId);
  return { transcript: { ...transcript, isPast }, company: { ...company, rubric } };
}

/** Whether the transcript is still there, and its company still agrees. */
async function maySend(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const call = { interaction: { company: { insights: true, assist: true } } };
  return (await tx.transcript.count({ where: { accountId, id, state: 'READY', call } })) > 0;
}

const turnsOf = ({ segments }: ReadyTranscript): Turn[] =>
  segments.map(({ n, speaker, startMs, text }) => ({ n, speaker, startMs, text }));

function talkOf(transcript: ReadyTranscript, { name: business, profile, rubric }: Company) {
  const turns = turnsOf(transcript);
  const { language } = transcript;
  return {
    conversation: { turns, language, business, rubric: rubric.criteria },
    judge: openJudge({ segments: turns, business, rubric: rubric.criteria, profile, language }),
  };
}

/** @param rubric what a model is asked by; the rules of this server judge no criteria */
function runOf(
  accountId: string,
  transcript: ReadyTranscript,
  reader: InsightProvider,
  rubric?: Rubric,
): RunKey {
  const { id: transcriptId, callId, edits } = transcript;
  // unedited ones keep the keys that they were read under
  const of = edits === 0 ? (['call', callId] as const) : (['call', callId, edits] as const);
  const reading = keyOf(accountId, of, turnsOf(transcript), reader, rubric?.version);
  return { ...reading, transcriptId, edits };
}

function settle(
  { db, events, clock }: Slice,
  run: RunKey,
  talk: Talk,
  { failure, drawn, dropped }: Outcome,
): Promise<string> {
  const { accountId, transcriptId, engine } = run;
  const { callId, companyId, isPast } = talk;
  const subject = `call:${callId}`;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [subject]);
    if (await findRun(tx, run)) return 'already-done';
    // what was edited meanwhile is read by the job of that edit
    if ((await isAsRead(tx, accountId, talk)) === 'edited') return 'gone';
    const at = clock.now(accountId);
    await storeRun(tx, run, { at, failure, dropped }, drawn);
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
