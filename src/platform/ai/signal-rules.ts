// The words by which a signal is known. They name ways of speaking (a verb in its forms, an agent who confirms, a
// spelling that recognition writes), never a sentence that somebody happened to say.
import type { Signal } from './port.ts';

/** How one signal is said. */
export interface SignalRule {
  signal: Signal;
  /** whose words count; on one channel nobody is told apart, and everybody's do */
  by: 'CALLER' | 'AGENT' | 'ANY';
  says: RegExp;
  /** where sentences that match speak of something else */
  except?: RegExp;
  /** whether a "not" in front of it takes it away; else it is part of the words, as in "not interested" */
  isPlain: boolean;
  /** whether a question says it too */
  asks: boolean;
  /** whether it is about an appointment only where the talk is, or where it tells a time */
  needsTopic: boolean;
}

const either = (...ways: string[]) => new RegExp(`\\b(?:${ways.join('|')})`, 'i');

const DAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)days?';
const HOUR =
  '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday|1[0-2]|[1-9])';
const WHEN = `(?:today|tonight|tomorrow|${DAY}|(?:morning|afternoon|evening|noon|midday|weekend)\\b|(?:this|next|another|a different|any other) (?:week|month|day|time|date)|(?:at|for|by|until|till|around) (?:(?:half past|quarter (?:past|to)) )?${HOUR}(?![\\d.,:]?\\d)(?! (?:hundred|thousand|dollars?|bucks|people|persons?|percent|of)\\b)|\\d{1,2}:\\d{2}|\\d{1,2}(?:st|nd|rd|th)\\b|\\d{1,2} ?[ap]\\.?m\\b|\\d{1,2} o['’]?clock)`;

/** What tells a day or an hour. */
export const TIME_SAID = either(WHEN);

const MEETING =
  '(?:appointments?|visits?|inspections?|estimates?|consultations?|check-?ups?|sessions?|bookings?|reservations?|slots?|openings?|service calls?)';
/** What a talk about an appointment speaks of. */
export const APPOINTMENT_SAID = either(
  `(?:${MEETING}|technicians?|(?:re)?schedul\\w+|calend[ae]r|come (?:out|by|over|in)|stop by)\\b`,
);

/** What speaks of an appointment that is there already. */
const CHANGES =
  /\b(?:reschedul|cancel|mov(?:e|ing)\b|instead\b|(?:another|a different) (?:day|time|date)\b|confirm (?:my|our)\b)/i;

// "you're" is heard as "your", "booked" as "book"
const YOU_ARE = "(?:you(?:['’]?re| are|r)(?: (?:now|already|just|then|officially))?)";
const WE_DID =
  "(?:i|we|he|she|they)(?:['’](?:ve|m|re|ll|s)| have| has| am| are| will| did)?(?: just| now| already| gone ahead and| going to)?";
const PUTS =
  '(?:book(?:ed|ing)?|schedul(?:e|ed|ing)|reserv(?:e|ed|ing)|pencil(?:l?ed|l?ing)?|squeez(?:e|ed|ing)|fit(?:ted|ting)?|slot(?:ted|ting)?|sign(?:ed|ing)?|mark(?:ed|ing)?|put(?:ting)?|plac(?:e|ed|ing)|got|get(?:ting)?|have|add(?:ed|ing)?|set)';

