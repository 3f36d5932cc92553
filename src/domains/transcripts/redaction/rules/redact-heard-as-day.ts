// Digits at the end of a card that recognition wrote as a day of the month.

import type { NumberRun, TimedToken } from './redact-runs.ts';

const WHOLE_CARD = 15;
const ORDINAL = /^(\d+)(?:st|nd|rd|th)$/;
const MOST_BEFORE_ORDINAL = 4;

/**
 * What is missing of a card and was heard as a day right behind it: "zero eight six one" as "of the early 8th of June".
 * @returns the day; nothing behind a card that lacks nothing
 */
export function findHeardAsDay(
  group: readonly NumberRun[],
  tokens: readonly TimedToken[],
): NumberRun[] {
  const from = (group.at(-1)?.last ?? tokens.length) + 1;
  const end = tokens.findIndex((token, at) => at >= from - 1 && token.mark === 'STOP');
  const to = Math.min(from + MOST_BEFORE_ORDINAL, end < 0 ? tokens.length : end + 1);
  const at = tokens.findIndex(({ bare }, i) => i >= from && i < to && ORDINAL.test(bare));
  const day = tokens[at];
  const digits = group.reduce((sum, { value }) => sum + value.length, 0);
  if (!day || digits >= WHOLE_CARD) return [];
  const [, value = ''] = day.bare.match(ORDINAL) ?? [];
  const { startMs, endMs } = day;
  return [{ first: at, last: at, value, isOrdinary: false, startMs, endMs }];
}
