// The provider that has a language model read a conversation. What does not fit into one request is read in parts, of
// which only the passages that matter are kept, with their own words and numbers; the whole is then read from those.
import type { z } from 'zod';
import { formOf, type LanguageModel, MOST_ANSWER_TOKENS } from './langchain.ts';
import {
  type Conversation,
  InsightError,
  ModelAway,
  type ModelReader,
  ReadingLeft,
  type Turn,
  type Usage,
  type WrittenInsight,
} from './port.ts';
import {
  estimateTokens,
  fenceCriteria,
  fenceTurns,
  notesRules,
  PROMPT_VERSION,
  readingRules,
  secondTry,
} from './reading-rules.ts';
import { findingsOf, notesShape, readingShape } from './reading-shape.ts';
import { saidWords } from './sentences.ts';

/** Less is read as fast as a summary of it; see extractive.ts. */
const LEAST_WORDS = 30;
/** A talk that is longer than this many parts is no talk. */
const MOST_PARTS = 40;
/** The longest that a second request says of the first one's answer. */
const MOST_COMPLAINT = secondTry(
  Array.from({ length: 20 }, () => ({ kind: 'FOLLOW_UP_EMAIL', n: 10_000 })),
);

/**
 * Creates the provider.
 * @param options.inputTokens how much of a talk goes into one request
 */
export function createModelReader(
  model: LanguageModel,
  { inputTokens }: { inputTokens: number },
): ModelReader {
  return {
    engine: model.provider,
    model: model.model,
    promptVersion: PROMPT_VERSION,
    mostTokens: (conversation) => mostTokens(conversation, inputTokens),
    async write(conversation) {
      const words = conversation.turns.reduce((sum, { text }) => sum + saidWords(text).length, 0);
      if (words === 0) {
        throw new InsightError('TRANSCRIPT_EMPTY', 'Nothing was said that could be read.');
      }
      if (words < LEAST_WORDS) {
        throw new InsightError('TRANSCRIPT_TOO_SHORT', `Too little was said: ${words} words.`);
      }
      const asking = countUsage(model, conversation);
      const turns = await shorten(asking, conversation, inputTokens);
      return readWhole(asking, { ...conversation, turns });
    },
  };
}

