// Where somebody is spoken of: "I am", "my son is", "she just turned". What stands behind tells what that person is.
import { trimMarks } from '#values/trim-marks.ts';
import type { TimedToken } from './redact-runs.ts';
import { type SmoothWord, smooth } from './redact-smooth.ts';

/** Who has an age, a faith, a party: never a dog, a house or a firm. */
export const PERSON =
  '(?:sons?|daughters?|kids?|child|children|boys?|girls?|bab(?:y|ies)|toddlers?|infants?|newborn|teenagers?|mothers?|mom|mum|moms|fathers?|dad|dads|parents?|husband|wife|spouse|fianc[eé]e?|partner|boyfriend|girlfriend|grand(?:mother|father|ma|pa|son|sons|daughter|daughters|kids?|child|children|parents?)|brothers?|sisters?|siblings?|twins?|aunt|uncle|nieces?|nephews?|cousins?|in-laws|(?:mother|father|sister|brother|son|daughter)[- ]in[- ]law|m[ae]n|wom[ae]n|lady|ladies|guy|person|people|patients?|tenants?|roommates?|neighbou?rs?|family|couple|household|client|driver|passengers?|members?|voters?)';

const OWNER = '(?:my|his|her|our|your|their|the|both)';
const BETWEEN =
  '(?:just|also|has|have|had|will|would|must|may|might|should|is|are|am|was|were|going|gonna|about|to|soon|only|both|all|recently|finally|actually|probably|who|now|already|and i|would have)';
const BE =
  "(?:am|are|is|was|were|be|been|being|turn(?:ed|s|ing)?|i'm|(?:he|she|who)'s|(?:we|they|you)'re)";
const ADVERB =
  '(?:almost|nearly|about|around|only|just|now|already|over|past|like|both|all|not|no longer|also|very|really|still|actually|probably|currently|maybe|roughly|a little|closer? to|going to be|gonna be|turn(?:ed|ing))';

/** Ends behind "I am", "my son is", "she just turned"; adverbs may follow. */
export const SAID_OF_PERSON = `(?:^|[ ,])(?:(?:i|he|she|we|they|you|who|(?:${OWNER} )(?:\\w+ )?${PERSON})(?: ${BETWEEN})* ${BE}|i'm|(?:he|she|who|${PERSON})'s|(?:we|they|you)'re|(?:i|he|she|we|they|you)'(?:ll|d) (?:soon )?(?:be|turn))(?: ${ADVERB})*`;

const FOLLOWS =
  /^(?:|and|or|but|so|now|already|today|yesterday|this|next|last|when|with|without|because|since|who|he|she|i|it|we|they|though|too|that|then|as|which|you|lives|living|by|if|plus|alone|i'm|i've|he's|she's|it's|we're|does|do|did|can|could|will|would|should|is|are|was|has|have|right|okay|all|every|most|these|even|once|until|till|while|before|after|from|yes|no|sir|ma'am|uh|um|actually|really|thanks|thank|please|here|there|my|not|ma)$/;
const MONTH_OR_SEASON =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|fall|autumn|winter|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?$/;
const IN_A_WHILE = /^(?:a|an|two|three|four|five|six|few|about|the|my|our)$/;

/** One channel's words without stumbles, and what rules ask of them. */
export interface Speech {
  words: readonly SmoothWord[];
  bare: (at: number) => string;
  /** the words before, joined by spaces */
  before: (at: number, count: number) => string;
  /** whether a mark that ends a clause stands behind the word */
  ends: (at: number) => boolean;
  isLarge: (at: number) => boolean;
  /** whether what ended with the word before `at` says nothing of a thing behind it: "I am 67 and", not "I am 67 minutes" */
  isOver: (at: number) => boolean;
}

/** Reads one channel so. */
export function readSpeech(tokens: readonly TimedToken[], texts: readonly string[]): Speech {
  const words = smooth(tokens);
  const bare = (at: number) => words[at]?.bare ?? '';
  const textOf = (at: number) => texts[words[at]?.last ?? -1] ?? '';
  const ends = (at: number) => /[.,?!;:]$/.test(textOf(at));
  const isOver = (at: number) => {
    const next = bare(at);
    if (at >= words.length || (ends(at - 1) && !tokens[words[at]?.first ?? -1]?.value)) return true;
    if (next === 'in' || next === 'on') {
      const then = bare(at + 1) === 'the' ? bare(at + 2) : bare(at + 1);
      return MONTH_OR_SEASON.test(then) || (next === 'in' && IN_A_WHILE.test(then));
    }
    return FOLLOWS.test(next);
  };
  return {
    ...{ words, bare, ends, isOver },
    before: (at, count) =>
      words
        .slice(Math.max(0, at - count), at)
        .map((word) => word.bare)
        .join(' '),
    isLarge: (at) => /^\p{Lu}/u.test(trimMarks(textOf(at))),
  };
}

/** Where what one side says behind the other's question begins, at most so late. */
export function answerTo(
  { words }: Speech,
  tokens: readonly TimedToken[],
  endMs: number,
  reachMs: number,
): number {
  const at = words.findIndex(({ first }) => (tokens[first]?.startMs ?? 0) >= endMs);
  const first = tokens[words[at]?.first ?? -1];
  return first && first.startMs - endMs <= reachMs ? at : -1;
}
