// The names and times of a claim: whether each was said. Pure, and English: a name is known by its capital letter, which
// tells something within a sentence, and little at its beginning.
import { COMMON_WORDS } from '../../topics/common-words.ts';
import { withWholeMonths } from './match-times.ts';

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
   regarding remind repair reschedule schedule service services staff team technician technicians text thus unfortunately
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
const bare = (name: string) => small(name).replace(/'s$|'$/, '');

/** Where the capitalised words of a text stand, and whether each begins a sentence. */
function capitalsOf(text: string) {
  return [...text.matchAll(CAPITALISED)].map(({ 0: word, index }) => ({
    word,
    isFirst: BEGINS_SENTENCE.test(text.slice(0, index)),
    after: text.slice(index + word.length),
  }));
}

const isPronoun = (name: string) => /^i(?:'\w+)?$/.test(name);
const partsOf = (word: string) => [word, word.replace(/'s$/, ''), ...word.split('-')];

/**
 * Whether every name of a claim was said; one that begins a sentence too, where that is no word of every talk.
 * @param options.isEnglish else nothing is known of words that begin a sentence
 */
export function hasNames(claim: string, said: string, { isEnglish = true } = {}): boolean {
  const there = capitalsOf(said);
  const words = new Set(
    (small(withWholeMonths(said)).match(/[\p{L}\p{N}'-]+/gu) ?? []).flatMap(partsOf),
  );
  // a word of every talk is a name where it is written as one: Will, May, Grace
  const names = new Set(there.filter(({ isFirst }) => !isFirst).map(({ word }) => bare(word)));
  return capitalsOf(withWholeMonths(claim)).every(({ word, isFirst, after }) => {
    const name = bare(word);
    const plain = name.replaceAll("'", '');
    if (isFirst && !isEnglish) return true;
    if (isFirst && NAMES_TOO.has(name) && DOES.test(after)) return names.has(name);
    if (isFirst) {
      if (COMMON_WORDS.has(plain) || OPENERS.has(name) || words.has(name)) return true;
      if (ABSTRACT.test(name)) return true;
      const mayBeDeed = GIVES_ORDERS.test(after) || ABSTRACT_OR_NAME.test(name);
      return mayBeDeed && !DOES.test(after) && !DOES_SOON.test(after);
    }
    if (ABBREVIATION.test(word) || isPronoun(name) || ROLES.has(name)) return true;
    const isTime = new RegExp(TIMES.source, 'i').test(name);
    return COMMON_WORDS.has(plain) && !isTime ? names.has(name) : words.has(name);
  });
}

/** Whether every time of a claim was said: days, months, parts of the day. */
export function hasTimes(claim: string, said: string): boolean {
  const times = small(withWholeMonths(claim)).match(TIMES) ?? [];
  const text = small(withWholeMonths(said));
  return (
    times.every((one) => new RegExp(`\\b${one}`).test(text)) && (!MAY.test(claim) || MAY.test(said))
  );
}
