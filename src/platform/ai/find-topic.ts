// What "it" is in "cancel it": the appointment, or the order or contract, that was spoken of last.
import { isExisting } from './find-existing.ts';
import type { Sentence } from './sentences.ts';
import { APPOINTMENT_SAID, either, MEETING } from './time-words.ts';

const MEETING_SAID = either(`(?:${MEETING})\\b`);
/** What is cancelled too, and is no appointment. */
const OF_ELSE =
  /\b(?:(?<!\bin )order(?:s|ed|ing)?|subscri\w+|memberships?|(?:my|our|the|your|this|that|monthly|yearly|data|phone|service|care|meal) plan|(?:my|our|the|your|an) (?:\w+ )?(?:account|policy|contract|lease)|credit cards?|auto-?pay|internet|cable|(?:phone|cell|land|trash|lawn) ?(?:line|service)|deliver\w*|shipments?|packages?|bought|purchas\w*|trial)\b/i;

/**
 * Tells of a sentence whether an appointment was spoken of last, in it or before; where nothing was, whether the whole talk
 * is about one.
 * @param isMade whether a sentence asks for an appointment or makes one
 */
export function openTopic(
  sentences: readonly Sentence[],
  { isAbout, isMade }: { isAbout: boolean; isMade: (one: Sentence) => boolean },
): (one: Sentence) => boolean {
  const spokenOf = sentences.map((one) => {
    if (MEETING_SAID.test(one.quote) || isExisting(one) || isMade(one)) return true;
    if (OF_ELSE.test(one.quote)) return false;
    return APPOINTMENT_SAID.test(one.quote) || undefined;
  });
  const isElse = spokenOf.includes(false);
  return (one) => {
    const before = spokenOf.slice(0, sentences.indexOf(one) + 1);
    return before.findLast((is) => is !== undefined) ?? (isAbout && !isElse);
  };
}
