// Which segments may hold a secret that nobody could write down: somebody asked for a card, its code or a social security
// number, and what the other side answers is not sure. No word of it can be hidden; the sound is, until the number has come.

import { findAsked } from './redact-card-turns.ts';
import type { FoundCue } from './redact-cues.ts';
import { readLabel } from './redact-labels.ts';
import { awaitedAfter } from './redact-late.ts';
import type { TimedToken } from './redact-runs.ts';
import { type Channel, type RedactableSegment, readChannels } from './redact-segments.ts';
import { isPieceOf, keptOpen } from './redact-slow.ts';

/** How long after the question an answer is waited for, and how many digits it has. */
const ANSWERS: Readonly<Partial<Record<FoundCue['kind'], { withinMs: number; digits: number }>>> = {
  CARD: { withinMs: 45_000, digits: 15 },
  CVV: { withinMs: 45_000, digits: 3 },
  SSN: { withinMs: 30_000, digits: 9 },
};
/** of a number that was hidden before */
const DIGITS_OF_LABEL = new Map([
  ['CARD_NUMBER', 16],
  ['CVV', 3],
  ['SSN', 9],
  ['DIGITS', 4],
]);
/** No engine writes a longer one at once: what a provider gives no times for is all that it heard, and not unclear. */
const LONGEST_MS = 20_000;

interface Side {
  /** in the order of speech, each with the digits that were written down in it */
  spoken: { segment: RedactableSegment; digits: number }[];
  number: number;
  questions: FoundCue[];
}

function digitsOf({ kind, value, label }: TimedToken): number {
  if (label) return DIGITS_OF_LABEL.get(label) ?? 0;
  return kind === 'NUMBER' ? value.length : 0;
}

function readSide(
  { number, tokens, segmentOf }: Channel,
  cues: readonly FoundCue[],
  all: readonly RedactableSegment[],
): Side {
  const digits = new Map<number, number>();
  for (const [at, token] of tokens.entries()) {
    const segment = segmentOf[at] ?? 0;
    digits.set(segment, (digits.get(segment) ?? 0) + digitsOf(token));
  }
  const spoken = [...all.entries()]
    .filter(([, { channel }]) => channel === number)
    .map(([at, segment]) => ({ segment, digits: digits.get(at) ?? 0 }))
    .sort((a, b) => a.segment.startMs - b.segment.startMs);
  // a bare "code" is one of a gate, too, and so is one of four digits
  const questions = cues.filter(
    (cue) => !cue.isNear && (cue.kind !== 'CVV' || cue.opensCardWindow),
  );
  return { number, spoken, questions };
}

function isUnclear({ uncertain, text, startMs, endMs }: RedactableSegment): boolean {
  const isDoubted = uncertain === true || text.split(/\s+/).some((w) => readLabel(w) === 'unclear');
  return isDoubted && endMs - startMs <= LONGEST_MS;
}

/** What one side says from a question on, while its answer is waited for. */
function* answersTo(question: FoundCue, { spoken }: Side): Generator<RedactableSegment> {
  const { kind, startMs } = question;
  const answer = ANSWERS[kind];
  if (!answer) return;
  let told = 0;
  let untilMs = startMs + Math.max(answer.withinMs, awaitedAfter(question));
  for (const { segment, digits } of spoken) {
    if (segment.endMs <= startMs) continue;
    if (segment.startMs > untilMs || told >= answer.digits) return;
    yield segment;
    told += digits;
    if (kind === 'CARD' && isPieceOf(digits))
      untilMs = Math.max(untilMs, segment.endMs + keptOpen(told));
  }
}

/**
 * Finds them: of the other side all until as many digits have come as such a number has, or its time is over; of the side that
 * speaks of it itself ("my card is …") what is unclear right behind that.
 * @param segments both sides of one call, as they were before or after redaction. Where one channel holds both sides nobody
 *   knows who answers, so it counts as the other one
 */
export function findUnheard<Segment extends RedactableSegment>(
  segments: readonly Segment[],
): RedactableSegment[] {
  if (!segments.some(isUnclear)) return [];
  const channels = readChannels(segments);
  const { cues } = findAsked(channels);
  const sides = channels.map((channel, n) => readSide(channel, cues[n] ?? [], segments));
  const unheard = new Set<RedactableSegment>();
  for (const asking of sides) {
    for (const question of asking.questions) {
      for (const side of sides) {
        const isOther = side !== asking || sides.length === 1;
        for (const segment of answersTo(question, side)) {
          if (isUnclear(segment)) unheard.add(segment);
          else if (!isOther && segment.startMs > question.startMs) break;
        }
      }
    }
  }
  return [...unheard];
}
