// Amounts that are no numbers: "thousands of dollars", "twice as much", "a dozen". Pure, and English: each has to have been said,
// in that word or in one that means the same. What is half of an inch, or two and a half, is a number.
import { levelParts } from './match-parts.ts';
import { openSaid, type Said } from './match-said.ts';

const AMOUNTS: readonly { told: RegExp; said: RegExp }[] = [
  { told: /\bdozen\b/, said: /\bdozens?\b|\btwelve\b|\b12\b|\btwenty[ -]four\b|\b24\b/ },
  { told: /\bdozens\b/, said: /\bdozens\b|\b(?:few|couple|several) dozen\b/ },
  ...['hundred', 'thousand', 'million'].map((scale) => ({
    told: new RegExp(`\\b${scale}s\\b|\\b(?:few|couple|several)(?: of)? ${scale}\\b`),
    said: new RegExp(`\\b${scale}s\\b|\\b(?:few|couple|several)(?: of)? ${scale}\\b`),
  })),
  {
    told: /\b(?:a|an|\d+|one|two|three|four|five|ten) grand\b/,
    said: /\bgrand\b|\b(?:a|one) thousand\b|\b1,?000\b/,
  },
  {
    told: /\bcouple (?:of )?(?=(?:hundred|thousand|dozen|bucks|dollars|minutes|hours|days|weeks|months|years|times|more)\b)/,
    said: /\bcouple\b|\btwo\b|\b2\b|\bfew\b/,
  },
  {
    told: /\bhalf\b(?! (?:past|an? hour|hour)\b)(?!-hour)/,
    said: /\bhalf\b|\bfifty percent\b|\b50 ?%|\bhalves\b|\d\.50?\b|\bpoint five\b|:30\b/,
  },
  {
    told: /\bquarters?\b(?! (?:past|to|after|till)\b)/,
    said: /\bquarter|\btwenty[ -]five percent\b|\b25 ?%|\bfifteen\b|\bthree months\b/,
  },
  {
    told: /\bdouble(?:s|d)?\b(?![ -]?(?:check|book|hung|pane|glaz|door|bed|digit|sid|vanity|oven|sink|wide|wall|stor))/,
    said: /\bdoubl|\btwice\b|\btwo times\b/,
  },
  { told: /\btwice\b/, said: /\btwice\b|\bdoubl|\b(?:two|2) times\b|\bsecond time\b/ },
  { told: /\b(?:triple|thrice)\b/, said: /\btripl|\btreble|\bthrice\b|\bthree times\b/ },
];

const small = (text: string) => text.toLowerCase();

/** Whether every such amount of a claim was said. */
export function hasAmounts(claim: string, said: string | Said): boolean {
  const text = levelParts(small(claim));
  const told = AMOUNTS.filter((one) => one.told.test(text));
  return told.length === 0 || told.every((one) => one.said.test(openSaid(said).once(small)));
}
