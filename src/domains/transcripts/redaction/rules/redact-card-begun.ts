// Where the digits of a card begin behind talk of cards in general, and nobody asked for one: what is long enough to be most of
// it, or grouped as it is, and told as nothing else.
import { isAwaited } from './redact-card-turns.ts';
import type { FoundCue } from './redact-cues.ts';
import { isToldAsPhone } from './redact-exempt.ts';
import { isList } from './redact-lists.ts';
import { isLocalPhone, isPhone, type Part, partsOf, splitInGroups } from './redact-parts.ts';
import { findRuns, groupRuns, type NumberRun, type TimedToken } from './redact-runs.ts';
import { findSaid } from './redact-said.ts';
import { isSsnDue } from './redact-ssn.ts';
import { isCode } from './redact-tokens.ts';
import { areToldApart, isCounted, isNamed, isPlaced } from './redact-told-apart.ts';
import { mayBeDigit } from './redact-torn.ts';

type Window = Pick<FoundCue, 'startMs' | 'endMs'>;

const ANSWERED_MS = 20_000;
const RIGHT_BEHIND_MS = 3_000;
const LEAST_DIGITS = 8;
const LEAST_BROKEN = 10;
const CARD_GROUP = 4;
const MOST_OTHER_WORDS = 3;
const WORDS_BEFORE = 6;
const FIRST_OF_CARD = /^[2-6]/;
const IN_FOURS = /^4-4\b/;
/** "4716 229" */
const CUT_SHORT = /^4-3$/;
const DATE = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$/;

/** Where somebody may be reached; what else has a number as long. */
const REACHED =
  /\b(?:your|best|good|better|another|different|which|what) (?:phone |contact |cell |callback )?numbers?|numbers? (?:to|for you|where|can)|reach(?:ed)?\b/g;
const OF_ELSE =
  /\b(?:accounts?|members?|membership|customer|confirmation|reference|permit|licen[cs]e|registration|job|order|filter|loyalty|rewards?)(?: (?:numbers?|code|id))?(?: (?:is|was|it's))?$/;

interface Call {
  cues: readonly FoundCue[];
  general: readonly FoundCue[];
  /** where somebody speaks of a phone */
  phoneCues: readonly Window[];
  /** where somebody names a number that is no secret */
  others: readonly Window[];
}

/** Whether what was asked for between some words and a number was not told before it. */
function isAnswer(
  { startMs }: NumberRun,
  asked: readonly Window[],
  numbers: readonly Window[],
): boolean {
  return asked.some(
    (one) =>
      one.startMs <= startMs &&
      startMs - one.endMs <= ANSWERED_MS &&
      !numbers.some((told) => told.startMs >= one.endMs && told.endMs < startMs),
  );
}

/** Whether they are as long as a telephone number with its area code, and were told digit by digit, parted nowhere. */
const isInOne = (parts: readonly Part[]) =>
  parts.length > 1 &&
  splitInGroups(parts).length === 1 &&
  isPhone(parts) &&
  FIRST_OF_CARD.test(parts[0]?.value ?? '');

/** Whether a run, or the words in front of it, tell that it is no card. */
function isTold(run: NumberRun, tokens: readonly TimedToken[], call: Call): boolean {
  const parts = partsOf(run, tokens) ?? [];
  const before = tokens.slice(Math.max(0, run.first - WORDS_BEFORE), run.first);
  return (
    run.isOrdinary ||
    isToldAsPhone(run, call.phoneCues, call.cues) ||
    isSsnDue(run, call.cues) ||
    [isNamed, isPlaced, isCounted].some((is) => is(run, tokens)) ||
    (!isInOne(parts) && isList([run], tokens)) ||
    (parts.length > 0 && isLocalPhone(parts)) ||
    parts.some(({ isRange, value }) => isRange && value.length >= CARD_GROUP - 1) ||
    OF_ELSE.test(before.map(({ bare }) => bare).join(' ')) ||
    parts.some(({ bare, at }) => DATE.test(bare) || isCode(tokens, at))
  );
}

/**
 * Finds them in a call.
 * @param sides all of its channels
 * @returns one cue for each, as if somebody had spoken of one card there
 */
export function findBegunCards(
  sides: readonly { tokens: readonly TimedToken[] }[],
  call: Call,
): FoundCue[] {
  const { cues, general, others } = call;
  if (general.length === 0) return [];
  const asked = [...cues, ...others].map(({ startMs }) => ({ atMs: startMs, leastDigits: 0 }));
  const numbers = sides.flatMap(({ tokens }) => findRuns(tokens, true, asked));
  const reached = [
    ...call.phoneCues,
    ...sides.flatMap(({ tokens }) => findSaid(tokens, [REACHED]).flat()),
  ];
  const find = (tokens: readonly TimedToken[]) => {
    const groupsOf = (run: NumberRun) => splitInGroups(partsOf(run, tokens) ?? []);
    const mayBePhone = (run: NumberRun) => {
      const parts = partsOf(run, tokens) ?? [];
      if (parts.length === 0 || !isPhone(parts)) return false;
      const isCalledSo = reached.some(
        ({ startMs }) => startMs >= run.endMs && startMs - run.endMs <= RIGHT_BEHIND_MS,
      );
      return !isInOne(parts) || isCalledSo || isAnswer(run, reached, numbers);
    };
    const runs = findRuns(tokens, false, asked).filter(
      (run) => isAwaited(run, general) && !isTold(run, tokens, call) && !mayBePhone(run),
    );
    const isOther = (run: NumberRun) => isAnswer(run, others, numbers);
    const long = runs.filter((run) => {
      const groups = groupsOf(run)
        .map(({ length }) => length)
        .join('-');
      if (IN_FOURS.test(groups)) return true;
      return (run.value.length >= LEAST_DIGITS || CUT_SHORT.test(groups)) && !isOther(run);
    });
    const isBroken = (group: readonly NumberRun[], least: number) =>
      group.length > 1 &&
      group.reduce((sum, { value }) => sum + value.length, 0) >= least &&
      FIRST_OF_CARD.test(group[0]?.value ?? '') &&
      group.every((run) => groupsOf(run).every(({ length }) => length <= CARD_GROUP)) &&
      !group.some(isOther) &&
      !areToldApart(group, tokens) &&
      !isList(group, tokens);
    const isTorn = (group: readonly NumberRun[]) =>
      group[0]?.value.length === CARD_GROUP &&
      tokens
        .slice(group[0].last + 1, group.at(-1)?.first)
        .every((token) => token.kind === 'NUMBER' || (mayBeDigit(token) && token.bare !== 'or'));
    const broken = groupRuns(runs, tokens, MOST_OTHER_WORDS).filter((group) =>
      isBroken(group, isTorn(group) ? LEAST_DIGITS : LEAST_BROKEN),
    );
    return [...long, ...broken.flatMap(([first]) => first ?? [])];
  };
  return sides
    .flatMap(({ tokens }) => find(tokens))
    .map(
      ({ startMs, endMs }): FoundCue => ({
        ...{ kind: 'CARD', startMs, endMs, opensCardWindow: true, mayBeInside: true },
      }),
    );
}
