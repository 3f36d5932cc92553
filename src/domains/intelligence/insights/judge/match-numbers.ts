// Whether the numbers of a claim were said. Pure, and English. A number that stands with others belongs to them: of "at nine
// thirty" there is neither a nine o'clock nor a thirty, and of "a job at nine for thirty dollars" no half past nine. Nor is there
// money in "fifty gallons": a number counts what it was said to count. Two that a claim only writes side by side, "2 50-gallon heaters", may have been said apart.
import type { SaidNumber } from './match-number-words.ts';
import { openSaid, type Said } from './match-said.ts';
import { readNumbers } from './match-said-numbers.ts';

/** From so many figures on, a claim may write together what was said in pieces: "four one five, fifty five …". */
const LONG = 7;

/** "At noon" is told as 12 pm, too. */
const readSaid = (text: string) =>
  readNumbers(text.replace(/\bnoon\b/gi, '12 pm').replace(/\bmidnight\b/gi, '12 am'));

/** Whether every number of a claim was said, with the numbers that it stands with there, and of the same half of the day. */
export function hasNumbers(claim: string, said: string | Said): boolean {
  const told = piecesOf(readNumbers(claim), isAtOnce);
  if (told.length === 0) return true;
  const there = openSaid(said).once(readSaid);
  const stands = (run: readonly SaidNumber[]) => isRun(run, there) || isWrittenTogether(run, there);
  return told.every((run) => stands(run) || apart(run).every(stands));
}

/** What of a group may have been said apart: each number but figures said one by one, and an hour only with its minutes. */
function apart(run: readonly SaidNumber[]): SaidNumber[][] {
  if (isSpelled(run)) return [[...run]];
  return piecesOf(run, ({ isMinutes }) => isMinutes);
}

/** Whether a group stands somewhere in what was said, one number right behind the other, and no hour without its minutes. */
function isRun(run: readonly SaidNumber[], there: readonly SaidNumber[]): boolean {
  return there.some((first, from) => {
    if (first.isMinutes || there[from + run.length]?.isMinutes) return false;
    return run.every((told, at) => {
      const said = there[from + at];
      if (said?.value !== told.value || !isOfHalf(told, said) || !isOfUnit(told, said))
        return false;
      return at === 0 || said.follows === 'AT_ONCE';
    });
  });
}

/**
 * "9 am" has to have been said so, or as nine where the morning was just spoken of; "9 in the morning" only must not have been
 * said of the evening. That a business is open then does not make a bare nine a morning.
 */
function isOfHalf(told: SaidNumber, said: SaidNumber): boolean {
  if (told.half === null || told.half === said.half) return true;
  return said.half === null && (!told.isMarked || said.likely === told.half);
}

/** A number counts what it was said to count, where both tell; "at ten" was not said with "between eight and ten". */
function isOfUnit(told: SaidNumber, said: SaidNumber): boolean {
  if (told.isExact && said.isWithin) return false;
  return told.unit === null || said.unit === null || told.unit === said.unit;
}

/** "911" was said as "nine one one", "$125" as "one twenty five", "$89.50" as "eighty nine fifty", a telephone number in any pieces. */
function isWrittenTogether(run: readonly SaidNumber[], there: readonly SaidNumber[]): boolean {
  const [told, ...more] = run;
  if (!told || more.length > 0 || told.half !== null) return false;
  const { value } = told;
  const isPrice = told.unit === 'dollar' && /^\d{3,4}$/.test(value);
  if (isPrice && piecesOf(there, isAtOnce).some((piece) => isPriceOf(value, piece))) return true;
  if (told.unit === null && /^[1-9]\d{2,4}$/.test(value) && isInPairs(value, there)) return true;
  if (!value.includes('.')) {
    return value.length >= LONG
      ? piecesOf(there, isNear).some((piece) => figuresOf(piece).includes(value))
      : piecesOf(there, isAtOnce).some(
          (piece) => piece.length > 1 && isSpelled(piece) && figuresOf(piece) === value,
        );
  }
  return piecesOf(there, isAtOnce).some(
    (piece) => piece.length === 2 && piece.map((one) => one.value).join('.') === value,
  );
}

/** "Forty two eighteen Maple Drive", "nineteen ninety eight": of no money, of no hour, and of nothing that is counted. */
function isInPairs(value: string, there: readonly SaidNumber[]): boolean {
  const plain = ({ unit, half, isMinutes, isPrice }: SaidNumber) =>
    (unit === null || unit === 'date') && half === null && !isMinutes && !isPrice;
  return there.some((_, from) => {
    let figures = '';
    for (let at = from; at < there.length && figures.length < value.length; at++) {
      const one = there[at];
      if (!one || !plain(one) || (at > from && one.follows !== 'AT_ONCE')) return false;
      figures += one.figures;
    }
    return figures === value && there[from]?.value !== value;
  });
}

/** Hundreds and what is beside them, told as money and of no hour. */
function isPriceOf(value: string, piece: readonly SaidNumber[]): boolean {
  const isPair = piece.length === 2 && piece[1]?.figures.length === 2 && piece[1].isPrice;
  const isMoney = piece.every(
    ({ unit, isMinutes }) => !isMinutes && (unit ?? 'dollar') === 'dollar',
  );
  return isPair && isMoney && figuresOf(piece) === value;
}

/** What stands together: each number that goes on, with those before it. */
function piecesOf(
  there: readonly SaidNumber[],
  goesOn: (number: SaidNumber) => boolean,
): SaidNumber[][] {
  const pieces: SaidNumber[][] = [];
  for (const number of there) {
    const piece = goesOn(number) ? pieces.at(-1) : undefined;
    if (piece) piece.push(number);
    else pieces.push([number]);
  }
  return pieces;
}

const isAtOnce = ({ follows }: SaidNumber) => follows === 'AT_ONCE';
/** Or behind a comma. */
const isNear = ({ follows }: SaidNumber) => follows !== 'APART';
const figuresOf = (piece: readonly SaidNumber[]) => piece.map(({ figures }) => figures).join('');
const isSpelled = (piece: readonly SaidNumber[]) => piece.every((one) => one.isSpelled);
