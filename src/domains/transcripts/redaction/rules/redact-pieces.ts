// A run that goes on over the end of a sentence or of a turn may be two numbers: the answers to two questions.
import { findRuns, type NumberRun, type TimedToken } from './redact-runs.ts';

/** The longest of what is looked for in one: a telephone number with the digit that stands for its country. */
const MOST_DIGITS = 11;
/** And with all that is said between its digits: a run of fillers may go on over thousands of turns. */
const MOST_WORDS = 60;

const isEnd = (token: TimedToken | undefined) =>
  token?.mark === 'STOP' || token?.endsSegment === true;

/** Where sentences and turns end inside a run, by the last token before. */
function endsInside({ first, last }: NumberRun, tokens: readonly TimedToken[]): number[] {
  const ends: number[] = [];
  for (let at = first; at < last; at++) if (isEnd(tokens[at])) ends.push(at);
  return ends;
}

/** What of a run stands from one token to another, when it is a number. */
function pieceOf(
  run: NumberRun,
  from: number,
  to: number,
  tokens: readonly TimedToken[],
): NumberRun | undefined {
  const [piece, more] = findRuns(tokens.slice(from, to + 1), true, []);
  if (!piece || more) return undefined;
  const isMoney = to === run.last && run.isOrdinary;
  return {
    ...piece,
    ...{ first: piece.first + from, last: piece.last + from },
    isOrdinary: piece.isOrdinary || isMoney,
  };
}

/**
 * What of a run was told before each end of a sentence or a turn in it: "It expires 01/27." – "And the address?" – "4120 Oak
 * Street" is no number of eight digits.
 */
export function beginningsOf(run: NumberRun, tokens: readonly TimedToken[]): NumberRun[] {
  const found: NumberRun[] = [];
  for (const end of endsInside(run, tokens)) {
    if (end - run.first > MOST_WORDS) break;
    const piece = pieceOf(run, run.first, end, tokens);
    if (piece && piece.value.length > MOST_DIGITS) break;
    if (piece) found.push(piece);
  }
  return found;
}
