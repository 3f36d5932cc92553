// Where the digits of a card begin behind talk of cards in general, and nobody asked for one: what is long enough to be most of
// it, or grouped as it is, and told as nothing else.
import { isAwaited } from './redact-card-turns.ts';
import type { FoundCue } from './redact-cues.ts';
import { isToldAsPhone } from './redact-exempt.ts';
import { isList } from './redact-lists.ts';
import { isLocalPhone, isPhone, partsOf, splitInGroups } from './redact-parts.ts';
import { findRuns, groupRuns, type NumberRun, type TimedToken } from './redact-runs.ts';
import { isSsnDue } from './redact-ssn.ts';
import { isCode } from './redact-tokens.ts';
import { areToldApart, isCounted, isNamed, isPlaced } from './redact-told-apart.ts';

type Window = Pick<FoundCue, 'startMs' | 'endMs'>;

const ANSWERED_MS = 20_000;
const LEAST_DIGITS = 8;
const LEAST_BROKEN = 10;
const CARD_GROUP = 4;
const MOST_OTHER_WORDS = 3;
const FIRST_OF_CARD = /^[2-6]/;
const IN_FOURS = /^4-4\b/;
/** "4716 229" */
const CUT_SHORT = /^4-3$/;
const DATE = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$/;

interface Call {
  cues: readonly FoundCue[];
  general: readonly FoundCue[];
  /** where somebody speaks of a phone */
  phoneCues: readonly Window[];
  /** where somebody names a number that is no secret */
  others: readonly Window[];
}

/**
 * Finds them in one channel.
 * @returns one cue for each, as if somebody had spoken of one card there
 */
export function findBegunCards(tokens: readonly TimedToken[], call: Call): FoundCue[] {
  const { cues, general, phoneCues, others } = call;
  if (general.length === 0) return [];
  const asked = [...cues, ...others].map(({ startMs }) => ({ atMs: startMs, leastDigits: 0 }));
  const groupsOf = (run: NumberRun) => splitInGroups(partsOf(run, tokens) ?? []);
  const isTelephone = (run: NumberRun) => {
    const parts = partsOf(run, tokens) ?? [];
    return parts.length > 0 && (isPhone(parts) || isLocalPhone(parts));
  };
  const isOther = (run: NumberRun) =>
    run.isOrdinary ||
    isTelephone(run) ||
    isToldAsPhone(run, phoneCues, cues) ||
    isSsnDue(run, cues) ||
    [isNamed, isPlaced, isCounted].some((is) => is(run, tokens)) ||
    isList([run], tokens) ||
    tokens
      .slice(run.first, run.last + 1)
      .some(({ bare }, n) => DATE.test(bare) || isCode(tokens, run.first + n));
  const runs = findRuns(tokens, false, asked).filter(
    (run) => isAwaited(run, general) && !isOther(run),
  );
  const isAnswer = ({ startMs }: NumberRun) =>
    others.some((one) => one.startMs <= startMs && startMs - one.endMs <= ANSWERED_MS);
  const long = runs.filter((run) => {
    const groups = groupsOf(run)
      .map(({ length }) => length)
      .join('-');
    if (IN_FOURS.test(groups)) return true;
    return (run.value.length >= LEAST_DIGITS || CUT_SHORT.test(groups)) && !isAnswer(run);
  });
  const broken = groupRuns(runs, tokens, MOST_OTHER_WORDS).filter(
    (group) =>
      group.length > 1 &&
      group.reduce((sum, { value }) => sum + value.length, 0) >= LEAST_BROKEN &&
      FIRST_OF_CARD.test(group[0]?.value ?? '') &&
      group.every((run) => groupsOf(run).every(({ length }) => length <= CARD_GROUP)) &&
      !group.some(isAnswer) &&
      !areToldApart(group, tokens) &&
      !isList(group, tokens),
  );
  return [...long, ...broken.flatMap(([first]) => first ?? [])].map(
    ({ startMs, endMs }): FoundCue => ({
      ...{ kind: 'CARD', startMs, endMs, opensCardWindow: true, mayBeInside: true },
    }),
  );
}