const BOOKED: SignalRule = {
  signal: 'APPOINTMENT_BOOKED',
  by: 'AGENT',
  says: either(
    `${YOU_ARE} (?:all set|set|good to go|(?:all )?(?:book(?:ed)?|scheduled?|confirmed|reserved|pencill?ed)(?: in)?|down (?:for|on|at)|in (?:for|at) (?=${WHEN}|${HOUR})|on (?:the|my|our|his|her|their) (?:schedule|calend[ae]r|books?))\\b`,
    `${WE_DID} (?:booked|scheduled|pencill?ed|squeezed|reserved|slotted) (?:you|him|her|them|your \\w+)\\b`,
    `(?:${WE_DID}|let me|let['’]?s) ${PUTS} (?:you|him|her|them) (?:all )?(?:down|in|booked|scheduled|set up|on (?:the|my|our|his|her|their) (?:schedule|calend[ae]r|books?))\\b`,
    `(?:i|we|he|she)(?:['’]ve| have)?(?: just| now| already)? (?:(?:have|got) you|(?:put|booked|scheduled) (?:you|him|her|them|it|that)) (?:for|at|on) (?:the )?(?=${WHEN}|${HOUR})`,
    `${WE_DID} (?:booked|scheduled|reserved|confirmed|made|set up|saved|blocked) (?:the|that|this|your|an?) (?:\\w+ )?${MEETING}\\b`,
    `(?:your|the|that|this) ${MEETING} (?:is|has been|was)(?: now| all)? (?:book(?:ed)?|confirmed|set|scheduled?|reserved|made)\\b`,
  ),
  // what still hangs on something, or is only offered
  except:
    /\b(?:once|unless|as soon as (?!possible)|(?:when|after) (?:you|we|i|the)|waiting list|wait ?list)\b/i,
  isPlain: true,
  asks: false,
  needsTopic: true,
};

const SOMEBODY =
  '(?:you(?: guys| all)?|somebody|someone|anybody|anyone|he|she|they|the \\w+|your \\w+|a (?:technician|plumber|tech|guy|person))';
const FREE_TIME =
  '(?:times?|openings?|slots?|spots?|availability|appointments?|room in (?:your|the) schedule)';

const REQUESTED: SignalRule = {
  signal: 'APPOINTMENT_REQUESTED',
  by: 'CALLER',
  says: either(
    `(?:book|schedule|make|set up|arrange|request|reserve|get|need|want|(?:would|['’]d) (?:like|love)|looking for)\\b.{0,30}\\b(?<!\\b(?:my|our) )(?:appointments?|visit|inspection|estimate|consultation|check-?up|session)\\b`,
    `(?:book|schedule|reserve) (?:me|us|it|that|him|her|(?:my|our) \\w+)\\b`,
    `(?:put|pencil|squeeze|fit) (?:me|us|him|her|it) (?:in|down)\\b`,
    `(?:can|could|would|will) (?:you (?:please )?(?:get|have|send) )?${SOMEBODY}\\b.{0,20}\\b(?:come (?:out|by|over)?|stop by|take a look|be here)\\b`,
    `(?:can|could|would|will) you (?:please )?(?:send|get) (?:somebody|someone|a \\w+|your \\w+) (?:out|over|by|to)\\b`,
    `(?:can|could|would|will) ${SOMEBODY} (?:see|fit|squeeze|take|look at|check) (?:me|us|him|her|it|them|(?:my|our) \\w+)(?: in\\b| .{0,15}${WHEN}| ${WHEN})`,
    `(?:when|how (?:soon|early|quickly|fast)|what (?:time|day)s?) (?:can|could|would|will|might) (?:${SOMEBODY}|i|we) (?:come|stop|be (?:here|there|seen)|get (?:here|out|in)|see|meet|show|look|visit|start|fit|do (?:it|that|this)|make it)\\b`,
    `(?:when|what (?:time|day)s?) (?:are|is) ${SOMEBODY} (?:available|free)\\b`,
    `(?:do|does|would|have) (?:you|he|she|they|the \\w+|anyone) (?:still )?(?:have |got )?(?:any |an? |some )?(?:free |open )?${FREE_TIME}\\b`,
    `(?:do|does|would) (?:you|he|she|they|the \\w+|anyone) (?:still )?have (?:anything|something)\\b.{0,20}(?:\\b(?:open|available|free|earlier|sooner)\\b|${WHEN})`,
    `(?:is|are) there (?:still )?(?:any|an?|some)(?: free| open)? (?:time|openings?|slots?|spots?|availability|appointments?)\\b(?! limit)`,
    `(?:can|could|may) (?:i|we) (?:come (?:in|by|over)|stop by|drop (?:it|him|her|them|by)|bring (?:it|him|her|them|my \\w+|in)|be seen|get in)\\b`,
    `(?:i|we)(?: would|['’]d)? (?:like|love|want|need) (?:to (?:come in|be seen|see (?:the|a) \\w+|bring \\w+ in)|(?:somebody|someone|a technician|you guys) to (?:come|look|check|stop))\\b`,
  ),
  except: CHANGES,
  isPlain: true,
  asks: true,
  needsTopic: false,
};

