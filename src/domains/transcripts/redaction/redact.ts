// Takes card numbers, security codes, expiry dates and social security numbers out of a transcript before it is stored, and
// what else its company wants out (redact-classes.ts).
// Pure: words and times of all channels in, the same segments with labels in place of the numbers out. Best effort: a single
// stray digit or a digit misheard as an unrelated word can survive; where cards must never be kept, do not record that turn.

import { foldDigits } from '#values/fold-digits.ts';
import type { RedactionClass } from '#values/redaction-classes.ts';
import {
  findAgeQuestions,
  findBeliefQuestions,
  findBirthCues,
  findNameQuestions,
  findPostcodeQuestions,
} from './rules/redact-asked.ts';
import { findBegunCards } from './rules/redact-card-begun.ts';
import { findAsked } from './rules/redact-card-turns.ts';
import { chooseHidden, findCards, findHiddenCards } from './rules/redact-channel.ts';
import { hideClasses, type RedactionKind } from './rules/redact-classes.ts';
import { findPhoneCues } from './rules/redact-cues.ts';
import { readsAsEnglish } from './rules/redact-english.ts';
import { findForeignNumbers } from './rules/redact-foreign.ts';
import { LABELS } from './rules/redact-labels.ts';
import { findTold } from './rules/redact-late.ts';
import { findOtherNumbers } from './rules/redact-other-numbers.ts';
import {
  type Channel,
  type RedactableSegment,
  type RedactableWord,
  readChannels,
} from './rules/redact-segments.ts';

export type { RedactableSegment } from './rules/redact-segments.ts';

/** One hidden stretch: what it was and when it was said; redact-audio.ts tells what to mute for it. */
export interface Redaction {
  kind: RedactionKind;
  channel: number;
  startMs: number;
  endMs: number;
}

// A run may span segments; "okay" or "um" at the border of one belongs to the talk around it, not to the number.
function unhideFillersAtBorders(hidden: Map<number, RedactionKind>, channel: Channel): void {
  const { tokens, segmentOf } = channel;
  const unhide = (from: number, step: 1 | -1) => {
    const segment = segmentOf[from];
    for (let at = from; segmentOf[at] === segment && tokens[at]?.kind === 'FILLER'; at += step) {
      hidden.delete(at);
    }
  };
  for (const [at, segment] of segmentOf.entries()) {
    if (segment !== segmentOf[at - 1]) unhide(at, 1);
    if (segment !== segmentOf[at + 1]) unhide(at, -1);
  }
}

function keepPunctuation(word: string): string {
  return /[.,?!;]$/.exec(word)?.[0] ?? '';
}

/**
 * Replaces the secret numbers of a call by one label word each: `[CARD_NUMBER]`, `[CVV]`, `[EXPIRY]`, `[SSN]`, `[DIGITS]`;
 * and of more classes `[PHONE_NUMBER]`, `[EMAIL]`, `[ADDRESS]`, `[BIRTH_DATE]`, `[NAME]`, `[AGE]`, `[RELIGION]`,
 * `[POLITICS]`, `[MEDICAL]`.
 * Rules and their order stand in redact-channel.ts. A changed segment's text is its words joined by spaces.
 * @param segments both sides of one call; not changed
 * @param classes what is taken out beside SECURE
 * @param language a BCP 47 tag of what is spoken: in another one than English all numbers go (redact-foreign.ts). null = nobody
 *   knows: they go on each side whose words are not English for sure
 * @returns new segments in the same order, and what was hidden, sorted by start
 */
export function redactTranscript<Segment extends RedactableSegment>(
  segments: readonly Segment[],
  classes: readonly RedactionClass[] = [],
  language: string | null = 'en',
): { segments: Segment[]; redactions: Redaction[] } {
  const channels = readChannels(segments);
  const asked = findAsked(channels);
  const phoneCues = channels.flatMap(({ tokens }) => findPhoneCues(tokens));
  const others = channels
    .flatMap(({ tokens }) => findOtherNumbers(tokens))
    .sort((a, b) => a.startMs - b.startMs);
  const forSure = { ...asked, cues: asked.cues.flat(), phoneCues, others };
  const cues = [...forSure.cues, ...findBegunCards(channels, forSure)].sort(
    (a, b) => a.startMs - b.startMs,
  );
  const told = channels.flatMap(({ tokens }) => findTold(tokens));
  // what was hidden before was said: to redact again hides nothing that could stay
  const cards = channels
    .flatMap(({ tokens }) => [
      ...findCards(tokens, { cues, phoneCues, others }),
      ...findHiddenCards(tokens),
    ])
    .sort((a, b) => a.startMs - b.startMs);
  const birthCues = channels.flatMap(({ tokens }) => findBirthCues(tokens));
  const call = { cues, phoneCues, others, told, cards, birthCues };

  const redactions: Redaction[] = [];
  const changed = new Map<number, RedactableWord[]>();
  for (const channel of channels) {
    const { number, segmentOf, words, tokens } = channel;
    const hidden: Map<number, RedactionKind> = chooseHidden(tokens, call);
    const texts = words.map(({ text }) => foldDigits(text));
    const otherSides = channels.filter((other) => other !== channel);
    const personal = {
      nameQuestions: otherSides.flatMap((other) => findNameQuestions(other.tokens)),
      postcodeQuestions: otherSides.flatMap((other) => findPostcodeQuestions(other.tokens)),
      ageQuestions: otherSides.flatMap((other) => findAgeQuestions(other.tokens)),
      beliefQuestions: otherSides.flatMap((other) => findBeliefQuestions(other.tokens)),
    };
    hideClasses(hidden, tokens, texts, { ...call, ...personal }, classes);
    unhideFillersAtBorders(hidden, channel);
    const spoken = language ?? (readsAsEnglish(texts) ? 'en' : null);
    for (const at of findForeignNumbers(texts, spoken)) {
      if (!hidden.has(at)) hidden.set(at, 'DIGITS');
    }
    const changedSegments = new Set([...hidden.keys()].map((at) => segmentOf[at]));
    let label: { word: RedactableWord; redaction: Redaction; at: number } | undefined;
    for (const [at, word] of words.entries()) {
      const segment = segmentOf[at];
      if (segment === undefined || !changedSegments.has(segment)) {
        continue;
      }
      const kept = changed.get(segment) ?? [];
      changed.set(segment, kept);
      const kind = hidden.get(at);
      const continues =
        label?.at === at - 1 && segmentOf[at - 1] === segment && label.redaction.kind === kind;
      if (!kind) {
        kept.push(word);
      } else if (label && continues) {
        label.at = at;
        label.word.text = LABELS[kind] + keepPunctuation(word.text);
        label.word.endMs = word.endMs;
        label.redaction.endMs = word.endMs;
      } else {
        const { startMs, endMs } = word;
        const text = LABELS[kind] + keepPunctuation(word.text);
        label = {
          word: { text, startMs, endMs },
          redaction: { kind, channel: number, startMs, endMs },
          at,
        };
        kept.push(label.word);
        redactions.push(label.redaction);
      }
    }
  }
  return {
    segments: segments.map((segment, index) => {
      const words = changed.get(index);
      return words
        ? { ...segment, words, text: words.map((word) => word.text).join(' ') }
        : segment;
    }),
    redactions: redactions.sort((a, b) => a.startMs - b.startMs),
  };
}
