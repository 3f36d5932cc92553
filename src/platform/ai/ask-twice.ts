// Requests to a model: what they use is told to whoever pays, and an answer that is of no use is asked for once more.
import type { z } from 'zod';
import { formOf, type LanguageModel } from './langchain.ts';
import { type Conversation, InsightError, ModelAway, ReadingLeft, type Usage } from './port.ts';
import { estimateTokens, secondTry } from './reading-rules.ts';

/** The longest that a second request says of the first one's answer. */
export const MOST_COMPLAINT: string =
  secondTry([
    ...Array(20).fill({ kind: 'FOLLOW_UP_EMAIL', n: 10_000 }),
    { kind: 'COACHING', n: 0 },
  ]) + secondTry(null);

/** What is asked of a model, and what is taken of its answer. */
interface Request<T> {
  name: string;
  shape: z.ZodType;
  accept: (answer: unknown) => T | null;
  rules: string;
  data: string;
}

/** The model, with everything that it uses told to whoever pays. */
export function countUsage(model: LanguageModel, { onUsage, signal, mayGoOn }: Conversation) {
  let usage: Usage = { tokensIn: 0, tokensOut: 0, requests: 0 };
  const tell = (next: Usage) => {
    usage = next;
    onUsage?.({ ...next });
  };
  const ask: <T>(request: Request<T>) => Promise<T | null> = async (request) => {
    if (usage.requests > 0 && mayGoOn && !(await mayGoOn())) throw new ReadingLeft();
    const before = { ...usage, requests: usage.requests + 1 };
    const sent = estimateTokens(request.rules + request.data + formOf(request.shape));
    // what is sent costs, even when nobody waits for the answer any more
    tell({ ...before, tokensIn: before.tokensIn + sent });
    const asked = await model.ask({ ...request, signal }).catch((error: unknown) => {
      const isFree = error instanceof ModelAway ? error.isFree : error instanceof InsightError;
      if (isFree) tell(before);
      throw error;
    });
    const { answer, tokensIn, tokensOut } = asked;
    // a server that does not count is counted for
    const written = answer === null ? 0 : estimateTokens(JSON.stringify(answer));
    tell({
      ...before,
      tokensIn: before.tokensIn + (tokensIn || sent),
      tokensOut: before.tokensOut + (tokensOut || written),
    });
    return answer;
  };
  return ask;
}

/** Asks once. */
export type Ask = ReturnType<typeof countUsage>;

/** Something that an answer says, by its kind and turn. */
export interface Told {
  kind: string;
  n: number;
  isKept: boolean;
}

/**
 * Asks, and once more where the answer is in no form that fits or most of it was made up; the better answer of both, and of the
 * first what is good where the model is away by then.
 * @param toldIn what an answer says
 * @throws InsightError MODEL_ANSWER_INVALID where neither fits
 */
export async function askTwice<T>(
  ask: Ask,
  request: Request<T>,
  toldIn: (answer: T) => readonly Told[],
): Promise<T> {
  let best: { answer: T; kept: number } | null = null;
  let complaint = '';
  for (let attempt = 1; attempt <= 2; attempt++) {
    let answer: T | null;
    try {
      answer = await ask({ ...request, rules: request.rules + complaint });
    } catch (error) {
      // what is good in the first answer is paid for
      if (error instanceof ModelAway && best && best.kept > 0) break;
      throw error;
    }
    if (answer === null) {
      complaint = secondTry(null);
      continue;
    }
    const all = toldIn(answer);
    const missing = all.filter(({ isKept }) => !isKept);
    const kept = all.length - missing.length;
    if (!best || kept > best.kept) best = { answer, kept };
    if (2 * missing.length <= all.length) break;
    complaint = complaintOf(missing);
  }
  if (best) return best.answer;
  throw new InsightError('MODEL_ANSWER_INVALID', 'The model answered twice in no form that fits.');
}

/** What could not be read names no turn: it was in no form. */
function complaintOf(missing: readonly Told[]): string {
  const named = missing.filter(({ n }) => n >= 0);
  const formless = named.length < missing.length ? secondTry(null) : '';
  return (named.length > 0 ? secondTry(named) : '') + formless;
}
