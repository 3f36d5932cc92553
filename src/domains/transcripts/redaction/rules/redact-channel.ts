// Decides which words of one channel are hidden, and as what.

// The policy, in falling strength:
// 1. 12 or more digits in a row are a card, whatever they check to: recognition adds and drops digit groups, so no Luhn test.
//    Not so a list in which each number reads as something else: prices, years, times, phones (redact-lists.ts), nor what is
//    told with another name, "the tracking number is …" (redact-told-apart.ts). 12 digits with no such sign are a card.
// 2. For 45 s after either side mentions a card every run of 2 or more digits is hidden, prices, times and phone numbers too,
//    except a time or price that is told as one (redact-exempt.ts), alone, and not after a question for another secret. Once
//    a whole card has been told, phone numbers and dates told as such stay too. Cards in general ("do you take Visa?") open
//    none until somebody says go ahead (redact-card-turns.ts) or a card's digits begin (redact-card-begun.ts).
// 3. For 30 s after a social security number is mentioned every run of 3 or more digits is hidden until the number has come
//    (redact-ssn.ts); nine digits grouped 3-2-4 are one without any mention.
// 4. A month and year in digits (03/28) for 20 s after something was said to expire.
// 5. The next number of three or four figures after what may ask for such a code, "the three on the back" (redact-next.ts).
// Outside these, prices, times, phone numbers (also said twice) and addresses stay. Before a card has come a phone number in
// its window goes too: recognition drops digits, so what looks like one may be most of a card.

import { areThreeNumbers, findBrokenCards, findFirstGroup, isDictation } from './redact-broken.ts';
import type { FoundCue } from './redact-cues.ts';
import { isDate, isPrice, isTimeOrPrice, isToldAsPhone } from './redact-exempt.ts';
import { isExpiry } from './redact-expiry.ts';
import { findHeardAsDay } from './redact-heard-as-day.ts';
import type { SecureKind as RedactionKind } from './redact-labels.ts';
import { findLate, type Told } from './redact-late.ts';
import { isList } from './redact-lists.ts';
import { nameRun } from './redact-name-run.ts';
import { findNext } from './redact-next.ts';
import { beginningsOf } from './redact-pieces.ts';
import {
  findRuns,
  groupRuns,
  type NumberRun,
  type Question,
  type TimedToken,
} from './redact-runs.ts';
import { isSaidBetween } from './redact-said.ts';
import { findSlowPieces } from './redact-slow.ts';
import { findSsns, isSsnDue } from './redact-ssn.ts';
import { isCode } from './redact-tokens.ts';
import { isCountOfDigits, isNamed, withoutPhones } from './redact-told-apart.ts';
import { isWithMisheard } from './redact-torn.ts';
import { widen } from './redact-widen.ts';

/** A span of time in milliseconds. */
interface Window {
  startMs: number;
  endMs: number;
}

/** What both sides of a call said that decides on numbers. All are sorted by start. */
export interface HeardInCall {
  cues: readonly FoundCue[];
  /** where somebody speaks of a phone */
  phoneCues: readonly Window[];
  /** where somebody names a number that is no secret */
  others: readonly Window[];
  /** every number, in any order */
  told: readonly Told[];
  /** runs that are cards by their length */
  cards: readonly NumberRun[];
}

/** What decides where a number ends. */
type Asked = Pick<HeardInCall, 'cues' | 'phoneCues' | 'others'>;

const CARD_DIGITS = 12;
/** of the shortest card that is told whole */
const WHOLE_CARD_DIGITS = 15;
const CARD_WINDOW_MS = 45_000;
// Estimated word times err by up to half a second, and "four two … is my card" puts the cue behind.
const BEFORE_CUE_MS = 2_000;
const CUE_REACH_MS = 20_000;
// North American numbers; no card is as long as two of them.
const REPEATED_PHONE_NUMBER = /^(1?[2-9]\d{2}[2-9]\d{6})\1+$/;
const SSN_AS_WRITTEN = /^\d{3}-\d{2}-\d{4}$/;

