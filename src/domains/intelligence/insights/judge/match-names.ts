// The names and times of a claim: whether each was said. Pure, and English: a name is known by its capital letter, which
// tells something within a sentence, and little at its beginning.
import { COMMON_WORDS } from '../../topics/common-words.ts';
import { openSaid, type Said } from './match-said.ts';
import { levelTimes, withWholeMonths } from './match-times.ts';

const TIMES =
  /\b(?:today|tonight|tomorrow|yesterday|noon|midnight|morning|afternoon|evening|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|november|december|next week|this week|next month)\b/gi;
/** The month, not the verb. */
const MAY = /(?<=\b(?:in|of|until|since|early|late|next|last) )may\b|\bmay(?= (?:the )?\d)/i;
/** A word that a capital letter begins. */
const CAPITALISED = /(?<![\p{L}\p{N}'’-])\p{Lu}[\p{L}'’-]+/gu;
const BEGINS_SENTENCE = /(?:^|[.?!…:]["'”’)\]]*\s+|\n\s*)["'“‘(]*$/u;
/** Behind it stands what is no verb: "Confirm your visit" names nobody. */
const GIVES_ORDERS =
  /^ (?:the|an?|your|our|their|his|her|its|my|this|that|these|those|you|them|him|it|us|any|all|if|when|whether|how|for)\b/;
const ABSTRACT = /\p{L}{4,}(?:tions?|ments?|bly|tely|sly|lly)$/u;
/** What is done, or a family: Pricing, Sterling, Harkness. */
const ABSTRACT_OR_NAME = /\p{L}{4,}(?:ing|ness)$/u;
const ABBREVIATION = /^\p{Lu}{2,5}s?$/u;
/** Words that begin a sentence of a mail or a summary and name nobody, besides those of every call. */
const OPENERS = new Set(
  `agent agents apologies appointment appointments attached best booking business callers client clients company confirm
   confirmed customer customers dear delivery discuss email estimate everything follow following however interested it'll
   kind kindly lead leads medical note offer office ok okay order parking parts payment price prices provide quote regards
   regarding remind repair reschedule sale schedule service services staff team technician technicians text thus unfortunately
   visit warmest welcome whenever caller congratulations additionally furthermore meanwhile otherwise wishing sincerely
   verify ensure inform notify cheers greetings questions should must invoice receipt payment bring prepare arrange explain email deposit`.split(
    /\s+/,
  ),
);

/** Of these words of every talk a person may be called: "Will will call you". */
const NAMES_TOO = new Set(['will', 'may', 'hope']);
const DOES = /^ (?:will|can|would|could|is|was|has|had|and|said|says|called|calls)\b/;
/**
 * Who does it may be said between: "Mike your technician will come". An order has no such verb so soon, but
 * behind a word that begins another clause: "Check if the part is in stock".
 */
const DOES_SOON =
  /^(?: (?!(?:if|whether|when|that|which|who|how|what|why|where)\b)[^\s.?!,;:]+){0,4}?(?: (?:will|won['’]t|can|can['’]t|cannot|would|could|should|is|isn['’]t|was|has|had|said|says|called|calls|comes|arrives|brings)\b|['’]ll\b)/;
const ROLES = new Set(['caller', 'agent']);

const small = (text: string) => text.toLowerCase().replaceAll('’', "'");
/** "F-150" is told of an F. */
const bare = (name: string) => small(name).replace(/'s$|'$|-+$/, '');

const MOST_BETWEEN = 20;
/** Where the capitalised words of a text stand, and whether each begins a sentence. */
function capitalsOf(text: string) {
  return [...text.matchAll(CAPITALISED)].map(({ 0: word, index }) => ({
    word,
    // no more stands between two sentences, and a talk is long
    isFirst: BEGINS_SENTENCE.test(text.slice(Math.max(0, index - MOST_BETWEEN), index)),
    after: text.slice(index + word.length),
  }));
}

const isPronoun = (name: string) => /^i(?:'\w+)?$/.test(name);
const partsOf = (word: string) => [word, word.replace(/'s$/, ''), ...word.split('-')];

/** What is written in two ways. */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  ...{ dr: ['doctor', 'drive'], mr: ['mister'], mrs: ['missus', 'misses'], ms: ['miss'] },
  ...{ st: ['street', 'saint'], ave: ['avenue'], rd: ['road'], ln: ['lane'], blvd: ['boulevard'] },
  ...{ hwy: ['highway'], apt: ['apartment'], ct: ['court'], pkwy: ['parkway'] },
};
/** By words of a claim, which may be "Constructor": what every object has is none of its ways. */
const SHORT = new Map(Object.entries(WAYS));
const LONG = new Map(
  [...SHORT].flatMap(([short, longs]) => longs.map((long) => [long, short] as const)),
);

/** The words of a text, and those that it writes as names, in small letters. */
function readNames(text: string): { words: Set<string>; names: Set<string> } {
  const plain = small(withWholeMonths(text)).match(/[\p{L}\p{N}'-]+/gu) ?? [];
  const words = new Set(plain.flatMap(partsOf));
  // a word of every talk is a name where it is written as one: Will, May, Grace
  const capitals = capitalsOf(text).filter(({ isFirst }) => !isFirst);
  return { words, names: new Set(capitals.map(({ word }) => bare(word))) };
}

/**
 * Whether every name of a claim was said; one that begins a sentence too, where that is no word of every talk.
 * @param options.isEnglish else nothing is known of words that begin a sentence
 */
export function hasNames(claim: string, said: string | Said, { isEnglish = true } = {}): boolean {
  const told = capitalsOf(withWholeMonths(claim));
  if (told.length === 0) return true;
  const { words, names } = openSaid(said).once(readNames);
  const wasSaid = (name: string) =>
    [name, LONG.get(name) ?? name, ...(SHORT.get(name) ?? [])].some((one) => words.has(one));
  return told.every(({ word, isFirst, after }) => {
    const name = bare(word);
    const plain = name.replaceAll("'", '');
    if (isFirst && !isEnglish) return true;
    if (isFirst && NAMES_TOO.has(name) && DOES.test(after)) return names.has(name);
    if (isFirst) {
      if (COMMON_WORDS.has(plain) || OPENERS.has(name) || wasSaid(name)) return true;
      if (ABSTRACT.test(name)) return true;
      const mayBeDeed = GIVES_ORDERS.test(after) || ABSTRACT_OR_NAME.test(name);
      return mayBeDeed && !DOES.test(after) && !DOES_SOON.test(after);
    }
    if (ABBREVIATION.test(word) || isPronoun(name) || ROLES.has(name)) return true;
    if (SHORT.has(name)) return wasSaid(name);
    const isTime = new RegExp(TIMES.source, 'i').test(name);
    return COMMON_WORDS.has(plain) && !isTime ? names.has(name) : wasSaid(name);
  });
}

/** What tells of the same part of the day or of the week. */
const SAME: Readonly<Record<string, RegExp>> = {
  morning: /\bmorning|\d ?a\.?m\b|\bam\b|\ba\.m\b/,
  afternoon: /\bafternoon|\bp\.?m\b/,
  evening: /\bevening|\b(?:to)?night\b|\bp\.?m\b/,
  tonight: /\btonight\b|\bthis evening\b/,
  weekend: /\bweekend|\bsaturday|\bsunday/,
  noon: /\bnoon\b|\btwelve\b|\b12\b/,
};
/** Of the call itself, which is of the day that it is told on. */
const CALLS_TODAY =
  /\b(?:call(?:ed|s|ing)?|contact(?:ed|s|ing)?|reach(?:ed|es|ing)? out|phoned|rang|sp(?:oke|eaking)|talk(?:ed|ing)|conversation)\b(?:(?!\b(?:will|come|comes|arrive|visit|appointment|scheduled|booked)\b)[^.,;?!]){0,40}\btoday\b/g;

/** What was said with every month and day in full, and how it was written besides. */
const readTimes = (text: string) => {
  const whole = small(withWholeMonths(text));
  return `${whole}\n${levelTimes(whole)}`;
};

/** Whether every time of a claim was said: days, months, parts of the day. */
export function hasTimes(claim: string, said: string | Said): boolean {
  const times = small(withWholeMonths(claim)).replace(CALLS_TODAY, ' ').match(TIMES) ?? [];
  const there = openSaid(said);
  const wasSaid = (one: string) =>
    (SAME[one] ?? new RegExp(`\\b${one}`)).test(there.once(readTimes));
  return times.every(wasSaid) && (!MAY.test(claim) || MAY.test(there.text));
}
