// How an appointment is moved or called off.
import type { SignalRule } from './signal-rule.ts';
import { either, HOUR, MEETING, WHEN } from './time-words.ts';

const THE_MEETING = `(?:it|that|this|(?:my|your|our|the|his|her) (?:\\w+ )?${MEETING})`;
// what is left for another talk, or only offered
const MOVED_LATER =
  /\b(?:(?:call|phone|ring)(?: (?:you|us|me|y['’]?all))? ?(?:back|again|in|later)?\b.{0,30}\breschedul|reschedul\w* (?:later|(?:some|an)other time|when|once|after|fee)|(?:would you like|(?:do|did) (?:you|ya) (?:want|wanna)|want|wanna|care|shall we|should we|(?:can|could|may) (?:i|we) help you)(?: me)? to reschedul|(?:ready|able|time) to reschedul|(?:if you|whenever you).{0,25}\breschedul)/i;
/** An appointment that was made is at another time. */
export const MOVED: SignalRule = {
  signal: 'APPOINTMENT_MOVED',
  by: 'ANY',
  says: either(
    `reschedul(?:e|ed|ing)\\b`,
    `(?:mov(?:e|ed|ing)|chang(?:e|ed|ing)|switch(?:ed|ing)?|push(?:ed|ing)?|shift(?:ed|ing)?|postpon(?:e|ed|ing)) (?:my|your|our|the|his|her) (?:\\w+ )?${MEETING}\\b`,
    `mov(?:e|ed|ing) (?:it|that) (?:(?:up|back|out|over|forward)(?=[.,!?]|$| (?:to|by|until|till|from|if|please|then|an hour|an? (?:bit|little|few|couple|day|week|month)|${HOUR} (?:hours?|days?|weeks?))\\b)|(?:to|till|until|for|from) (?:the )?(?:${WHEN}|${HOUR}))`,
    `(?:chang(?:e|ed|ing)|switch(?:ed|ing)?|push(?:ed|ing)?|shift(?:ed|ing)?|postpon(?:e|ed|ing)) ${THE_MEETING} (?:back |up |out )?(?:to|till|until|for) (?=(?:the )?${WHEN})`,
  ),
  except: MOVED_LATER,
  isPlain: true,
  asks: true,
  needsTopic: true,
};

/** A piano is moved too, so "move it" needs one that is there. */
export const MOVED_IT: SignalRule = {
  ...MOVED,
  says: either(`mov(?:e|ed|ing) (?:it|that)\\b(?!['’])`),
  needsTopic: 'EXISTING',
};

const ASKED =
  "\\b(?:(?<!why )(?:can|could|would|will)|can['’]?t|couldn['’]?t|won['’]?t|want|like|need|ask(?:ed|ing)?|wish|hop(?:e|ing)) ";
/** Stands before a verb that no others do: "you cancelled" is a complaint, "can you cancel" a wish. */
export const NOT_OTHERS = `(?<!\\b(?:not|never|they|he|she|who|somebody|someone|did|don['’]t|didn['’]t|(?<!${ASKED})you(?: guys| all| people| folks)?) )(?<!\\b(?:they|he|she|did|(?<!${ASKED})you) just )`;
/** What is cancelled too, and is no appointment, behind the word of one. */
export const OTHERS_THINGS =
  '(?:order|purchase|subscription|membership|plan|service|account|policy|contract|card|internet|cable|package|pass|trial|delivery)';
/** The verb in its forms; what was cancelled was so by a customer. */
export const CANCEL =
  "(?:(?<=\\b(?:i|we|i['’]ve|we['’]ve|i had|we had|have|just|already|and) )cancel(?:l?ed)|cancel(?:l?ing)?)";
/** "There is a fee to cancel" and "I do not want to" cancel nothing. */
export const NOT_CANCELLED =
  /(?:\b(?:fee|charged?|penalty|policy|how (?:late|long|far))\b.{0,40}|(?:\bnot|n['’]t|\bnever) (?:want|wanna|need|like|wish|have|going|trying|mean(?:t)?|asking|calling)(?: you)? to |\brather not |\b(?:keeps?|kept) |\b(?:why|how come) .{0,20}|\b(?:did|have|has|had|was|were) (?:you|they|he|she|it|that|somebody|someone)(?: guys| people)? (?:just )?)cancel/i;

/** The customer does not want one, or calls it off. */
export const DECLINED: SignalRule = {
  signal: 'APPOINTMENT_DECLINED',
  by: 'CALLER',
  says: either(
    `${NOT_OTHERS}${CANCEL}(?: out of| on)?(?: (?!${OTHERS_THINGS}s?\\b)[\\w'’.:]+){0,6}? ${MEETING}\\b(?! ${OTHERS_THINGS})`,
    `${NOT_OTHERS}call(?:ed|ing)? off (?:[\\w'’]+ ){1,3}?${MEETING}\\b`,
    `(?:want|need|like|have|get)(?: to (?:have|get))? (?:(?:my|our|the|that|his|her) (?:[\\w'’]+ )?${MEETING}) cancell?ed\\b`,
    `(?:don['’]t|do not|won['’]t|will not|no longer) (?:need|want)\\b.{0,20}\\b(?:appointment|visit|estimate|inspection|consultation|(?:any(?:one|body)|some(?:one|body)|a technician) to come)\\b`,
    `(?:no longer|not|don['’]t|won['’]t) (?:be )?(?:need|want|making|keep(?:ing)?|coming (?:in|to)) (?:to )?(?:my|our|his|her|their|the|that) (?:\\w+ )?${MEETING}\\b`,
  ),
  except: NOT_CANCELLED,
  isPlain: false,
  asks: true,
  needsTopic: false,
};

/** The customer calls off what was spoken of. */
export const CALLED_OFF: SignalRule = {
  ...DECLINED,
  says: either(
    `${NOT_OTHERS}(?:${CANCEL}|scrap|scratch) (?:it|that|this|him|her|them|me|us|everything|the whole thing)\\b(?! (?:\\w+ )?${OTHERS_THINGS})`,
    `${NOT_OTHERS}call(?:ed|ing)? (?:it|that|this|him|her|them) off\\b`,
    `(?:want|need|like|have|get)(?: to (?:have|get))? (?:it|that|this|him|her|me|us) cancell?ed\\b`,
    `(?:need|want|wanna|have|like|going|gonna|got|calling|decided|better)(?: to)? cancel(?=[.,!?;]|$| (?:for|on|please|because|since|if that)\\b)`,
    `(?:you|please|just|go ahead and) (?:can |could )?cancel(?=[.,!?;]|$)`,
  ),
  needsTopic: 'MEETING',
};
