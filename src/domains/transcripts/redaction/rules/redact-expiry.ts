// Expiry dates outside of a card's window: a month and a year for 20 s after something was said to expire, and right behind that
// also where recognition dropped or doubled a part of them.
import type { FoundCue } from './redact-cues.ts';
import type { NumberRun, TimedToken } from './redact-runs.ts';

const CUE_REACH_MS = 20_000;
/** "valid through", then a few words */
const RIGHT_BEHIND_MS = 4_000;
// MMYY or MMYYYY of this century's first half: a bare year or a day of the month is neither.
const YEAR = /^20[2-4]\d$/;
const MONTH_AND_YEAR = /^(0[1-9]|1[0-2])(20)?[2-4]\d$/;
const MONTH =
  /^(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/;
const HARMED_YEAR = /^(?:20[2-4]|20[2-4]\d20[2-4]\d|(?:20){2}[2-4]\d)$/;
const HARMED_MONTH_AND_YEAR =
  /^(?:0?\d|0[1-9]{1,2}|00[1-9]|1[0-2]{1,2}|11[0-2])(?:20){0,2}[2-4]\d{1,2}$/;
/** No time of the day as times are told, and no day: "oh nine twenty eight", "three twenty eight". */
const SURELY = /^0[1-9](?:20)?[2-4]\d$|^(?:[1-9]|1[0-2])(?:20[2-4]\d|[2-4][1-46-9])$/;
/** "November of twenty seven" */
const SHORT_YEAR = /^[2-4]\d$/;
/** "nine twenty eight", where both are asked for */
const SHORT_MONTH_AND_YEAR = /^(?:[1-9]|1[0-2])(?:20)?[2-4]\d$/;
/** "expires in 330 days" */
const COUNTED =
  /^(?:days?|weeks?|months?|years?|hours?|minutes?|miles?|points?|percent|dollars|bucks)$/;

const isMonth = (token: TimedToken | undefined) =>
  token !== undefined && (MONTH.test(token.bare) || /^(?:0?[1-9]|1[0-2])$/.test(token.value));

/** Whether a run has the form of an expiry date, wherever it stands: "0328", "March 2028". */
export function readsAsExpiry({ first, value }: NumberRun, tokens: readonly TimedToken[]): boolean {
  const hasMonth = MONTH.test(tokens[first - 1]?.bare ?? '');
  return MONTH_AND_YEAR.test(value) || (YEAR.test(value) && hasMonth);
}

/** Whether a run is an expiry date by what was said before it, in the whole call. */
export function isExpiry(
  run: NumberRun,
  tokens: readonly TimedToken[],
  cues: readonly FoundCue[],
): boolean {
  if (run.isOrdinary) return false;
  const isBehind = (reachMs: number) =>
    cues.some(
      (cue) =>
        cue.kind === 'EXPIRY' &&
        (!cue.isLoose || isSure) &&
        cue.startMs <= run.startMs &&
        run.startMs - cue.endMs <= reachMs,
    );
  const before = tokens[run.first - 1]?.bare ?? '';
  const isOf = before === 'of' && isMonth(tokens[run.first - 2]);
  const hasMonth = isOf || MONTH.test(before);
  const isSure = SURELY.test(run.value) || (hasMonth && YEAR.test(run.value)) || isOf;
  if (isOf && SHORT_YEAR.test(run.value)) return isBehind(CUE_REACH_MS);
  const isTime = /^(?:at|about|by|around|till?|until)$/.test(before);
  const isBoth =
    !isTime && (hasMonth ? SHORT_YEAR.test(run.value) : SHORT_MONTH_AND_YEAR.test(run.value));
  const asked = cues.findLast(({ startMs }) => startMs <= run.startMs);
  if (isBoth && asked?.asksBoth) return run.startMs - asked.endMs <= CUE_REACH_MS;
  if (MONTH_AND_YEAR.test(run.value) || (YEAR.test(run.value) && hasMonth)) {
    return isBehind(CUE_REACH_MS);
  }
  const isHarmed =
    HARMED_MONTH_AND_YEAR.test(run.value) ||
    (HARMED_YEAR.test(run.value) && hasMonth) ||
    (/^[2-4]\d$/.test(run.value) && /^oh?$/.test(before));
  const isCounted = COUNTED.test(tokens[run.last + 1]?.bare ?? '');
  return isHarmed && !isCounted && isBehind(RIGHT_BEHIND_MS);
}
