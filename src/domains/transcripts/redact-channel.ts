// Decides which words of one channel are hidden, and as what.

// The policy, in falling strength:
// 1. 12 or more digits in a row are a card, whatever they check to: recognition adds and drops digit groups, so no Luhn test.
// 2. For 45 s after either side mentions a card every run of 2 or more digits is hidden, prices, times and phone numbers too,
//    except a time or price that is told as one (redact-exempt.ts), alone, and not after a question for another secret.
// 3. For 30 s after a social security number is mentioned, or until nine digits have come, every run of 3 or more digits is
//    hidden, except phone numbers; nine digits grouped 3-2-4 are one without any mention.
// 4. A month and year in digits (03/28) for 20 s after something was said to expire.
// Outside these, prices, times, phone numbers (10 or 11 digits, also said twice) and addresses stay. Inside a card window a
// phone number goes too: recognition drops digits, so what looks like one may be most of a card.

import type { FoundCue } from './redact-cues.ts';
import { isTimeOrPrice } from './redact-exempt.ts';
import { findRuns, groupRuns, type NumberRun, type TimedToken } from './redact-runs.ts';

export type RedactionKind = 'CARD' | 'CVV' | 'EXPIRY' | 'SSN' | 'DIGITS';

/** A span of time in milliseconds in which numbers are hidden. */
interface Window {
  startMs: number;
  endMs: number;
}

