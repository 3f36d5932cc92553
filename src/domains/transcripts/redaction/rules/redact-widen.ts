// Which words beside a number that is hidden go with it.
import { isLostDigit } from './redact-broken.ts';
import type { SecureKind } from './redact-labels.ts';
import type { NumberRun, TimedToken } from './redact-runs.ts';
import { isHesitation } from './redact-smooth.ts';

const MONTH =
  /^(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/;

/**
 * A run with the words beside it that are of the same number: "for two four two" in a card window, the month of an expiry.
 * @param isPiece whether it is one of several pieces of a number
 */
export function widen(
  run: NumberRun,
  kind: SecureKind,
  tokens: readonly TimedToken[],
  isPiece: boolean,
): NumberRun {
  const isLong = run.value.length >= 3 || kind === 'CVV';
  const isSpoken = (at: number) => tokens[at]?.value.length === 1;
  const isDigits =
    kind === 'CARD' ||
    kind === 'SSN' ||
    (kind === 'DIGITS' && (isPiece || run.value.length >= 4) && !run.isOrdinary);
  const isOh = (at: number) => /^oh?$/.test(tokens[at]?.bare ?? '');
  // "March of 27", "oh three of 27"
  const isMonth = (at: number) =>
    MONTH.test(tokens[at]?.bare ?? '') ||
    (tokens[at + 1]?.bare === 'of' && /^(?:0?[1-9]|1[0-2])$/.test(tokens[at]?.value ?? ''));
  const isOfMonth = (at: number) => isMonth(at) || (tokens[at]?.bare === 'of' && isMonth(at - 1));
  const isPart = (at: number, beside: number) =>
    (isLong && tokens[at]?.kind === 'SOUNDALIKE' && (isSpoken(beside) || isOh(at))) ||
    (kind === 'EXPIRY' && (isOfMonth(at) || (at < run.first && isOh(at)))) ||
    (isDigits && isLostDigit(tokens[at]));
  let { first, last } = run;
  // "nein, uh, two two"
  const isFarPart = (at: number, step: 1 | -1) =>
    isDigits && isHesitation(tokens[at]?.bare ?? '') && isLostDigit(tokens[at + step]);
  while (isPart(first - 1, first) || isFarPart(first - 1, -1)) first--;
  while (isPart(last + 1, last) || isFarPart(last + 1, 1)) last++;
  return { ...run, first, last };
}
