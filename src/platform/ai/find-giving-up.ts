// Where a customer tells that an appointment cannot be kept, and leaves it at that: it is called off, though nobody says so.
import { NOT_CANCELLED } from './change-rules.ts';
import { CANNOT, isExisting } from './find-existing.ts';
import type { Sentence } from './sentences.ts';
import { either, HOUR, WHEN } from './time-words.ts';

const GIVEN_UP = either(
  `${CANNOT} (?:make|keep|do) (?:it|that|this|my|our|the|${WHEN}|${HOUR}\\b)`,
  `${CANNOT} (?:make(?=[.,;!?]|$)|come|get (?:there|away|in)|be (?:there|here|home|in(?! (?:touch|the))))\\b`,
  `(?:don['’]?t|do not|won['’]?t|no longer)(?: think (?:i|we))?(?: really)? (?:need to|have to|be) (?:come|coming|be there|keep)\\b`,
  `decided (?:not to|to (?:sell|hold off|wait|pass|cancel|do (?:it|that) (?:my|our)sel(?:f|ves)))\\b|never ?mind\\b|gonna drop\\b`,
  `(?:i['’]m|we['’]re|she['’]s|he['’]s|count (?:me|us|him|her)) out(?=[.,!]|$| (?:for|this|that)\\b)`,
  `(?:not|n['’]t|never)(?: be)? coming(?: in)? (?:to (?:his|her|my|our|their|the) |${WHEN})`,
  `skip (?:it|that|this|my|our|the|${WHEN})\\b`,
  `(?:throwing up|vomiting|puking|(?:a|has|got|have) (?:\\w+ )?(?:fever|flu|strep|covid)|the flu|contagious|under the weather|came down with|tested positive|in the (?:hospital|e\\.?r\\.?)|passed away)\\b`,
  `(?:cancel\\w*|call (?:it|that) off|back out|fell through|(?:won['’]?t|will not|don['’]?t|do not|no longer|not) (?:be )?need(?:ing)? (?:it|that|you|him|them|to come)|something(?:['’]s| has)? (?:just )?c[ao]me up|(?:called in|is|['’]s|i['’]m|am) sick)\\b`,
);
/** Another time is wished, or may be. */
const WISHES_OTHER = either(
  `(?:another|a different|some other|instead|sooner|earlier|rather|prefer\\w*|following|(?:can|could) (?:we|i|you)|what (?:about|else)|how about|do you have|anything|is there|when (?:can|could|would|is|are|do)|resched\\w*|postpon\\w*|push|move|switch|change|swap)\\b`,
);
/** A customer comes back to it, or not. */
const COMES_BACK =
  /\b(?:(?:i|we)(?:['’]ll| will| can| have to| need to|['’]m going to|['’]m gonna|['’]ll have to)(?: just)? (?:call|phone|ring|let you know|get back|get in touch|reach out|give you a (?:call|ring))|call(?: you)? (?:back )?(?:when|once|if|to resched\w*)|maybe (?:next|some other))\b/i;
/** A business leaves it at that. */
const LETS_GO =
  /\b(?:let (?:him|her|them|everyone|(?:the|his|her|your|my|our) \w+|doctor \w+|dr\.? \w+) know|thank(?:s| you)(?: so much)? for (?:letting|telling|calling|the (?:heads up|notice))|appreciate (?:you|the|your) (?:letting|calling|call|heads up|notice)|(?:call|phone|give) us(?: a call)?(?: back)? (?:when|if|once|whenever)|feel better|don['’]?t (?:even |you )?worry|no (?:problem|worries)|of course|(?:see|catch) (?:you|him|her|them|ya) (?:next (?:week|time)|(?:the )?(?:following|week after)|back))\b/i;
/** Or does not yet. */
const GOES_ON =
  /\b(?:call you|get back to you|let me (?:see|check|look|find)|what (?:day|time)|when (?:can|could|would|works)|i (?:have|can|could)|we (?:have|can|could)|how about|what about)\b/i;

const isGivenUp = ({ speaker, quote }: Sentence) =>
  speaker !== 'AGENT' && GIVEN_UP.test(quote) && !NOT_CANCELLED.test(quote);

/** The first turn in which a customer tells that an appointment cannot be kept; Infinity when none does. */
export const givenUpAt = (sentences: readonly Sentence[]) =>
  sentences.find((one) => isGivenUp(one) || (one.speaker === 'CALLER' && isExisting(one)))?.n ??
  Number.POSITIVE_INFINITY;

/** What a customer says of an appointment that was there and is given up, and nothing put in its place. */
export function findGivenUp(sentences: readonly Sentence[]): Sentence | undefined {
  const given = sentences.find(isGivenUp);
  const there = sentences.find((one) => isExisting(one) && one.speaker === 'CALLER');
  if (!given || !there || there.n > given.n) return undefined;
  const since = sentences.slice(sentences.indexOf(given));
  const own = since.filter(({ speaker }) => speaker === 'CALLER');
  const theirs = since.filter(({ speaker }) => speaker === 'AGENT');
  if (own.some(({ quote }) => COMES_BACK.test(quote))) return given;
  const isLeft =
    theirs.some(({ quote }) => LETS_GO.test(quote)) &&
    !theirs.some(({ quote }) => GOES_ON.test(quote)) &&
    !own.some(({ quote }) => WISHES_OTHER.test(quote));
  return isLeft ? given : undefined;
}
