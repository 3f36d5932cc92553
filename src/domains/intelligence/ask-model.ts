// Asking the model for one run: what it may cost is held back first, and what it has cost is written whatever comes of it.
import { type Assist, estimateTokens, type Usage } from '#platform/ai/index.ts';
import { NotYet } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { DRAWING_SECONDS } from './jobs.ts';
import { type OpenTalk, type Outcome, readTalk } from './read-talk.ts';
import {
  BUDGET_SUBJECT,
  closeModelRequest,
  type ModelRun,
  openModelRequest,
} from './store-model-requests.ts';

/** The rules that go with every request, and the answer. */
const TOKENS_BESIDES = 6_000;

/**
 * Has a talk read by the model.
 * @throws NotYet while another process asks for the same; ModelAway, and whatever stops the job
 */
export async function askModel(
  { db, events, clock, assist }: Pick<Platform, 'db' | 'events' | 'clock'> & { assist: Assist },
  run: ModelRun,
  talk: OpenTalk,
  signal: AbortSignal,
): Promise<Outcome> {
  const { accountId } = run;
  const { turns } = talk.conversation;
  const reserve = turns.reduce((sum, { text }) => sum + estimateTokens(text) + 8, TOKENS_BESIDES);
  const opened = await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [BUDGET_SUBJECT]);
    const now = clock.now(accountId);
    const leaseUntil = new Date(now.getTime() + DRAWING_SECONDS * 1_000);
    return openModelRequest(tx, run, { now, reserve, leaseUntil, assist });
  });
  if (opened === 'busy') throw new NotYet('another try asks for the same');
  if (opened === 'over-budget') {
    return { failure: 'BUDGET_EXHAUSTED', drawn: [], dropped: 0, cost: null };
  }
  const began = performance.now();
  let usage: Usage = { tokensIn: 0, tokensOut: 0, requests: 0 };
  const cost = () => ({ usage, durationMs: performance.now() - began });
  const conversation = {
    ...talk.conversation,
    signal,
    onUsage: (used: Usage) => {
      usage = used;
    },
  };
  try {
    return { ...(await readTalk(assist.reader, { ...talk, conversation })), cost: cost() };
  } catch (error) {
    await db.transaction((tx) =>
      closeModelRequest(tx, run, { failure: 'MODEL_UNAVAILABLE', assist, dropped: 0, ...cost() }),
    );
    throw error;
  }
}
