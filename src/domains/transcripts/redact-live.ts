// Redacts what is said while a call goes on, as it comes: piece by piece, with what was said before it. Pure. It is stricter
// than a transcript: no number is let through at all, since the rest of a card may come in the next piece, or in one that is
// late, when this one has been told of already.
import type { Speaker } from '#generated/prisma/enums.ts';
import { REDACTION_CLASSES, type RedactionClass } from '#values/redaction-classes.ts';
import { redactTranscript } from './redact.ts';
import { readTokens } from './redact-tokens.ts';

/** Something that was said; of what was said before, it is redacted already. */
export interface LivePiece {
  speaker: Speaker;
  /** from the recording's begin */
  startMs: number;
  endMs: number;
  text: string;
}

const CHANNELS: Record<Speaker, number> = { CALLER: 0, AGENT: 1, UNKNOWN: 2 };
/** "the fifth" "of May": so many words may stand between parts of one thing */
const EDGE = 4;
const LABEL = /^\[[A-Z_]+\]/;

/** Whether classes look at more than one word, so that a piece can only be judged with the one behind it. */
export function needsMore(classes: readonly RedactionClass[]): boolean {
  return classes.includes('PERSONAL') || classes.includes('MEDICAL');
}

/**
 * Redacts pieces.
 * @param before pieces of the last minute, both sides'
 * @param fresh those that came
 * @param classes what the company wants out
 * @returns the fresh ones, in their order
 */
export function redactLive<Piece extends LivePiece>(
  before: readonly LivePiece[],
  fresh: readonly Piece[],
  classes: readonly RedactionClass[],
): Piece[] {
  const all = [...before, ...fresh].map(({ speaker, startMs, endMs, text }) => ({
    ...{ channel: CHANNELS[speaker], startMs, endMs, text, words: [] },
  }));
  const wanted = REDACTION_CLASSES.filter((one) => one === 'ALL_DIGITS' || classes.includes(one));
  const { segments } = redactTranscript(all, wanted);
  return fresh.map((piece, at) => {
    const text = segments[before.length + at]?.text ?? '';
    return { ...piece, text: hideBesideLabels(text) };
  });
}

/** Whether what was taken out at the end of a piece may go on at the begin of the next. Both are redacted. */
export function goesOn(text: string, next: string): boolean {
  const hasLabel = (words: readonly string[]) => words.some((word) => LABEL.test(word));
  return hasLabel(text.split(/\s+/).slice(-EDGE)) && hasLabel(next.split(/\s+/).slice(0, EDGE));
}

/** At the edge of a piece a digit may have been misheard ("for" [DIGITS]), and the piece that would tell is not there. */
function hideBesideLabels(text: string): string {
  const words = text.split(/\s+/).filter(Boolean);
  const tokens = readTokens(words);
  const isMisheard = (at: number) => tokens[at]?.kind === 'SOUNDALIKE';
  let first = 0;
  while (isMisheard(first)) first += 1;
  const from = LABEL.test(words[first] ?? '') ? first : 0;
  let last = words.length - 1;
  while (isMisheard(last)) last -= 1;
  const to = LABEL.test(words[last] ?? '') ? last + 1 : words.length;
  return words.slice(from, to).join(' ');
}
