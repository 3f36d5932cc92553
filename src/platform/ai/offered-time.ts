// The time that an agent lays before a customer.
import { TELLS_PRICE } from './deal-acts.ts';
import type { Run } from './runs.ts';
import type { Sentence } from './sentences.ts';
import { NAMES_TIME, OF_ELSE, OFFERS_TIME } from './speech-acts.ts';
import { either, HOUR, TIME_SAID, WHEN } from './time-words.ts';

const PRICED = new RegExp(`\\bfor ${HOUR} \\w+`, 'gi');
/** "She's got a six if that helps". */
const HAS_HOUR = either(
  `(?<!\\b(?:the|this|that|which|another) )(?!one\\b)${HOUR}(?: thirty| fifteen| forty[- ]five)? (?:works|would work|(?:is|would be) (?:open|free|available|good|better|okay|fine))\\b`,
  `(?:would|is|does|will) ${HOUR}(?: thirty| fifteen| forty[- ]five| o['’]?clock)? (?:be|work|suit|too|okay|ok|fine|good|all right|alright|do)\\b`,
  `(?:(?:how|what) (?:a)?bout|say|(?:could|can) (?:do|make it|you do)) (?:at |around |like )?${HOUR}(?=[.,!?]|$| (?:or|then|instead|if)\\b)`,
  `(?:have|has|got) an? ${HOUR}(?=[.,!?]|$| (?:if|or|open|available|free|then|still)\\b)`,
);
/** Until then somebody is away, or a shop open; "not until Friday" offers it. */
const UNTIL = new RegExp(
  `(?<!(?:\\b(?:not|no|nothing|cannot|full|booked)|n['’]t)\\b.{0,40})\\b(?:until|till|til) (?:about |around )?(?:the |next |this )?(?:${WHEN}|${HOUR}\\b)`,
  'gi',
);
/** A judgement is a sentence of its own, though no mark ends it: "that's fine they'll check it in Monday". */
const CLAUSE_ENDS =
  /\b(?:and|because|cause)\b|[;.] |(?<=\b(?:fine|good|okay|ok|great|perfect)) (?=(?:i|we|he|she|it|they)['’])/i;

/** "Booked up, but I have ten": what is said of the time; and "two thirty" is no hour where it is a price. */
function aboutTime(quote: string): string {
  const last = quote
    .replace(UNTIL, '')
    .split(/\bbut\b/i)
    .findLast((part) => TIME_SAID.test(part));
  return last && TELLS_PRICE.test(last) ? last.replace(PRICED, '') : (last ?? '');
}

/** What offers and the time are of one clause: "I've got two left, they're in till Friday" offers none. */
const offers = (said: string) =>
  said.split(CLAUSE_ENDS).some((one) => OFFERS_TIME.test(one) && TIME_SAID.test(one));

/** Somebody else decides it first. */
const NOT_PROMISED =
  /\b(?:n['’]?t|not) (?:wanna |want to |going to |gonna )?promise\b|\blet me (?:talk to|ask|check with) (?:him|her|them|my|our|the)\b/i;

/**
 * The sentence that offers a time.
 * @param isAsked whether a meeting was asked for: any time is one for it then
 */
export function offeredTime(run: Run | undefined, isAsked: boolean): Sentence | undefined {
  return run?.find(({ quote }) => {
    if (NOT_PROMISED.test(quote)) return false;
    if (HAS_HOUR.test(quote) || (quote.endsWith('?') && NAMES_TIME.test(quote.slice(0, -1))))
      return true;
    const said = aboutTime(quote);
    return TIME_SAID.test(said) && !OF_ELSE.test(said) && (isAsked || offers(said));
  });
}
