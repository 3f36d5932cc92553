// The provider that has a language model read a conversation. What does not fit into one request is read in parts, of
// which only the passages that matter are kept, with their own words and numbers; the whole is then read from those.
import { acceptNotes, acceptReading } from './accept-answer.ts';
import { type Ask, askTwice, countUsage, MOST_COMPLAINT, type Told } from './ask-twice.ts';
import { formOf, type LanguageModel, MOST_ANSWER_TOKENS } from './langchain.ts';
import {
  type Conversation,
  InsightError,
  type ModelReader,
  type Turn,
  type WrittenInsight,
} from './port.ts';
import {
  estimateTokens,
  fenceCriteria,
  fenceTurns,
  notesRules,
  PROMPT_VERSION,
  readingRules,
} from './reading-rules.ts';
import { findingsOf, notesShape, readingShape } from './reading-shape.ts';
import { saidWords } from './sentences.ts';

/** Less is read as fast as a summary of it; see extractive.ts. */
const LEAST_WORDS = 30;
/** A talk that is longer than this many parts is no talk, and is left to the rules. */
const MOST_PARTS = 40;

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

async function readWhole(ask: Ask, conversation: Conversation): Promise<WrittenInsight[]> {
  const { turns, rubric, isKept = () => true } = conversation;
  const rules = readingRules(conversation);
  const data = fenceCriteria(rubric) + fenceTurns(turns);
  const accept = acceptReading;
  const shape = readingShape(conversation);
  const request = { name: 'reading', shape, accept, rules, data };
  const answer = await askTwice(ask, request, (one) =>
    findingsOf(one, conversation).flatMap(({ kind, findings }) =>
      findings.map((finding) => ({ kind, n: finding.n, isKept: isKept(finding, kind) })),
    ),
  );
  return findingsOf(answer, conversation);
}

/**
 * The turns themselves where they fit, else the passages of them that matter.
 * @throws InsightError MODEL_ANSWER_INVALID: of a beginning that is read as the whole nobody would know that it is one
 */
async function shorten(
  ask: Ask,
  conversation: Conversation,
  inputTokens: number,
): Promise<readonly Turn[]> {
  let { turns } = conversation;
  for (let round = 1; round <= 2 && lengthOf(turns) > inputTokens; round++) {
    const parts = cutParts(turns, inputTokens);
    if (parts.length > MOST_PARTS) break;
    const passages: Turn[] = [];
    for (const part of parts) {
      passages.push(...(await notePassages(ask, part, conversation)));
    }
    if (passages.length === 0) break;
    turns = passages;
  }
  if (lengthOf(turns) <= inputTokens) return turns;
  throw new InsightError('MODEL_ANSWER_INVALID', 'The notes on a long talk do not stand for it.');
}

/** @throws InsightError MODEL_ANSWER_INVALID: without this part the whole would be told of the others alone */
async function notePassages(
  ask: Ask,
  part: readonly Turn[],
  conversation: Conversation,
): Promise<Turn[]> {
  const { rubric, isKept = () => true } = conversation;
  const data = fenceCriteria(rubric) + fenceTurns(part);
  const rules = notesRules(conversation);
  const request = { name: 'notes', shape: notesShape, accept: acceptNotes, rules, data };
  const isNote = (note: { n: number; quote: string }) =>
    isKept({ text: '', ...note, score: null }, 'SUMMARY');
  const { items } = await askTwice(ask, request, ({ items: notes, unread }) => [
    ...notes.map((note) => ({ kind: 'NOTE', n: note.n, isKept: isNote(note) })),
    ...Array<Told>(unread).fill({ kind: 'NOTE', n: -1, isKept: false }),
  ]);
  const kept = items.filter(isNote);
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
    readingRules(conversation) + criteria + MOST_COMPLAINT + formOf(readingShape(conversation)),
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
