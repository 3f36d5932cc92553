// Whether two numbers that are said as one are a price: "one ninety five". Pure, and English. So are hours, addresses, years and
// codes said: money has to be told beside them.
import type { FoundNumber } from './match-number-words.ts';

/** Where what is told beside a number ends. */
const CLAUSE = /[.?!,;:](?:\s+|$)|\n+|\b(?:and|but|so|if)\b/;
const MONEY =
  /\$|\b(?:dollars?|bucks?|costs?|fees?|pric(?:es?|ed|ing)|charg(?:es?|ed|ing)|rates?|deposits?|pay|paid|payments?|quoted|totals?|balance|co-?pay|premium|rent|sells?|sold|discounts?)\b/;
/** Right before a price, where money is told. */
const TO_PRICE =
  /(?:\b(?:is|are|was|be|to|of|from|or|between|costs?|charges?|charged|pay|paid|quoted|sells?|sold)|['’]s|\b(?:sells?|sold) (?:it|that|them|this|those) for)(?: (?:you|it|like|just|only|usually|normally|typically|maybe|probably|roughly|approximately|about))*\s+$/;
/** Right before a price where it is not, of no address and no code. */
const MAY_BE =
  /(?:\b(?:is|are|was|be|comes? to|came to|runs?|for|do|looking at)|['’]s)(?: (?:you|like|just|only|usually|normally|typically|maybe|probably|roughly|approximately|about))*\s+$/;
/** Right before a price, whatever stands around. */
const COMES_TO = /\b(?:comes?|came) to (?:about |only |just )?$/;
const NO_PRICE =
  /\b(?:address|units?|apartment|apt|suite|rooms?|house|building|number|extension|codes?|box|lot|flight|bus|route|highway|weight|page|last four|card|pin|password|invoice|confirmation|model|reference|ticket|train|time)\b/;
/** Behind it stands no thing that has such a number, as a street. */
const NO_NOUN =
  /^\s*(?:$|[.,;:!?)\n–—]|(?:on|in|for|and|to|or|but|if|when|because|so|then|right|today|now)\b)/;
/** Right behind a price. */
const OF_PRICE =
  /^,?\s+(?:each|apiece|total|altogether|all in|installed|delivered|out the door|plus (?:tax|parts|labor)|(?:before|with|without|after|including)(?: the| your| any)? (?:insurance|tax(?:es)?|parts|labor)|(?:an?|per|every) (?:piece|person|head|visit|hour|day|night|week|month|quarter|year))\b/;
/** A question of money, and the answer up to the number. */
const ASKED =
  /\b(?:how much|what (?:do|does|would|will|is|are)[^.?!\n]*(?:costs?|prices?|charge|fees?|rates?|run)|(?:the|your) (?:deposit|fee|price|cost|rate|charge|total))\b[^.?!\n]*\?\s+([^.?!\n]*)$/;
const MOST_AROUND = 200;

const isHour = (one: FoundNumber, next: FoundNumber) =>
  /^(?:1[0-2]|[1-9])$/.test(one.value) && /^[0-5][05]$/.test(next.figures);
const isYear = (one: FoundNumber, next: FoundNumber) =>
  /^(?:19|20)\d\d$/.test(one.figures + next.figures);

function isPrice(one: FoundNumber, next: FoundNumber, plain: string): boolean {
  if (next.follows !== 'AT_ONCE' || next.figures.length !== 2) return false;
  if (one.unit === 'dollar' || next.unit === 'dollar') return true;
  if (isYear(one, next)) return false;
  const left = plain.slice(Math.max(0, one.from - MOST_AROUND), one.from);
  const right = plain.slice(next.to, next.to + MOST_AROUND);
  const clause = left.split(CLAUSE).at(-1) ?? '';
  if (COMES_TO.test(left) || OF_PRICE.test(right) || (MONEY.test(clause) && TO_PRICE.test(left)))
    return true;
  const answer = ASKED.exec(left)?.[1];
  if (answer !== undefined && (answer === '' || TO_PRICE.test(answer))) return true;
  return !isHour(one, next) && MAY_BE.test(left) && NO_NOUN.test(right) && !NO_PRICE.test(clause);
}

/** Says of each number of a text whether it makes a price with the one before it. */
export function withPrices(numbers: readonly FoundNumber[], plain: string): FoundNumber[] {
  return numbers.map((one, at) => {
    const last = numbers[at - 1];
    return { ...one, isPrice: last !== undefined && isPrice(last, one, plain) };
  });
}
