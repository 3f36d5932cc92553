// How an appointment is moved or called off.
import type { SignalRule } from './signal-rule.ts';
import { either, MEETING, WHEN } from './time-words.ts';

const THE_MEETING = `(?:it|that|this|(?:my|your|our|the|his|her) (?:\\w+ )?${MEETING})`;
/** An appointment that was made is at another time. */
export const MOVED: SignalRule = {
  signal: 'APPOINTMENT_MOVED',
  by: 'ANY',
  says: either(
    `reschedul(?:e|ed|ing)\\b`,
    `(?:mov(?:e|ed|ing)|chang(?:e|ed|ing)|switch(?:ed|ing)?|push(?:ed|ing)?|shift(?:ed|ing)?|postpon(?:e|ed|ing)) (?:my|your|our|the|his|her) (?:\\w+ )?${MEETING}\\b`,
    `(?:mov(?:e|ed|ing)) (?:it|that)\\b`,
    `(?:chang(?:e|ed|ing)|switch(?:ed|ing)?|push(?:ed|ing)?|shift(?:ed|ing)?|postpon(?:e|ed|ing)) ${THE_MEETING} (?:back |up |out )?(?:to|till|until|for) (?=(?:the )?${WHEN})`,
  ),
  isPlain: true,
  asks: true,
  needsTopic: true,
};

/** The customer does not want one, or calls it off. */
export const DECLINED: SignalRule = {
  signal: 'APPOINTMENT_DECLINED',
  by: 'CALLER',
  says: either(
    `(?<!\\b(?:not|never|you|they|he|she|you just|they just|did|who|don['’]t|didn['’]t|won['’]t) )(?:cancel(?:l?ed|l?ing)?|call(?:ed|ing)? off)\\b.{0,30}\\b(?:${MEETING}|it|that)\\b`,
    `(?:don['’]t|do not|won['’]t|will not|no longer) (?:need|want)\\b.{0,20}\\b(?:appointment|visit|estimate|inspection|consultation|(?:any(?:one|body)|some(?:one|body)|a technician) to come)\\b`,
    `(?:no longer|not|don['’]t|won['’]t) (?:be )?(?:need|want|making|keep(?:ing)?|coming (?:in|to)) (?:to )?(?:my|our|the|that) (?:\\w+ )?${MEETING}\\b`,
  ),
  isPlain: false,
  asks: true,
  needsTopic: false,
};
