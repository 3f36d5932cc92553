// What a claim tells that can be wrong by a letter: numbers, negations, names, times and addresses. Pure: each is compared
// exactly with the words that it is said to rest on, since a likeness takes 9:30 for 8:30 and loses a "not".
import { NUMBER_WORDS } from '#values/number-words.ts';

const SCALES = new Map([
  ['hundred', 100],
  ['thousand', 1_000],
  ['million', 1_000_000],
]);
const TOKEN = /\d[\d,]*(?:\.\d+)?|\p{L}+(?:['’]\p{L}+)*/gu;

const NEGATION = /^(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|.+n['’]t)$/i;

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
  const words =
    text
      .toLowerCase()
      .replace(/\b([ap])\.? ?m\b\.?/g, '$1m')
      .match(TOKEN) ?? [];
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
  const words = text.match(TOKEN) ?? [];
  return words.filter((word) => NEGATION.test(word)).length;
}

const TIMES =
  /\b(?:today|tonight|tomorrow|yesterday|noon|midnight|morning|afternoon|evening|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|november|december|next week|this week|next month)\b/gi;
const ADDRESS =
  /\b(?:https?:\/\/|www\.)\S+|\b[\w.-]+@[\w-]+\.\w+|\b[a-z0-9-]+\.(?:com|net|org|io|co|info|biz|shop|example)\b/gi;
/** Capitalised, and not where a sentence begins. */
const NAME = /(?<=[\p{L}\p{N},;:'’"”)] +|^)(?<!^)\p{Lu}[\p{L}'’-]+/gu;

/** Words that are written large and name nobody. */
const NO_NAMES = new Set(['i', "i'm", "i'll", "i'd", "i've", 'ok', 'okay', 'caller', 'agent']);

const small = (text: string) => text.toLowerCase().replaceAll('’', "'");
const wordsOf = (text: string) => new Set(small(text).match(/[\p{L}\p{N}']+/gu) ?? []);

/** Whether every number of a claim was said. */
export function hasNumbers(claim: string, said: string): boolean {
  const there = new Set(numbersIn(said));
  return numbersIn(claim).every((number) => there.has(number));
}

/** Whether every number and address of a claim stands in what was said. */
export function hasPlainFacts(claim: string, said: string): boolean {
  const addresses = small(claim).match(ADDRESS) ?? [];
  return hasNumbers(claim, said) && addresses.every((one) => small(said).includes(one));
}

/** Whether every number, time, name and address of a claim stands in what was said. */
export function hasFacts(claim: string, said: string): boolean {
  if (!hasPlainFacts(claim, said)) return false;
  const text = small(said);
  const words = wordsOf(said);
  const times = small(claim).match(TIMES) ?? [];
  const names = claim.match(NAME) ?? [];
  return (
    times.every((one) => text.includes(one)) &&
    names
      .map((name) => small(name).replace(/'s$/, ''))
      .every((name) => NO_NAMES.has(name) || words.has(name) || words.has(`${name}'s`))
  );
}

/** Whether a turn speaks to the machine that reads it. Nothing rests on such words. */
export function isAddressedToMachine(text: string): boolean {
  return /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules|everything)\b|\bsystem prompt\b|\byou are (?:an? )?(?:ai|assistant|language model|chatbot)\b|\b(?:write|say|note|put)\b.{0,30}\bin (?:the|your) (?:summary|e-?mail|notes|action plan)\b/i.test(
    text,
  );
}
