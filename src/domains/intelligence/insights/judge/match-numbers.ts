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
    const next = there[from + run.length];
    if (first.isMinutes || next?.isMinutes) return false;
    if (run[0] && run.length === 1 && isOfPair(run[0], there[from - 1], first, next)) return false;
    return run.every((told, at) => {
      const said = there[from + at];
      if (!said || !isSame(told, said) || !isOfHalf(told, said) || !isOfUnit(told, said))
        return false;
      return at === 0 || said.follows === 'AT_ONCE';
    });
  });
}

/** "5.0" is 5; of figures that are said one by one each counts. */
const isSame = ({ value: told }: SaidNumber, { value: said }: SaidNumber) =>
  told === said || (/\./.test(told + said) && Number(told) === Number(said));

/** Of these nobody says how many there are, as of "two fifty gallon heaters". */
const MEASURES: ReadonlySet<string | null> = new Set(
  'percent degree volt mile psi mph'.split(' ').concat('square foot'),
);

/** Of "one ninety five" there are no 95 dollars, of "eighty nine fifty" no 89, and of "two forty volts" no 40. */
function isOfPair(
  told: SaidNumber,
  last: SaidNumber | undefined,
  said: SaidNumber,
  next: SaidNumber | undefined,
): boolean {
  const ends = (one: SaidNumber | undefined) =>
    one?.follows === 'AT_ONCE' && /^\d\d$/.test(one.figures);
  // "two ninety degree elbows"
  const isBend = told.unit === 'degree' && /^(?:45|90)$/.test(told.value);
  if (MEASURES.has(told.unit)) return ends(said) && /^[1-9]$/.test(last?.figures ?? '') && !isBend;
  if (told.unit !== 'dollar') return false;
  return said.isPrice || next?.isPrice || (said.unit === null && (ends(said) || ends(next)));
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
  if (/^[1-9]\d{2,4}$/.test(value) && isInPairs(told, there)) return true;
  if (!value.includes('.')) {
    return value.length >= LONG
      ? piecesOf(there, isNear).some((piece) => figuresOf(piece).includes(value))
      : piecesOf(there, isAtOnce).some(
          (piece) =>
            piece.length > 1 &&
            isSpelled(piece) &&
            !piece.some((one) => one.mayBeTime) &&
            figuresOf(piece) === value,
        );
  }
  return piecesOf(there, isAtOnce).some((piece) => inDollars(piece) === value);
}

/** "Eighty nine fifty" are 89.50, "one twenty nine ninety nine" 129.99. */
function inDollars(piece: readonly SaidNumber[]): string | null {
  const whole = piece.slice(0, -1);
  const isPair = whole.length === 2 && /^[1-9]$/.test(whole[0]?.figures ?? '');
  const isHundreds = isPair && /^\d\d$/.test(whole[1]?.figures ?? '');
  if (whole.length !== 1 && !isHundreds) return null;
  return `${isHundreds ? figuresOf(whole) : whole[0]?.value}.${piece.at(-1)?.value}`;
}

/** "Forty two eighteen Maple Drive", "nineteen ninety eight", "two twenty volts": of no money, no price and no hour. */
function isInPairs({ value, unit }: SaidNumber, there: readonly SaidNumber[]): boolean {
  if (unit === 'dollar' || unit === 'clock' || unit === 'date') return false;
  const isPlain = ({ half, isMinutes, isPrice, mayBeTime }: SaidNumber) =>
    half === null && !isMinutes && !isPrice && !mayBeTime;
  const isBare = (one: SaidNumber) => one.unit === null || one.unit === 'date';
  return there.some((_, from) => {
    let figures = '';
    for (let at = from; at < there.length && figures.length < value.length; at++) {
      const one = there[at];
      if (!one || !isPlain(one) || (at > from && one.follows !== 'AT_ONCE')) return false;
      figures += one.figures;
      if (figures === value) return at > from && (one.unit === unit || (!unit && isBare(one)));
      if (!isBare(one)) return false;
    }
    return false;
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
