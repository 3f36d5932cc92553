// Ages of people: "I am 67 years old", "she turned forty", "a nine year old", "in his seventies", and the answer to how old
// somebody is. The age of a house, of a dog or of a warranty stays.
import type { Asked } from './redact-asked.ts';
import { answerTo, PERSON, readSpeech, SAID_OF_PERSON, type Speech } from './redact-people.ts';
import type { TimedToken } from './redact-runs.ts';

interface Span {
  first: number;
  last: number;
}

const OLDEST = 119;
const OF_PERSON = new RegExp(`${SAID_OF_PERSON}$`);
const PEOPLE = /\b(?:we|they|we're|they're)\b/;
const EACH = /\b(?:both|all)\b/;
/** "ages four and nine" is said of children; "ages five and up" of anybody. */
const TOLD = /\b(?:(?:my|his|her) age is|aged?|at the age of|at age)$/;
const LIMIT =
  /\b(?:over|under|above|below|minimum|least|from|any|by|legal) (?:the )?(?:age of|age|aged)$/;
const IN_THEIR = /\bin (?:my|his|her|their|our|your) (?:early |mid |late |mid-|late-|early-)?$/;
const DECADE =
  /^(?:(?:mid|late|early)-)?(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|[1-9]0's|[1-9]0s)$/;
const OWNED = /^(?:a|an|my|our|his|her|their|your|the|one|and)$/;
const IS_PERSON = new RegExp(`^${PERSON}$`);
const ACTS =
  /^(?:is|was|has|had|needs|wants|goes|got|gets|can|will|at|in|for|to|would|who|could|couldn't|can't)$/;
const GROWN = /^(.+?)-(?:year|month|week)s?-olds?$/;
/** Heard for a child's age, or behind "sixty", where seven and eight are heard as eleven and eighteen too. */
const MISHEARD = /^(?:nein|ate|sicks|fife|tree)$/;
const MISHEARD_UNIT = /^(?:nein|ate|sicks|fife|tree|free|to|too|for|fore|won)$/;
const YEARS = /^(?:years?|months?|weeks?|yrs?)$/;
const TENS = /^[2-9]0?$/;
const ANSWER_REACH_MS = 10_000;
const MOST_LEAD_WORDS = 6;

/** How many words from here on tell a number that may be an age; 0 is none. */
function readAge(
  { words, bare, isOver }: Speech,
  tokens: readonly TimedToken[],
  at: number,
): number {
  const token = (place: number) => tokens[words[place]?.first ?? -1];
  const value = (place: number) => {
    const one = token(place);
    return one?.kind === 'NUMBER' && /^(?:\d+|[a-z-]+)$/.test(one.bare) ? one.value : '';
  };
  if (MISHEARD.test(bare(at)) && isOver(at + 1)) return 1;
  const first = value(at);
  if (!first || Number(first) > OLDEST) return 0;
  let end = at + 1;
  const isUnit =
    /^(?:\d|11|18)$/.test(value(end)) || (MISHEARD_UNIT.test(bare(end)) && isOver(end + 1));
  if (TENS.test(first) && /ty$/.test(bare(at)) && isUnit) end += 1;
  else if (first === '1' && value(end) === '00') end += 1;
  while (bare(end) === bare(end - 1) && value(end)) end += 1;
  return value(end) ? 0 : end - at;
}

/** Whether "years old" or the like stands here, and of how many words it is. */
function yearsOld({ bare }: Speech, at: number): number {
  if (!YEARS.test(bare(at))) return 0;
  if (/^olds?$/.test(bare(at + 1))) return 2;
  return bare(at + 1) === 'of' && bare(at + 2) === 'age' ? 3 : 0;
}

/** "A 67-year-old woman", "my nine year old is": not "a ten year old roof". */
function isOfSomebody({ bare, before, isOver }: Speech, at: number, end: number): boolean {
  if (OF_PERSON.test(before(at, 8)) || OF_PERSON.test(before(at - 1, 8))) {
    return isOver(end) || IS_PERSON.test(bare(end)) || ACTS.test(bare(end));
  }
  if (!OWNED.test(bare(at - 1))) return IS_PERSON.test(bare(end));
  return isOver(end) || IS_PERSON.test(bare(end)) || ACTS.test(bare(end));
}

function isTold(speech: Speech, at: number, end: number): boolean {
  const { bare, before, isOver } = speech;
  const said = before(at, 8);
  if (TOLD.test(said)) return !LIMIT.test(said) && isOver(end);
  const [match] = OF_PERSON.exec(said) ?? [];
  // "one" is said of anything
  if (!match || !isOver(end) || bare(at) === 'one') return false;
  return !PEOPLE.test(match) || EACH.test(match);
}

/** The second of "four and nine", which has no cue of its own; 0 is none. */
function another(speech: Speech, tokens: readonly TimedToken[], end: number): number {
  if (!/^(?:and|or)$/.test(speech.bare(end))) return 0;
  const count = readAge(speech, tokens, end + 1);
  const after = end + 1 + count;
  return count > 0 && (speech.isOver(after) || yearsOld(speech, after) > 0) ? count : 0;
}

/**
 * Finds them in one channel.
 * @param texts the words as they are written
 * @param asked where the other side asks how old somebody is
 */
export function findAges(
  tokens: readonly TimedToken[],
  texts: readonly string[],
  asked: readonly Asked[],
): Span[] {
  const speech = readSpeech(tokens, texts);
  const { words, bare, before, isOver } = speech;
  const span = (at: number, count: number): Span => ({
    first: words[at]?.first ?? 0,
    last: words[at + count - 1]?.last ?? 0,
  });
  const told = words.flatMap((_, at): Span[] => {
    if (DECADE.test(bare(at)) && IN_THEIR.test(`${before(at, 3)} `)) return [span(at, 1)];
    if (GROWN.test(bare(at))) return isOfSomebody(speech, at, at + 1) ? [span(at, 1)] : [];
    const count = readAge(speech, tokens, at);
    if (count === 0) return [];
    const end = at + count;
    const unit = yearsOld(speech, end);
    const isIt = unit > 0 ? isOfSomebody(speech, at, end + unit) : isTold(speech, at, end);
    const second = unit > 0 ? 0 : another(speech, tokens, end);
    const isOfPeople = OF_PERSON.test(before(at, 8)) || IS_PERSON.test(bare(at - 1));
    if (!isIt && !(isOfPeople && second > 0)) return [];
    return [span(at, count), ...(second > 0 ? [span(end + 1, second)] : [])];
  });
  const answered = asked.flatMap(({ endMs }): Span[] => {
    const from = answerTo(speech, tokens, endMs, ANSWER_REACH_MS);
    for (let at = from; from >= 0 && at < from + MOST_LEAD_WORDS && at < words.length; at++) {
      // it was hidden before
      if (tokens[words[at]?.first ?? -1]?.label) return [];
      const count = readAge(speech, tokens, at);
      if (count === 0) continue;
      const end = at + count;
      if (yearsOld(speech, end) === 0 && !isOver(end)) return [];
      const second = another(speech, tokens, end);
      return [span(at, count), ...(second > 0 ? [span(end + 1, second)] : [])];
    }
    return [];
  });
  return [...told, ...answered];
}