/** The model, with everything that it uses told to whoever pays. */
function countUsage(model: LanguageModel, { onUsage, signal, mayGoOn }: Conversation) {
  let usage: Usage = { tokensIn: 0, tokensOut: 0, requests: 0 };
  const tell = (next: Usage) => {
    usage = next;
    onUsage?.({ ...next });
  };
  const ask: <T>(request: Omit<Parameters<typeof model.ask<T>>[0], 'signal'>) => Promise<T | null> =
    async (request) => {
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
type Ask = ReturnType<typeof countUsage>;

/** Something that an answer says, by its kind and turn. */
interface Told {
  kind: string;
  n: number;
  isKept: boolean;
}

/**
 * Asks, and once more where the answer is in no form that fits or most of it was made up; the better answer of both.
 * @param toldIn what an answer says
 * @throws InsightError MODEL_ANSWER_INVALID where neither fits
 */
async function askTwice<T>(
  ask: Ask,
  request: { name: string; shape: z.ZodType<T>; rules: string; data: string },
  toldIn: (answer: T) => readonly Told[],
): Promise<T> {
  let best: { answer: T; kept: number } | null = null;
  let complaint = '';
  for (let attempt = 1; attempt <= 2; attempt++) {
    const answer = await ask({ ...request, rules: request.rules + complaint });
    if (answer === null) {
      complaint = secondTry(null);
      continue;
    }
    const all = toldIn(answer);
    const missing = all.filter(({ isKept }) => !isKept);
    const kept = all.length - missing.length;
    if (!best || kept > best.kept) best = { answer, kept };
    if (2 * missing.length <= all.length) break;
    complaint = secondTry(missing);
  }
  if (best) return best.answer;
  throw new InsightError('MODEL_ANSWER_INVALID', 'The model answered twice in no form that fits.');
}

async function readWhole(ask: Ask, conversation: Conversation): Promise<WrittenInsight[]> {
  const { turns, rubric, isKept = () => true } = conversation;
  const rules = readingRules(conversation);
  const data = fenceCriteria(rubric) + fenceTurns(turns);
  const request = { name: 'reading', shape: readingShape, rules, data };
  const answer = await askTwice(ask, request, (one) =>
    findingsOf(one, rubric).flatMap(({ kind, findings }) =>
      findings.map((finding) => ({ kind, n: finding.n, isKept: isKept(finding, kind) })),
    ),
  );
  return findingsOf(answer, rubric);
}

/** The turns themselves where they fit, else the passages of them that matter. */
async function shorten(
  ask: Ask,
  conversation: Conversation,
  inputTokens: number,
): Promise<readonly Turn[]> {
  let { turns } = conversation;
  // every round makes it shorter, or the rest is cut
  for (let round = 1; round <= 2 && lengthOf(turns) > inputTokens; round++) {
    const passages: Turn[] = [];
    for (const part of cutParts(turns, inputTokens).slice(0, MOST_PARTS)) {
      passages.push(...(await notePassages(ask, part, conversation)));
    }
    if (passages.length === 0) break;
    turns = passages;
  }
  return lengthOf(turns) > inputTokens ? (cutParts(turns, inputTokens)[0] ?? []) : turns;
}

/** @throws InsightError MODEL_ANSWER_INVALID: without this part the whole would be told of the others alone */
async function notePassages(
  ask: Ask,
  part: readonly Turn[],
  conversation: Conversation,
): Promise<Turn[]> {
  const { rubric, isKept = () => true } = conversation;
  const data = fenceCriteria(rubric) + fenceTurns(part);
  const request = { name: 'notes', shape: notesShape, rules: notesRules(conversation), data };
  const isNote = (note: { n: number; quote: string }) =>
    isKept({ text: '', ...note, score: null }, 'SUMMARY');
  const { notes } = await askTwice(ask, request, (one) =>
    one.notes.map((note) => ({ kind: 'NOTE', n: note.n, isKept: isNote(note) })),
  );
  const kept = notes.filter(isNote);
  return part.flatMap((turn) => {
    const quotes = kept.filter(({ n }) => n === turn.n).map(({ quote }) => quote);
    return quotes.length === 0 ? [] : [{ ...turn, text: [...new Set(quotes)].join(' … ') }];
  });
}

/**
 * Two readings of the whole with their answers, and before them two rounds of notes on its parts where it is too long, each
 * part asked about twice.
 */
function mostTokens(conversation: Conversation, inputTokens: number): number {
  const { turns, rubric } = conversation;
  const length = lengthOf(turns);
  const criteria = fenceCriteria(rubric);
  const rules = estimateTokens(
    readingRules(conversation) + criteria + MOST_COMPLAINT + formOf(readingShape),
  );
  const whole = 2 * (Math.min(length, inputTokens) + rules + MOST_ANSWER_TOKENS);
  if (length <= inputTokens) return whole;
  const parts = Math.min(cutParts(turns, inputTokens).length, MOST_PARTS);
  const asked = notesRules(conversation) + criteria + MOST_COMPLAINT + formOf(notesShape);
  const notes = estimateTokens(asked) + MOST_ANSWER_TOKENS;
  return whole + 2 * 2 * (Math.min(length, parts * inputTokens) + parts * notes);
}

const lengthOf = (turns: readonly Turn[]) => estimateTokens(fenceTurns(turns));

/** Parts that each fit; a turn that does not fit alone is cut between words. */
function cutParts(turns: readonly Turn[], inputTokens: number): Turn[][] {
  const parts: Turn[][] = [];
  let part: Turn[] = [];
  let length = 0;
  // the fences, and what stands before each turn
  const room = inputTokens - 40;
  for (const piece of turns.flatMap((turn) => cutTurn(turn, room))) {
    const own = estimateTokens(piece.text) + 8;
    if (part.length > 0 && length + own > room) {
      parts.push(part);
      part = [];
      length = 0;
    }
    part.push(piece);
    length += own;
  }
  return part.length > 0 ? [...parts, part] : parts;
}

function cutTurn(turn: Turn, room: number): Turn[] {
  const most = Math.floor((room - 8) * 3.5);
  if (turn.text.length <= most) return [turn];
  const pieces = turn.text.match(new RegExp(`\\S.{0,${most - 2}}(?=\\s|$)|\\S{1,${most}}`, 'gs'));
  return (pieces ?? []).map((text) => ({ ...turn, text }));
}
