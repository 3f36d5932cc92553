// What a claim tells that can be wrong by a letter: numbers, negations, names, times and addresses. Pure: each is compared
// exactly with the words that it is said to rest on, since a likeness takes 9:30 for 8:30 and loses a "not".
import { NUMBER_WORDS } from '#values/number-words.ts';
import { addressesIn } from './match-addresses.ts';
import { hasNames, hasTimes } from './match-names.ts';

const SCALES = new Map([
  ['hundred', 100],
  ['thousand', 1_000],
  ['million', 1_000_000],
]);
const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december)';
/** Days as the numbers that they are. "First" and "second" are days only where one may be meant. */
const ORDINALS: readonly (readonly [RegExp, string])[] = [
  [/\bthird\b/g, 'three'],
  [/\bfifth\b/g, 'five'],
  [/\beighth\b/g, 'eight'],
  [/\bninth\b/g, 'nine'],
  [/\btwelfth\b/g, 'twelve'],
  [/\b(twen|thir)tieth\b/g, '$1ty'],
  [/\b(four|six|seven|ten|eleven|\w+teen)th\b/g, '$1'],
  ...(['first', 'second'] as const).map(
    (word, n) =>
      [
        new RegExp(
          `(?<=\\b(?:(?:on|by|until|till|before|after|from|since|for) the|twenty|thirty|${MONTH}(?: the)?)[ -])${word}\\b|\\b${word}(?= of\\b)`,
          'g',
        ),
        ['one', 'two'][n] ?? '',
      ] as const,
  ),
  [/\bhalf past (\w+)/g, '$1 thirty'],
];
const TOKEN = /\d[\d,]*(?:\.\d+)?|\p{L}+(?:['’]\p{L}+)*/gu;

const NEGATION =
  /^(?:no|not|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|.+n['’]t|(?:do|does|did|is|are|was|were|has|have|had|ca|wo|would|could|should)nt)$/i;

/** The numbers of a text in their order, digits and words alike: "$1,200 at nine thirty p.m." = 1200, 9, 30, pm. */
export function numbersIn(text: string): string[] {
  const found: string[] = [];
  // a number of words that is being put together: what stands, and what a scale may still multiply
  let whole: number | null = null;
  let part = 0;
  const close = () => {
    if (whole !== null) found.push(String(whole + part));
    whole = null;
    part = 0;
  };
  const small = text.toLowerCase().replace(/\b([ap])\.? ?m\b\.?/g, '$1m');
  const words =
    ORDINALS.reduce((plain, [ordinal, into]) => plain.replace(ordinal, into), small).match(TOKEN) ??
    [];
  for (const word of words) {
    const value = NUMBER_WORDS.get(word);
    const scale = SCALES.get(word);
    if (value !== undefined) {
      // twenty five is one number, nine thirty are two
      const joins = whole !== null && (part % 100 === 0 || (part % 10 === 0 && part >= 20));
      if (!joins || (part % 100 !== 0 && value > 9) || (whole === 0 && part === 0)) {
        if (whole !== null) close();
        whole = 0;
      }
      part += value;
    } else if (scale !== undefined && whole !== null) {
      if (scale === 100) part *= 100;
      else {
        whole = (whole + part) * scale;
        part = 0;
      }
    } else if (word !== 'and' || whole === null) {
      close();
      if (/^\d/.test(word)) found.push(word.replaceAll(',', '').replace(/^0+(?=\d)/, ''));
      else if (word === 'am' || word === 'pm') {
        if (found.length > 0) found.push(word);
      }
    }
  }
  close();
  return found;
}

/** How often a text says no. */
export function negationsIn(text: string): number {
  return (text.match(TOKEN) ?? []).filter(isNegation).length;
}

/** Whether a word says no: not, never, can't. */
export function isNegation(word: string): boolean {
  return NEGATION.test(word);
}

/** Whether every number of a claim was said. */
export function hasNumbers(claim: string, said: string): boolean {
  const there = new Set(numbersIn(said));
  return numbersIn(claim).every((number) => there.has(number));
}

/** Whether every number and address of a claim stands in what was said. */
export function hasPlainFacts(claim: string, said: string): boolean {
  const there = new Set(addressesIn(said));
  return hasNumbers(claim, said) && addressesIn(claim).every((one) => there.has(one));
}

/** Whether every number, time, name and address of a claim stands in what was said; of names see hasNames. */
export function hasFacts(
  claim: string,
  said: string,
  options?: Parameters<typeof hasNames>[2],
): boolean {
  return hasPlainFacts(claim, said) && hasTimes(claim, said) && hasNames(claim, said, options);
}

/** Whether a turn speaks to the machine that reads it. Nothing rests on such words. */
export function isAddressedToMachine(text: string): boolean {
  return /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules|everything)\b|\bsystem prompt\b|\byou are (?:an? )?(?:ai|assistant|language model|chatbot)\b|\b(?:write|say|note|put)\b.{0,30}\bin (?:the|your) (?:summary|e-?mail|notes|action plan)\b/i.test(
    text,
  );
}
