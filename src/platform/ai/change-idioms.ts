// More ways of calling an appointment off, and how it is told that one was changed.
import { CANCEL, NOT_CANCELLED, NOT_OTHERS, OTHERS_THINGS } from './change-rules.ts';
import type { SignalRule } from './signal-rule.ts';
import { either, MEETING, WHEN } from './time-words.ts';

const MINE = `(?:(?:my|our|the|your|his|her|${WHEN}(?:['’]s)?) (?:\\w+ )?(?:${MEETING}|spot|place|time|table|man|guy|crew|technician)|${WHEN})`;
const NOT_BROUGHT = '(?! (?:\\w+ )?(?:off|by|in|over|at|down|back|here|there|to|with)\\b)';
// shoes are taken off, and pets off a leash
const ONESELF =
  '(?:me|us|him|her|(?:my|our) (?:name|husband|wife|son|daughter|kids?|mom|mum|dad|mother|father|brother|sister|friend|dog|cat|puppy|pet|appointment|reservation|booking))';
const LIST = '(?:schedule|calend[ae]r|books?|board|roster|diary|appointments?|waitlist|rota|sheet)';

/** A customer calls it off, whatever the verb. */
export const DECLINED_TOO: SignalRule = {
  signal: 'APPOINTMENT_DECLINED',
  by: 'CALLER',
  says: either(
    `${NOT_OTHERS}(?:${CANCEL}|scrap|scratch) ${MINE}\\b(?! (?:${OTHERS_THINGS}|time)\\b)`,
    // what is dropped off, or dropped at a place, is brought
    `${NOT_OTHERS}drop(?:ping)? (?:the|my|our|that|this) (?:[\\w'’]+ )?(?:${MEETING}|spot)\\b${NOT_BROUGHT}`,
    `(?:let['’]?s|please|just|go ahead and|have to|need to|want to|better) drop (?:it|that)(?=[.,!?;]|$| (?:altogether|after all|for now|then)\\b)`,
    `${NOT_OTHERS}call ${MINE} off\\b`,
    `${NOT_OTHERS}call(?:ing)? off (?:my|our|the|his|her|that) (?!(?:search|dogs?|game|wedding|party|engagement)\\b)\\w+\\b`,
    `(?:take|took|get) ${ONESELF} off\\b(?=[.,!?;]|$| (?:of )?(?:the |your |that |this |his |her |it\\b)?(?:(?!(?:mailing|e-?mail|call)\\b)\\w+ )?${LIST}\\b| the list\\b| (?:all|both|any|everything)\\b| (?:for |on )?${WHEN}| (?:please|then|of it|it|that|for)\\b)`,
    `(?:don['’]?t|do not|won['’]?t|will not|no longer|not) (?:be |really )?(?:need(?:ing)?|want(?:ing)?) (?:you|him|her|them|it|that|anyone|anybody|someone|somebody|a \\w+|the (?:\\w+ )?(?:${MEETING}|\\w+(?:m[ae]n|ers?|ors?|ians?)|guys?|crew|people|folks|girls|ladies|truck))\\b.{0,20}(?:\\b(?:to come|out|over|after all|any ?more|any longer|now)\\b|[.,]|$)`,
    `(?:release|free up|give up|let go of|open up) (?:my|our|the|that|his|her) (?:\\w+ )?(?:spot|slot|time|place|appointment|table)\\b`,
    `(?:give|let) (?:my|our|the|his|her) (?:spot|slot|place|time|appointment|table) (?:to|go)\\b`,
    `(?:not|won['’]?t|n['’]t) (?:be |going to |gonna |able to )*(?:com(?:e|ing)|make it|show(?:ing)? up|attend(?:ing)?) after all\\b`,
  ),
  except: new RegExp(
    `${NOT_CANCELLED.source}|\\b(?:order|subscription|membership|plan|service|account|policy|contract|card|auto-?pay|if|fee|instead|another (?:day|time)|different (?:day|time)|(?:until|till)(?! (?:the )?(?:spring|summer|fall|winter|next (?:year|season|spring|summer)|further)))\\b`,
    'i',
  ),
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

const AGENT_DOES =
  "(?:i|we)(?:['’](?:ll|ve|m|re)| will| have| am| are| can)?(?: just| now| already| go ahead and| gone ahead and| going to| gonna| get)*";
const THEIRS = `(?:you(?:r (?:\\w+ )?(?:${MEETING}|name|spot|place|time))?|him|her|them|it|that|this|(?:the|that|this) (?:\\w+ )?(?:${MEETING}|spot)|${WHEN})`;
/** An agent calls off what a customer cannot keep; what the business cannot keep is not the customer's to decline. */
export const TAKEN_OFF: SignalRule = {
  signal: 'APPOINTMENT_DECLINED',
  by: 'AGENT',
  says: either(
    `${AGENT_DOES} (?:take|took|taken|taking|mark(?:ed|ing)?|wip(?:e|ed|ing)|strik(?:e|ing)|struck|knock(?:ed|ing)?|cross(?:ed|ing)?|scratch(?:ed|ing)?|remov(?:e|ed|ing)|delet(?:e|ed|ing)|clear(?:ed|ing)?|pull(?:ed|ing)?|drop(?:ped|ping)?) ${THEIRS} (?:off|out|from|down)\\b`,
    `${AGENT_DOES} (?:cancel(?:l?ed|l?ing)?|remov(?:e|ed|ing)|delet(?:e|ed|ing)|scratch(?:ed|ing)?|call(?:ed|ing)? off|clear(?:ed|ing)?) (?:${THEIRS}|(?:all|both|those|these|the rest|them all)\\b)`,
    `(?:(?:you|it|that|everything|your (?:\\w+ )?${MEETING})(?:['’](?:s|re)| is| are| has been) (?:all |now )*(?:cancell?ed|taken off|off (?:the|my|our|his|her) ${LIST}))\\b`,
    `${AGENT_DOES} (?:open|free|give) (?:up )?(?:that|your|the) (?:\\w+ )?(?:spot|slot|time|${MEETING})\\b`,
  ),
  except:
    /\b(?:order|subscription|membership|plan|policy|contract|card|auto-?pay|if|unless|fee|mailing|e-?mail|call list|can['’]?t|cannot|unable|and (?:you['’]re|you are|put you|i['’](?:ve|ll) (?:put|got|have)))\b/i,
  isPlain: true,
  asks: false,
  needsTopic: 'GIVEN_UP',
};

/** An agent tells that the change is done. */
export const CHANGE_DONE = either(
  `(?:i|we)(?:['’]ve| have|['’]ll|['’]m)?(?: just| now| already)? (?:mov|switch|chang|push|shift|swap|bump|chang|made th(?:e|at) change|updat)(?:e|ed|p?ing|ped)?\\b`,
  `(?:i|we)(?:['’]ve| have)? got (?:you|him|her|it|that|them) (?:all )?(?:moved|switched|changed|rescheduled|pushed|shifted|swapped)\\b`,
  `(?:it|that|you)(?:['’]s|['’]re| is| are| has been) (?:now |all )?(?:moved|switched|changed|rescheduled|pushed|shifted)\\b`,
);
