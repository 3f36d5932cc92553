// More ways of calling an appointment off, and the words by which a change of one is known.
import type { SignalRule } from './signal-rule.ts';
import { either, MEETING, WHEN } from './time-words.ts';

const MINE = `(?:it|that|this|him|her|them|(?:my|our|the|your|his|her|${WHEN}(?:['’]s)?) (?:\\w+ )?(?:${MEETING}|spot|place|time|table|man|guy|crew|technician)|${WHEN})`;
const NOT_YOU = "(?<!\\b(?:not|never|you|they|he|she|did|who|don['’]t|didn['’]t|won['’]t) )";

/** A customer calls it off, whatever the verb. */
export const DECLINED_TOO: SignalRule = {
  signal: 'APPOINTMENT_DECLINED',
  by: 'CALLER',
  says: either(
    `${NOT_YOU}(?:cancel(?:l?ed|l?ing)?|scrap|scratch|drop) ${MINE}\\b`,
    `${NOT_YOU}call ${MINE} off\\b`,
    `(?:take|took|get) (?:me|us|him|her|my \\w+|our \\w+) off\\b(?! (?:the (?:mailing|e-?mail|call)|your (?:mailing|e-?mail|call)))`,
    `(?:don['’]?t|do not|won['’]?t|will not|no longer|not) (?:be |really )?(?:need(?:ing)?|want(?:ing)?) (?:you|him|her|them|it|that|anyone|anybody|someone|somebody|a \\w+|the (?:\\w+ )?(?:${MEETING}|\\w+(?:man|er|or|ian)))\\b.{0,12}(?:\\b(?:to come|out|over|after all|any ?more|any longer|now)\\b|[.,]|$)`,
    `(?:give|let) (?:my|our|the|his|her) (?:spot|slot|place|time|appointment|table) (?:to|go)\\b`,
    `(?:not|won['’]?t|n['’]t) (?:be |going to |gonna |able to )*(?:com(?:e|ing)|make it|show(?:ing)? up|attend(?:ing)?) after all\\b`,
  ),
  except:
    /\b(?:order|subscription|membership|plan|service|account|policy|contract|card|auto-?pay|if|fee|instead|another (?:day|time)|different (?:day|time)|until|till)\b/i,
  isPlain: false,
  asks: true,
  needsTopic: true,
};

/** A customer wants nobody to come. */
export const STAY_AWAY: SignalRule = {
  ...DECLINED_TOO,
  says: either(
    `no need (?:for (?:anyone|anybody|someone|you|him|the \\w+|a \\w+)|to (?:send|come|have)|for you)\\b`,
    `(?:don['’]?t|do not|needn['’]?t) (?:bother|have to|need to)? ?(?:to )?(?:com(?:e|ing)|send(?:ing)?)(?: (?:anyone|anybody|someone|him|them|out|over|the \\w+))?\\b`,
  ),
  needsTopic: false,
};

/** Speaks of an appointment that is there already. */
export const EXISTING = either(
  `(?:i|we)(?:['’]ve| have| had)?(?: got| already)* (?:have|had|got|booked|made|scheduled|set|reserved|an?|the)\\b.{0,25}\\b(?:${MEETING}|(?:on|at|for) (?:the )?(?:${WHEN}))`,
  `(?:my|our|his|her|your) (?:[\\w'’]+ )?(?:${MEETING})\\b`,
  `asked for (?:someone|somebody|you|an? \\w+)\\b`,
  `(?:supposed|scheduled|meant|due|going|booked) to (?:be|come|see|meet|tour|have|bring|do|start)\\b`,
  `(?:is|was|are|were|am|['’](?:s|m|re)) (?:due|coming|scheduled|booked|down|set|on the (?:schedule|books|calend[ae]r)|in)\\b.{0,20}(?:${WHEN})`,
  `(?:your|our|the) (?:\\w+ )?(?:\\w+(?:er|or|ian|ist|man)|crew|doctor)\\b.{0,30}\\b(?:sick|can['’]?t|cannot|out|delayed|late|tied up)\\b`,
);

/** Wishes it at another time, or tells that it cannot be kept. */
export const CHANGE_WISHED = either(
  `(?:can['’]?t|cannot|can not|won['’]?t(?: be able to)?|not (?:be )?(?:able|going) to|unable to|n['’]t) (?:\\w+ )?(?:make|come|keep|get (?:there|in|away)|be there|do (?:it|that|${WHEN}))\\b`,
  `something(?:['’]s| has)? (?:came|come) up\\b`,
  `(?:instead|reschedul\\w+|postpon\\w+|sooner|push(?:ed|ing)? (?:it|that|my|our|the|your|his|her)|bump|swap|mov(?:e|ed|ing) (?:it|that|this|my|our|the|your|his|her|up)|chang(?:e|ed|ing) (?:it|that|my|our|the|your) (?:\\w+ )?(?:to|for|appointment|time|day|date)|switch(?:ed|ing)?|shift|earlier (?:in|time|day|date|slot|appointment)|another (?:day|time|date)|different (?:day|time|date|slot)|(?:called in|is|out) sick|stuck (?:in|at)|got to be|later in the)\\b`,
);

/** An agent tells that the change is done. */
export const CHANGE_DONE = either(
  `(?:i|we)(?:['’]ve| have|['’]ll|['’]m)?(?: just| now| already)? (?:mov|switch|chang|push|shift|swap|bump|chang|made th(?:e|at) change|updat)(?:e|ed|p?ing|ped)?\\b`,
  `(?:it|that|you)(?:['’]s|['’]re| is| are| has been) (?:now |all )?(?:moved|switched|changed|rescheduled|pushed|shifted)\\b`,
);