const CARD_DIGITS = 12;
const SSN_DIGITS = 9;
const CARD_WINDOW_MS = 45_000;
const SSN_WINDOW_MS = 30_000;
// Estimated word times err by up to half a second, and "four two … is my card" puts the cue behind.
const BEFORE_CUE_MS = 2_000;
const CUE_REACH_MS = 20_000;
// North American numbers; no card is as long as two of them.
const REPEATED_PHONE_NUMBER = /^(1?[2-9]\d{2}[2-9]\d{6})\1+$/;
const SSN_AS_WRITTEN = /^\d{3}-\d{2}-\d{4}$/;
const SSN_GROUPS = '3-2-4';
// MMYY or MMYYYY of this century's first half: a bare year or a day of the month is neither.
const MONTH_AND_YEAR = /^(0[1-9]|1[0-2])(20)?[2-4]\d$/;
const MONTH =
  /^(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/;

function isInside(run: NumberRun, windows: readonly Window[]): boolean {
  return windows.some(({ startMs, endMs }) => run.endMs >= startMs && run.startMs <= endMs);
}

function isPhoneNumber(run: NumberRun): boolean {
  return run.value.length === 10 || run.value.length === 11;
}

function isCard({ value }: NumberRun): boolean {
  return value.length >= CARD_DIGITS && !REPEATED_PHONE_NUMBER.test(value);
}

// A card broken up by odd words: groups as they stand on a card, never a phone number or a postcode.
function isBrokenCard(group: readonly NumberRun[]): boolean {
  const isCardGroup = ({ value }: NumberRun) => value.length <= 4 || value.length === 8;
  const digits = group.reduce((sum, run) => sum + run.value.length, 0);
  return digits >= CARD_DIGITS && group.every(isCardGroup);
}

const askedAt = (cues: readonly FoundCue[]) => cues.map((cue) => cue.startMs);

/** Runs of one channel that are cards by their length alone. */
export function findCards(tokens: readonly TimedToken[], cues: readonly FoundCue[]): NumberRun[] {
  const runs = findRuns(tokens, false, askedAt(cues));
  const broken = groupRuns(runs, tokens, 3).filter(isBrokenCard).flat();
  return [...runs.filter(isCard), ...broken];
}

/** The card windows of a whole call, from both sides' cues and from the cards found by length. */
export function openCardWindows(cues: readonly FoundCue[], cards: readonly NumberRun[]): Window[] {
  return [...cues.filter((cue) => cue.opensCardWindow), ...cards].map(({ startMs, endMs }) => ({
    startMs: startMs - BEFORE_CUE_MS,
    endMs: endMs + CARD_WINDOW_MS,
  }));
}

function nameRun(
  run: NumberRun,
  group: readonly NumberRun[],
  cues: readonly FoundCue[],
): RedactionKind {
  const digits = run.value.length;
  if (digits >= CARD_DIGITS) {
    return 'CARD';
  }
  if (run.isOrdinary) {
    return 'DIGITS';
  }
  const cue = cues.findLast(
    ({ startMs, endMs }) => startMs <= run.startMs && run.startMs - endMs <= CUE_REACH_MS,
  );
  if (cue?.kind === 'CVV' && (digits === 3 || digits === 4)) {
    return 'CVV';
  }
  if (cue?.kind === 'EXPIRY' && digits <= 8) {
    return 'EXPIRY';
  }
  if (isBrokenCard(group)) {
    return 'CARD';
  }
  return cue?.kind === 'SSN' ? 'SSN' : 'DIGITS';
}

// "for two four two" in a card window: the word beside a spoken digit goes with it. Beside an expiry goes its month.
function widen(run: NumberRun, kind: RedactionKind, tokens: readonly TimedToken[]): NumberRun {
  const isSpoken = (at: number) => run.value.length >= 3 && tokens[at]?.value.length === 1;
  const isPart = (at: number, beside: number) =>
    (isSpoken(beside) && tokens[at]?.kind === 'SOUNDALIKE') ||
    (kind === 'EXPIRY' && MONTH.test(tokens[at]?.bare ?? ''));
  let { first, last } = run;
  while (isPart(first - 1, first)) first--;
  while (isPart(last + 1, last)) last++;
  return { ...run, first, last };
}

// A window closes once nine digits have come: the address that is told next is not part of the number.
function openSsnWindows(runs: readonly NumberRun[], cues: readonly FoundCue[]): Window[] {
  return cues
    .filter((cue) => cue.kind === 'SSN')
    .map((cue) => {
      const startMs = cue.startMs - BEFORE_CUE_MS;
      const number = runs.find((run) => run.startMs >= startMs && run.value.length === SSN_DIGITS);
      const latestMs = cue.endMs + SSN_WINDOW_MS;
      return { startMs, endMs: Math.min(number?.endMs ?? latestMs, latestMs) };
    });
}

function isGroupedSsn({ first, last, value }: NumberRun, tokens: readonly TimedToken[]): boolean {
  if (value.length !== SSN_DIGITS) return false;
  const groups = tokens.slice(first, last + 1).filter((token) => token.kind === 'NUMBER');
  return groups.map((token) => token.value.length).join('-') === SSN_GROUPS;
}

function saysExpiry({ startMs }: NumberRun, cues: readonly FoundCue[]): boolean {
  return cues.some(
    (cue) => cue.kind === 'EXPIRY' && cue.startMs <= startMs && startMs - cue.endMs <= CUE_REACH_MS,
  );
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

/**
 * Chooses what to hide in one channel.
 * @param tokens the channel's tokens in the order of speech
 * @param cardWindows card windows of the whole call
 * @param cues cues of the whole call, both sides, sorted by start
 * @returns what each hidden token is hidden as, by token index
 */
export function chooseHidden(
  tokens: readonly TimedToken[],
  cardWindows: readonly Window[],
  cues: readonly FoundCue[],
): Map<number, RedactionKind> {
  const hidden = new Map<number, RedactionKind>();
  const hide = (run: NumberRun, kind: RedactionKind) => {
    const { first, last } = widen(run, kind, tokens);
    for (let at = first; at <= last; at++) {
      if (!hidden.has(at)) hidden.set(at, kind);
    }
  };
  for (const card of findCards(tokens, cues)) {
    hide(card, 'CARD');
  }

  const afterCue = cardWindows.map(({ startMs, endMs }) => ({
    startMs: startMs + BEFORE_CUE_MS,
    endMs,
  }));
  // A price said just before "credit card" is a price.
  const inWindow = findRuns(tokens, true, askedAt(cues)).filter((run) =>
    isInside(run, run.isOrdinary ? afterCue : cardWindows),
  );
  for (const group of groupRuns(inWindow, tokens, 4)) {
    // Single digits told apart by other words: three of them are a dictation, two ("one or two") are talk.
    const isScattered = group.length >= 3;
    for (const run of group) {
      const isExempt = standsAlone(run, group, cues) && !mayAnswer(run, cues);
      if (isExempt && isTimeOrPrice(run, tokens)) continue;
      if (run.value.length >= 2 || isScattered) {
        hide(run, nameRun(run, group, cues));
      }
    }
  }

  const runs = findRuns(tokens, false, askedAt(cues));
  const ssnWindows = openSsnWindows(runs, cues);
  for (const run of runs) {
    const isDictated = run.value.length >= 3 && !run.isOrdinary && !isPhoneNumber(run);
    if ((isDictated && isInside(run, ssnWindows)) || isGroupedSsn(run, tokens)) {
      hide(run, 'SSN');
    }
    if (MONTH_AND_YEAR.test(run.value) && !run.isOrdinary && saysExpiry(run, cues)) {
      hide(run, 'EXPIRY');
    }
  }
  for (const [at, token] of tokens.entries()) {
    if (SSN_AS_WRITTEN.test(token.bare)) {
      hidden.set(at, 'SSN');
    }
  }
  return hidden;
}