const THE_MEETING = `(?:it|that|this|(?:my|your|our|the|his|her) (?:\\w+ )?${MEETING})`;
const MOVED: SignalRule = {
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

const DECLINED: SignalRule = {
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

const THING =
  "(?:it|that|this|them|those|one|two|the|your)\\b(?!.{0,20}\\b(?:slots?|appointment|opening|o['’]clock|a\\.?m|p\\.?m|morning|afternoon|evening|bus|train|call|day|week)\\b)";
const SALE_MADE: SignalRule = {
  signal: 'SALE_MADE',
  by: 'ANY',
  says: either(
    `(?:i|we)(?:['’]ll| will) (?:take|buy|order|purchase|go with|go ahead with) ${THING}`,
    `(?:i|we)(?:['’]ve| have)? decided (?:to (?:take|buy|order|purchase|go (?:ahead )?with)|on) ${THING}`,
    `(?:i|we)(?:['’]m| am|['’]re| are) (?:going to|gonna) (?:buy|order|purchase|go (?:ahead )?with) ${THING}`,
    `your (?:order|purchase|payment|card|deposit|transaction) (?:is|has been|was|went|has gone) (?:all )?(?:placed|completed?|confirmed|received|through|approved|processed|accepted|charged|in\\b)`,
    `(?:i|we)(?:['’]ve| have)?(?: just)? (?:received|got|processed|taken|took) your (?:order|payment|deposit)\\b`,
    `(?:i|we)(?:['’]ve| have)?(?: just)? (?:placed|put in|put through|charged) (?:your|the) (?:order|card|payment|deposit)\\b`,
    `thank(?:s| you)(?: so much| very much)? for your (?:order|purchase|payment)\\b`,
  ),
  isPlain: true,
  asks: false,
  needsTopic: false,
};

const DENIED = "(?<!(?:\\b(?:not|never|be|without|no one|nobody)|n['’]t) )";
const ANOTHER =
  '(?:somebody|someone|another|a different|(?:one of )?your competitors?|the other|one of the other|a cheaper)';
const SALE_LOST: SignalRule = {
  signal: 'SALE_LOST',
  by: 'CALLER',
  says: either(
    `(?<!(?:not|never|n['’]t|be|that) (?:all )?)too (?:expensive|pricey|high(?: for (?:me|us))|much money|rich for)\\b`,
    `${DENIED}(?:go(?:ing)?|went|gone|signed(?: up)?|stick(?:ing)?|stay(?:ing)?) with ${ANOTHER}\\b`,
    `${DENIED}(?:found|hired|chose|chosen|picked|using|got) (?:(?:somebody|someone) (?:else|cheaper)|another (?:company|shop|one|guy|contractor)|(?:a )?(?:better|cheaper|lower) (?:price|offer|deal|quote|one))\\b`,
    `(?:not|no longer|\\w+n['’]t) (?:really )?interested(?! in (?:the|a|any) other)\\b`,
    `i(?:['’]ll| will|['’]m going to|['’]m gonna) (?:have to )?pass(?! (?:it|that|this|by|the|you|on (?:the|your|that) (?:message|word|number|info\\w*))\\b)\\b`,
    `(?:can['’]?t|cannot|can not|could ?n['’]?t) (?:really )?afford (?:it|that|this|to (?:pay|spend|do))\\b`,
    `(?:out of|over|above|beyond|more than) (?:my|our) (?:budget|price range)\\b`,
    `decided (?:against (?:it|that|this|the)|not to (?:buy|do|go|take|proceed))\\b`,
    `(?:look|shop|try|go) (?:elsewhere|somewhere else)\\b`,
  ),
  isPlain: false,
  asks: false,
  needsTopic: false,
};

/** One rule for each signal, in the order of the port's list. */
export const SIGNAL_RULES: readonly SignalRule[] = [
  BOOKED,
  REQUESTED,
  MOVED,
  DECLINED,
  SALE_MADE,
  SALE_LOST,
];
