// Whether two numbers that are said as one are an hour and its minutes, or may be the number of a house, a code, a measure: "we
// have ten thirty open" tells of no 1030, "suite ten thirty" does. Pure, and English.
import { before, behind, type FoundNumber } from './match-number-words.ts';

/** Behind it stands a number of something. */
const LABEL =
  /\b(?:(?:suites?|ste|units?|rooms?|apartment|apt|numbers?|extension|ext|codes?|zip|pin|box|lot|flight|route|rt|highway|hwy|interstate|exit|forms?|model|sections?|articles?|part|chapter|pages?|ticket|invoice|confirmation|reference|order|claim|case|policy|account|card|cheque|check number|last four|last three|ending|ends|bus|gate|floor|building|house|address|live|lives|located|weigh|weighs|weight|pressure|sugar|glucose|fever|temperature|pulse|heart rate|cholesterol|reading|size|tires?|bmw|lexus|audi|mercedes|porsche|ram|silverado|sierra)(?:['’]s)?(?: (?:number|is|was|are|in|at|on|of|the|a|an|about|around|like|only|now|still|it|reads?))*|\b(?:call|called|calling|dial|dialed)(?: to)?|\bset(?: it)? to|\b[b-hj-z])[ -]$/;
/** Behind the number of a house. */
export const STREET =
  /^\s+(?:(?:\p{L}+\s+){1,3}(?:drive|dr|street|st|avenue|ave|road|rd|lane|ln|boulevard|blvd|court|ct|circle|place|way|parkway|highway|terrace)|(?:(?:north|south|east|west)\s+)?broadway)\b/u;
/** Behind a measure: of a pressure, of a weight, of a meal, of an engine, of a plan for retirement or for school. */
const MEASURED =
  /^[\s-]*(?:over \w|pounds?\b|lbs?\b|calories\b|horsepower\b|plan\b|k\b|[a-z]\b(?<![ai]))/;
/** Units of which there are so many, and of no hour. */
const isCounted = ({ unit }: FoundNumber) => unit !== null && unit !== 'clock' && unit !== 'date';

function mayBeTime(one: FoundNumber, next: FoundNumber, plain: string): boolean {
  const isPair = /^(?:1[0-2]|[1-9])$/.test(one.figures) && /^[0-5]\d$/.test(next.figures);
  if (!isPair || next.follows !== 'AT_ONCE' || isCounted(next)) return false;
  const right = behind(plain, next.to);
  return !LABEL.test(before(plain, one.from)) && !STREET.test(right) && !MEASURED.test(right);
}

/** Says of each number of a text whether it may tell the minutes of the one before it. */
export function withTimes(numbers: readonly FoundNumber[], plain: string): FoundNumber[] {
  return numbers.map((one, at) => {
    const last = numbers[at - 1];
    // an hour and its minutes are two, and no more
    const isAlone = last?.follows !== 'AT_ONCE' && numbers[at + 1]?.follows !== 'AT_ONCE';
    return { ...one, mayBeTime: isAlone && last !== undefined && mayBeTime(last, one, plain) };
  });
}
