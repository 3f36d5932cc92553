// Redacts what is said while a call goes on, as it comes: piece by piece, with what was said before it. Pure. It is stricter
// than a transcript: no number is let through at all, since the rest of a card may come in the next piece, or in one that is
// late, when this one has been told of already.
import type { Speaker } from '#generated/prisma/enums.ts';
import { REDACTION_CLASSES, type RedactionClass } from '#values/redaction-classes.ts';
import { trimMarks } from '#values/trim-marks.ts';
import { redactTranscript } from './redact.ts';
import { LABELS, readLabel } from './rules/redact-labels.ts';
import { readTokens } from './rules/redact-tokens.ts';

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
/** a speaker who pauses for longer begins anew */
export const LONGEST_PAUSE_MS = 12_000;
const NUMBER_LABELS = new Set<string>([
  ...[LABELS.CARD, LABELS.CVV, LABELS.EXPIRY, LABELS.SSN, LABELS.DIGITS, LABELS.PHONE],
]);
/** "third", "23rd", "twenty-third", "hundred": not "first" and "second", which people say of anything */
const LARGE =
  /^(\d+(st|nd|rd|th)|([a-z]+ty-)?(third|fourth|fifth|sixth|seventh|eighth|ninth)|[a-z]+ty-(first|second)|tenth|eleventh|twelfth|(thir|four|fif|six|seven|eigh|nine)teenth|(twen|thir|for|fif|six|seven|eigh|nine)tieth|(hundred|thousand|million|billion)(s|th)?)([-\u2019'].*)?$/i;

/** Whether classes look at more than one word, so that a piece can only be judged with the one behind it. */
export function needsMore(classes: readonly RedactionClass[]): boolean {
  return classes.includes('PERSONAL') || classes.includes('MEDICAL');
}

/**
 * Redacts pieces, in English.
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
  const redacted = fresh.map((piece, at) => {
    const text = segments[before.length + at]?.text ?? '';
    return { ...piece, text: hideBesideLabels(hideLarge(text)) };
  });
  return redacted.map((piece) =>
    isMisheardOnly(piece.text) && isByNumber(piece, [...before, ...redacted])
      ? { ...piece, text: LABELS.DIGITS }
      : piece,
  );
}

/** Whether what was taken out at the end of a piece may go on at the begin of the next. Both are redacted. */
export function goesOn(text: string, next: string): boolean {
  const hasLabel = (words: readonly string[]) => words.some(isLabel);
  return hasLabel(text.split(/\s+/).slice(-EDGE)) && hasLabel(next.split(/\s+/).slice(0, EDGE));
}

/** Not what the recogniser could not write, of which nothing is known. */
function isLabel(word = ''): boolean {
  return (readLabel(word) ?? 'unclear') !== 'unclear';
}

/** What a transcript lets stand in a number's place: "twenty-third", "a hundred". */
function hideLarge(text: string): string {
  const words = text.split(/\s+/).filter(Boolean);
  const isLarge = words.map((word) => LARGE.test(trimMarks(word)));
  if (!isLarge.includes(true)) return text;
  return words
    .map((word, at) => (isLarge[at] ? LABELS.DIGITS + (/[.,?!;:]+$/.exec(word)?.[0] ?? '') : word))
    .filter((word, at, shown) => word !== LABELS.DIGITS || shown[at - 1] !== word)
    .join(' ');
}

/** A piece that may be nothing but misheard digits: "for oh to". */
function isMisheardOnly(text: string): boolean {
  const kinds = readTokens(text.split(/\s+/).filter(Boolean)).map(({ kind }) => kind);
  return (
    kinds.includes('SOUNDALIKE') && kinds.every((one) => one === 'SOUNDALIKE' || one === 'FILLER')
  );
}

/** Whether the same person told a number just before or after. */
function isByNumber(piece: LivePiece, all: readonly LivePiece[]): boolean {
  return all.some(
    ({ speaker, startMs, endMs, text }) =>
      speaker === piece.speaker &&
      Math.max(startMs - piece.endMs, piece.startMs - endMs) <= LONGEST_PAUSE_MS &&
      text.split(/\s+/).some((word) => NUMBER_LABELS.has(word.replace(/[.,?!;:]+$/, ''))),
  );
}

/** At the edge of a piece a digit may have been misheard ("for" [DIGITS]), and the piece that would tell is not there. */
function hideBesideLabels(text: string): string {
  const words = text.split(/\s+/).filter(Boolean);
  const tokens = readTokens(words);
  const isMisheard = (at: number) => tokens[at]?.kind === 'SOUNDALIKE';
  let first = 0;
  while (isMisheard(first)) first += 1;
  const from = isLabel(words[first]) ? first : 0;
  let last = words.length - 1;
  while (isMisheard(last)) last -= 1;
  const to = isLabel(words[last]) ? last + 1 : words.length;
  return words.slice(from, to).join(' ');
}