function isInside(run: NumberRun, windows: readonly Window[]): boolean {
  return windows.some(({ startMs, endMs }) => run.endMs >= startMs && run.startMs <= endMs);
}

function isCard({ value }: NumberRun): boolean {
  return value.length >= CARD_DIGITS && !REPEATED_PHONE_NUMBER.test(value);
}

// A phone is talked of at any time, so such talk ends only a number that is long enough to be a whole card.
function questionsOf({ cues, phoneCues, others }: Asked): Question[] {
  return [
    ...others.map(({ startMs }) => ({ atMs: startMs, leastDigits: 0 })),
    ...cues
      .filter(({ mayBeInside }) => !mayBeInside)
      .map(({ startMs }) => ({ atMs: startMs, leastDigits: 0 })),
    ...phoneCues.map(({ startMs }) => ({ atMs: startMs, leastDigits: WHOLE_CARD_DIGITS })),
  ];
}

/** Cards that were hidden in one channel before: each counts as a whole one. */
export function findHiddenCards(tokens: readonly TimedToken[]): NumberRun[] {
  const value = '0'.repeat(WHOLE_CARD_DIGITS);
  return tokens.flatMap(({ label, startMs, endMs }, at) =>
    label === 'CARD_NUMBER'
      ? [{ first: at, last: at, value, isOrdinary: false, startMs, endMs }]
      : [],
  );
}

function isNearCard({ startMs, endMs }: NumberRun, cues: readonly FoundCue[]): boolean {
  return cues.some(
    (cue) =>
      cue.opensCardWindow &&
      startMs - cue.endMs <= CARD_WINDOW_MS &&
      cue.startMs - endMs <= CARD_WINDOW_MS,
  );
}

/** Runs of one channel that are cards by their length alone. */
export function findCards(tokens: readonly TimedToken[], call: Asked): NumberRun[] {
  const plain = tokens.map((token, at) =>
    isCode(tokens, at) && !isWithMisheard(tokens, at)
      ? { ...token, kind: 'OTHER' as const }
      : token,
  );
  const isTold = (run: NumberRun) => isToldAsPhone(run, call.phoneCues, call.cues);
  const runs = findRuns(plain, false, questionsOf(call)).flatMap((run) =>
    isCard(run) ? withoutPhones(run, plain, isTold) : [run],
  );
  const isOther = (run: NumberRun) =>
    !isSsnDue(run, call.cues) && (isList([run], plain) || isNamed(run, plain));
  const isAskedBetween = (from: NumberRun, to: NumberRun) =>
    isSaidBetween(call.others, from.endMs, to.startMs);
  const groups = [
    ...runs.filter((run) => isCard(run) && !isOther(run)).map((run) => [run]),
    ...findBrokenCards(runs, plain, isAskedBetween),
  ];
  return groups.flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const before = findFirstGroup(group, runs, plain);
    if (before && !isAskedBetween(before, first)) return [before, ...group];
    return areThreeNumbers(group, plain) && !isNearCard(first, call.cues)
      ? []
      : [...group, ...findHeardAsDay(group, plain)];
  });
}

/** The card windows of a whole call, from both sides' cues and from the cards found by length. */
function openCardWindows({ cues, cards }: HeardInCall): Window[] {
  return [...cues.filter((cue) => cue.opensCardWindow), ...cards].map(({ startMs, endMs }) => ({
    startMs: startMs - BEFORE_CUE_MS,
    endMs: endMs + CARD_WINDOW_MS,
  }));
}

// What is told once a number was asked for is no neighbour of what stood before the question.
function standsAlone(
  run: NumberRun,
  group: readonly NumberRun[],
  cues: readonly FoundCue[],
): boolean {
  const isAskedBefore = (other: NumberRun) =>
    cues.some(({ startMs }) => startMs >= run.endMs && startMs <= other.startMs);
  return group.every((other) => other === run || isAskedBefore(other));
}

