// What a customer called for, where an appointment came of it: who tells of mice and takes Monday at two has asked for it,
// though with no word for it.
import { NOT_ASKED } from './appointment-rules.ts';
import type { Sentence } from './sentences.ts';
import { OFFERS_MEETING, WISHES } from './speech-acts.ts';
import { TIME_SAID } from './time-words.ts';

/** Fewer words than that tell no need. */
const LEAST_WORDS = 4;
const LEAST_STEMS = 2;
/** A business that calls wants something itself. */
export const BUSINESS_CALLS =
  /\b(?:(?:this is|it['’]?s) \w+ (?:with|from|over at|at|over with) |(?:just|was|why) calling|(?:this is|it['’]?s|i['’]?m) .{0,40}\bcalling|calling (?:from|on behalf|to (?:let you|tell|remind|confirm|schedule|see|follow))|i['’]?m calling|we['’]?re calling|returning your|am i speaking|is this (?:mrs?|ms)|you (?:filled|requested|signed|asked))\b/i;
/** Who opens with no more than that has answered the telephone. */
const ANSWERS =
  /^(?:hello|hi|hey|yes|yeah|yello|good \w+|speaking|this is \w+|\w+ (?:speaking|residence))[.?!,]*$/i;
/** A question for what is known anyway makes no visit. */
const ASKS_ELSE =
  /\b(?:how much|what (?:do|does|would|['’]?s) .{0,20}\b(?:cost|charge|run)|prices?|costs?|rates?|hours|what time do you|(?:are|is) (?:you|this)|who am i|do (?:you|y['’]?all|you guys) (?:do|take|accept|offer|sell|carry|work))\b/i;

/**
 * The sentence in which a customer told why they called; none where it was the business that called, or that offered.
 * @param met the sentence in which an appointment was made
 */
export function findNeed(sentences: readonly Sentence[], met: Sentence): Sentence | undefined {
  const before = sentences.slice(0, sentences.indexOf(met) + 1);
  const own = before.filter(({ speaker, quote }) => speaker === 'CALLER' && !NOT_ASKED.test(quote));
  const wish = own.find(({ quote }) => WISHES.test(quote));
  if (wish) return wish;
  // who answers the telephone was called
  if (sentences[0] && sentences[0] === own[0] && ANSWERS.test(sentences[0].quote)) return undefined;
  const opening = before.filter(({ speaker, n }) => speaker === 'AGENT' && n < (own[0]?.n ?? 0));
  if (opening.some(({ quote }) => BUSINESS_CALLS.test(quote))) return undefined;
  const need = own.find(
    ({ quote, words, stems }) =>
      (words >= LEAST_WORDS && stems.length >= LEAST_STEMS) || TIME_SAID.test(quote),
  );
  const offer = before.find(
    ({ speaker, quote }) => speaker === 'AGENT' && OFFERS_MEETING.test(quote),
  );
  const isUnasked = need !== undefined && ASKS_ELSE.test(need.quote) && offer !== undefined;
  return isUnasked ? undefined : need;
}
