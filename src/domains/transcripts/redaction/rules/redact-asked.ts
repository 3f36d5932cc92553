// What one side asks for and the other then says alone: a name, a postcode, a date of birth, an age, a religion, a party.
import { PERSON } from './redact-people.ts';
import type { TimedToken } from './redact-runs.ts';

/** A stretch of one channel, in milliseconds. */
export interface Asked {
  startMs: number;
  endMs: number;
}

const BIRTH = /\b(?:date of birth|birth ?date|birthday|born(?: on| in)?|d o b|dob)\b/g;
const NAME =
  /\b(?:your (?:first |last |full )?names?|who (?:am i|is this|do i have|is calling)|who's (?:this|calling)|(?:first|last|full|what|get a|whose) name|name (?:please|is (?:it|that) under|for the (?:order|account|appointment)))\b/g;
const AGE = new RegExp(
  `\\b(?:how old (?:are|is|was|were) (?:you|he|she|they|(?:(?:your|the|his|her|their|my) )?(?:\\w+ )?${PERSON})|(?:your|his|her|their|patient's|child's|what|and) ages?|the age(?! of)|age please)\\b`,
  'g',
);
const BELIEF =
  /\b(?:religions?|religious (?:preference|affiliation|belief)s?|denomination|what faith|your faith|(?:political|party) (?:affiliation|party|preference)|which party|what party|with a party|registered (?:as|with)|who (?:do|did) you vote for)\b/g;
const POSTCODE = /\b(?:zip|zip codes?|postcode|postal code)\b/g;

function find(tokens: readonly TimedToken[], pattern: RegExp): Asked[] {
  const text = tokens.map(({ bare }) => bare).join(' ');
  return [...text.matchAll(pattern)].flatMap((match) => {
    const before = text.slice(0, match.index).split(' ').length - 1;
    const count = match[0].split(' ').length;
    const [first, last] = [tokens[before], tokens[before + count - 1]];
    return first && last ? [{ startMs: first.startMs, endMs: last.endMs }] : [];
  });
}

/** Where one channel asks for, or begins to tell, a date of birth. */
export const findBirthCues = (tokens: readonly TimedToken[]): Asked[] => find(tokens, BIRTH);

/** Where one channel asks the other for a name. */
export const findNameQuestions = (tokens: readonly TimedToken[]): Asked[] => find(tokens, NAME);

/** Where one channel asks the other for a postcode. */
export const findPostcodeQuestions = (tokens: readonly TimedToken[]): Asked[] =>
  find(tokens, POSTCODE);

/** Where one channel asks the other how old somebody is. */
export const findAgeQuestions = (tokens: readonly TimedToken[]): Asked[] => find(tokens, AGE);

/** Where one channel asks the other for a religion or a party. */
export const findBeliefQuestions = (tokens: readonly TimedToken[]): Asked[] => find(tokens, BELIEF);