// A CVV or an expiry is short enough to be heard as a price or a time.
function mayAnswer({ startMs }: NumberRun, cues: readonly FoundCue[]): boolean {
  return cues.some(
    (cue) => cue.kind !== 'CARD' && cue.startMs <= startMs && startMs - cue.endMs <= CUE_REACH_MS,
  );
}

// The number that was wanted has come, so that what follows may be something else. What was asked for since is not.
function comesAfterCard(run: NumberRun, { cards, cues }: HeardInCall): boolean {
  const card = cards.findLast(
    ({ value, endMs }) => value.length >= WHOLE_CARD_DIGITS && endMs <= run.startMs,
  );
  return (
    Boolean(card) &&
    !cues.some((cue) => cue.startMs >= (card?.endMs ?? 0) && cue.startMs <= run.startMs)
  );
}

/**
 * Chooses what to hide in one channel.
 * @param tokens the channel's tokens in the order of speech
 * @param call what was heard on both sides
 * @returns what each hidden token is hidden as, by token index
 */
export function chooseHidden(
  tokens: readonly TimedToken[],
  call: HeardInCall,
): Map<number, RedactionKind> {
  const { cues, phoneCues } = call;
  const cardWindows = openCardWindows(call);
  const hidden = new Map<number, RedactionKind>();
  const hide = (run: NumberRun, kind: RedactionKind, isPiece = false) => {
    const { first, last } = widen(run, kind, tokens, isPiece);
    for (let at = first; at <= last; at++) {
      if (!hidden.has(at)) hidden.set(at, kind);
    }
  };
  const cards = findCards(tokens, call);
  for (const card of cards) hide(card, 'CARD');

  const isPhone = (run: NumberRun) => isToldAsPhone(run, phoneCues, cues);
  const afterCue = cardWindows.map(({ startMs, endMs }) => ({
    startMs: startMs + BEFORE_CUE_MS,
    endMs,
  }));
  // A price or a phone number said just before "credit card" is that.
  const all = findRuns(tokens, true, questionsOf(call)).filter(
    (run) => !isCountOfDigits(run, tokens),
  );
  const isOpen = (run: NumberRun) => isInside(run, cardWindows);
  const slow = new Set(findSlowPieces(all, tokens, { ...call, isOpen }));
  const inWindow = all.filter(
    (run) =>
      slow.has(run) || isInside(run, run.isOrdinary || isPhone(run) ? afterCue : cardWindows),
  );
  for (const group of groupRuns(inWindow, tokens, 4)) {
    // Single digits told apart by other words: three of them are a dictation, two ("one or two") are talk.
    const isScattered = isDictation(group);
    const isToldAsOther = (run: NumberRun) =>
      isPhone(run) || isDate(run, tokens) || isTimeOrPrice(run, tokens) || isPrice(run, tokens);
    const isPast = group.every(
      (run) => isCard(run) || (comesAfterCard(run, call) && isToldAsOther(run)),
    );
    for (const run of group) {
      const isExempt = standsAlone(run, group, cues) && !mayAnswer(run, cues);
      if ((isPast && !isCard(run)) || (isExempt && isTimeOrPrice(run, tokens))) continue;
      if (run.value.length >= 2 || isScattered) {
        hide(run, nameRun(run, cards, cues), isScattered);
      }
    }
  }

  // a phone that is asked for next would make a social security number too long
  const runs = findRuns(tokens, false, questionsOf(call)).flatMap((run) =>
    withoutPhones(run, tokens, isPhone),
  );
  for (const run of findSsns(runs, tokens, cues, phoneCues)) hide(run, 'SSN');
  for (const run of runs.flatMap((one) => [one, ...beginningsOf(one, tokens)])) {
    if (isExpiry(run, tokens, cues)) hide(run, 'EXPIRY');
  }
  for (const { run, kind } of findNext(runs, tokens, cues)) hide(run, kind);
  for (const { run, kind } of findLate(runs, tokens, call)) hide(run, kind);
  for (const [at, token] of tokens.entries()) {
    if (SSN_AS_WRITTEN.test(token.bare)) hidden.set(at, 'SSN');
  }
  return hidden;
}
