// Asking the model for one run: what it may cost is held back first, and what it has cost is written whatever comes of it,
// before anything is made of the answer.
import { mayLeave } from '#domains/transcripts/index.ts';
import { type Assist, ModelAway, ReadingLeft, type Usage } from '#platform/ai/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { NotYet } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { type OpenTalk, type Outcome, readTalk } from '../insights/read-talk.ts';
import { DRAWING_SECONDS } from '../jobs.ts';
import {
  BUDGET_SUBJECT,
  closeModelRequest,
  type ModelRun,
  openModelRequest,
} from './store-model-requests.ts';

/** A provider's time is spent waiting; one of them is left to other accounts. */
export const REMOTE_AT_ONCE = { concurrency: 4, mostPerAccount: 3 };

/** How long a model has for a whole reading: the rules are left a minute of the job's time. */
const READING_SECONDS = DRAWING_SECONDS - 60;

/**
 * Whether transcripts may be sent as they were read: none was changed since.
 * @throws NotYet while more of them is being hidden
 */
export async function mayBeSent(
  tx: Tx,
  company: { accountId: string; companyId: string },
  transcripts: readonly { id: string; version: number }[],
): Promise<boolean> {
  const may = await mayLeave(tx, company, transcripts);
  if (may === 'due') throw new NotYet('more of what was said is being hidden');
  return may === 'yes';
}

/** What a request is made of. */
export interface Question {
  talk: OpenTalk;
  /** Whether the talk may be sent at this moment as it was read: it is there, and its company agrees. */
  mayAsk: (tx: Tx) => Promise<boolean>;
  signal: AbortSignal;
  /** it is a call gone by that is read again; absent = no */
  isPast?: boolean;
}

/**
 * Has a talk read by the model. What takes too long for a job in all is not begun again: each try would be paid for, and end
 * like this one.
 * @returns left when it may not be sent, or not any more
 * @throws NotYet while another process asks for the same, and what mayAsk throws; ModelAway, and whatever stops the job
 */
export async function askModel(
  {
    db,
    events,
    clock,
    log,
    assist,
  }: Pick<Platform, 'db' | 'events' | 'clock' | 'log'> & {
    assist: Assist;
  },
  run: ModelRun,
  { talk, mayAsk, signal, isPast = false }: Question,
): Promise<Outcome | 'left'> {
  const { accountId, companyId, engine, model } = run;
  const warn = (failure: string) =>
    log.warn({ companyId, engine, model, failure }, 'the model did not read a talk');
  const reserve = assist.reader.mostTokens(talk.conversation);
  const tries = await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [BUDGET_SUBJECT]);
    if (!(await mayAsk(tx))) return 'left';
    const now = clock.now(accountId);
    const leaseUntil = new Date(now.getTime() + DRAWING_SECONDS * 1_000);
    return openModelRequest(tx, run, { now, reserve, leaseUntil, assist, isPast });
  });
  if (tries === 'left') return 'left';
  if (tries === 'busy') throw new NotYet('another try asks for the same');
  if (tries === 'over-budget') {
    warn('BUDGET_EXHAUSTED');
    return { failure: 'BUDGET_EXHAUSTED', drawn: [], dropped: 0 };
  }
  const began = performance.now();
  const over = new ModelAway(`The model read longer than ${READING_SECONDS} s.`, { isFree: false });
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(over), READING_SECONDS * 1_000);
  let usage: Usage = { tokensIn: 0, tokensOut: 0, requests: 0 };
  const conversation = {
    ...talk.conversation,
    signal: AbortSignal.any([signal, ending.signal]),
    mayGoOn: () => mayAsk(db.prisma),
    onUsage: (used: Usage) => {
      usage = used;
    },
  };
  const close = (failure: string | null, dropped: number, retryAt?: Date) => {
    const durationMs = performance.now() - began;
    const end = { failure, assist, dropped, usage, durationMs, tries, ...(retryAt && { retryAt }) };
    return db.transaction((tx) => closeModelRequest(tx, run, end));
  };
  try {
    const outcome = await readTalk(assist.reader, { ...talk, conversation });
    await close(outcome.failure, outcome.dropped);
    if (outcome.failure !== null) warn(outcome.failure);
    return outcome;
  } catch (error) {
    if (error === over) {
      const failure = 'MODEL_UNAVAILABLE';
      await close(failure, 0);
      warn(failure);
      return { failure, drawn: [], dropped: 0 };
    }
    const isLeft = error instanceof ReadingLeft || error instanceof NotYet;
    await close(isLeft ? 'LEFT' : 'MODEL_UNAVAILABLE', 0, clock.now(accountId));
    if (error instanceof ReadingLeft) return 'left';
    if (isLeft) throw error;
    warn('MODEL_UNAVAILABLE');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
