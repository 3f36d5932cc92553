// Whether the numbers of a claim were said. Pure, and English. A number that stands with others belongs to them: of "at nine
// thirty" there is neither a nine o'clock nor a thirty, and of "a job at nine for thirty dollars" no half past nine.
import type { SaidNumber } from './match-number-words.ts';
import { readNumbers } from './match-said-numbers.ts';

/** From so many figures on, a claim may write together what was said in pieces: "four one five, fifty five …". */
const LONG = 7;

/** Whether every number of a claim was said, with the numbers that it stands with there, and of the same half of the day. */
export function hasNumbers(claim: string, said: string): boolean {
  const told = piecesOf(readNumbers(claim), 'AT_ONCE');
  if (told.length === 0) return true;
  const there = readNumbers(said);
  return told.every((run) => isRun(run, there) || isWrittenTogether(run, there));
}

/** Whether a group stands somewhere in what was said, one number right behind the other, and no hour without its minutes. */
function isRun(run: readonly SaidNumber[], there: readonly SaidNumber[]): boolean {
  return there.some((first, from) => {
    if (first.isMinutes || there[from + run.length]?.isMinutes) return false;
    return run.every((told, at) => {
      const said = there[from + at];
      if (said?.value !== told.value || !isOfHalf(told, said)) return false;
      return at === 0 || said.follows === 'AT_ONCE';
    });
  });
}

/** "9 am" has to have been said so; "9 in the morning" only must not have been said of the evening. */
function isOfHalf(told: SaidNumber, said: SaidNumber): boolean {
  if (told.half === null || told.half === said.half) return true;
  return said.half === null && !told.isMarked;
}

/** "911" was said as "nine one one", "$89.50" as "eighty nine fifty", a telephone number in any pieces. */
function isWrittenTogether(run: readonly SaidNumber[], there: readonly SaidNumber[]): boolean {
  const [told, ...more] = run;
  if (!told || more.length > 0 || told.half !== null) return false;
  const { value } = told;
  if (!value.includes('.')) {
    return value.length >= LONG
      ? piecesOf(there, 'COMMA').some((piece) => figuresOf(piece).includes(value))
      : piecesOf(there, 'AT_ONCE').some((piece) => isSpelled(piece) && figuresOf(piece) === value);
  }
  return piecesOf(there, 'AT_ONCE').some(
    (piece) => piece.length === 2 && piece.map((one) => one.value).join('.') === value,
  );
}

/** What stands together, also behind commas where that is said. */
function piecesOf(
  there: readonly SaidNumber[],
  until: Exclude<SaidNumber['follows'], 'APART'>,
): SaidNumber[][] {
  const pieces: SaidNumber[][] = [];
  for (const number of there) {
    const isNext = number.follows === 'AT_ONCE' || number.follows === until;
    const piece = isNext ? pieces.at(-1) : undefined;
    if (piece) piece.push(number);
    else pieces.push([number]);
  }
  return pieces;
}

const figuresOf = (piece: readonly SaidNumber[]) => piece.map(({ figures }) => figures).join('');
const isSpelled = (piece: readonly SaidNumber[]) => piece.every((one) => one.isSpelled);
