// Where a talk only comes back to an appointment that is there: a business has it confirmed, or a customer waits for somebody
// who is on the way.
import { CHANGE_WISHED } from './find-change.ts';
import type { Sentence } from './sentences.ts';
import { either, HOUR, MEETING, WHEN } from './time-words.ts';

/** A business calls to have one confirmed that is there. */
const CONFIRMS = either(
  `(?:call(?:ing|ed)?|callin|reach(?:ing)? out|(?:just )?want(?:ed|ing)|check(?:ing)?|mak(?:e|ing) sure)\\b.{0,25}?\\b(?:(?:(?:we|you)(?:['’]re| are)|are (?:we|you)) (?:still |all )*(?:on|good|set|coming)|(?:re)?confirm(?:ing)?|remind(?:ing)?|verify(?:ing)?|courtesy|a reminder|make sure|double.?check)\\b.{0,60}?\\b(?:${MEETING}|${WHEN}|still (?:coming|good|on))\\b`,
  `(?:reminder|confirmation|courtesy) call\\b|(?:remind(?:ing|er)|confirming)\\b.{0,40}\\b(?:${MEETING}|${WHEN})`,
);
/** Whether a business called, or opened the talk, to confirm one that is there. */
export const isConfirming = (sentences: readonly Sentence[]): boolean => {
  const opening = sentences.filter(({ n }) => n < 4);
  return opening.some(({ speaker, quote }) => speaker === 'AGENT' && CONFIRMS.test(quote));
};

/** A customer asks where they are who are to come, and hears when they will be there: nothing is made or moved by it. */
const WAITS_FOR = either(
  `(?:what time|when)(?: is| are|['’]s)? (?:the|my|your|our|somebody|someone|he|she|they)(?: \\w+){0,2} (?:is |are )?(?:coming|supposed to|due|showing up|getting here|gonna be here|going to be here)\\b`,
  `(?:nobody|no ?one)(?:['’]s| has| is)?(?: ever| even)? (?:here|shown|showed|come|came|shows)\\b`,
  `(?:they|he|she|the \\w+|your \\w+) (?:never|(?:has|have|is|are|did|was)(?:n['’]t| not))(?: been| yet| even| ever)? (?:here|shown?|showed|come|came|arrived?)\\b`,
  `(?:supposed to|should(?:['’]ve| have)?|was to|meant to) (?:be|been|come|arrive) (?:here|out)?\\b.{0,20}(?:\\bago\\b|${WHEN}|${HOUR})`,
  `(?:where(?:['’]s| is| are) (?:my|the|your|he|she|they|you)|still (?:waiting|sitting here)|running late|on (?:his|her|their|your) way)\\b`,
);
const TELLS_WHEN_THERE =
  /\b(?:running (?:\w+ )?(?:late|behind|over)|on (?:his|her|their|my|our) way|be there (?:in|by|within|around|about|soon|shortly)|(?:minutes|hour) (?:out|away)|stuck (?:in|at)|held up|looks like between|finishing up|wrapping up|next stop)\b/i;
/** Whether a customer waits for somebody who is on the way. */
export const isWaitedFor = (sentences: readonly Sentence[]): boolean => {
  const waits = sentences.find(
    ({ speaker, quote, n }) => speaker !== 'AGENT' && n < 5 && WAITS_FOR.test(quote),
  );
  if (!waits) return false;
  const since = sentences.filter(({ n }) => n > waits.n);
  return (
    since.some(({ speaker, quote }) => speaker !== 'CALLER' && TELLS_WHEN_THERE.test(quote)) &&
    !since.some(({ speaker, quote }) => speaker !== 'AGENT' && CHANGE_WISHED.test(quote))
  );
};
