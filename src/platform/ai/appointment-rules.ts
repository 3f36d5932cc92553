// How an appointment is asked for, and how the business says that one is made.
import type { SignalRule } from './signal-rule.ts';
import { either, HOUR, MEETING, WHEN } from './time-words.ts';

// another time is asked for, or the one that is there
const CHANGES = `\\b(?:reschedul|cancel|mov(?:e|ing) (?:it|that|this|up|back|days|${WHEN}|(?:my|our|the|that|this|his|her|your) (?:\\w+ ){0,2}?(?:${MEETING}|time|day|date|spot|${WHEN})|(?:me|us|him|her|them) (?:to|from|up|back))\\b|push (?:it|my|our|back)|instead\\b(?! of\\b(?!.{0,20}\\b${WHEN}))|(?:another|a different) (?:day|time|date)\\b|confirm (?:my|our)\\b|double.?check)`;
// "the sooner the better" and "I called earlier" do not
const SOONER =
  '\\b(?:(?:any(?:thing|one|body)?|something|come|in|over|by|out|bit|little|much|lot|hours?|days?|weeks?|open|available|seen|(?:see|get|fit|squeeze|take) (?:me|us|him|her|it|them)) (?:sooner|earlier)\\b(?! (?:rather|the better))|(?:sooner|earlier) (?:time|day|date|slot|appointment|opening|spot)\\b)';
// not to be met, but to be told, paid or given something
const ERRANDS =
  '\\b(?:come (?:down on|up|with|back (?:on|from))|call(?:ed)? (?:me|us|you|him|her) ?(?:back)?|pick (?:it|them|that|my \\w+|up)|pay (?:my|our|the|an?|it|that|this|on|off|for|him|her|you)\\b|(?<!\\b(?:my|our|tax|the|his|her) )return|refund|my (?:account|e-?mail)|log ?in|hir(?:e|ing) me|visit (?:my|our) (?:mother|father|mom|dad|wife|husband|brother|sister|son|daughter|friend|grand\\w+)|look (?:at|into) (?:my|the|our) (?:bill|invoice|account|order|statement)|(?:package|parcel|order|delivery|shipment|parts?|check|bill|invoice|power|water|money)\\b.{0,12}(?:get|come|be|arriv))';
// who is there or still comes, or whether one is needed, is asked, and nobody to come
const THERE =
  "\\b(?:do (?:i|we)(?: even| really)? (?:need|have) (?:an?|to)|(?:i|we) (?:don['’]?t|do not) (?:need|have) to (?:bring|come|make|book|schedule)\\b|do (?:you|they|y['’]?all)(?: guys| all| people)? have (?:an? |any )?\\w+ (?:there|here)|still coming|will (?:you|he|she|they)(?: guys| all)? be (?:coming|there)\\b)\\b";
// what was sent is asked after
const ARRIVED =
  "\\b(?:(?:did|didn['’]?t) (?:you(?: guys| all)?|they|he|she|anyone|anybody|someone|somebody) (?:ever |even )?(?:get|receive|see|find|cash|deposit)|(?:have|has) (?:you|they|anyone|anybody|he|she) (?:received|gotten|cashed)|(?:if|whether|has|have|did|are|is) (?:my|our|the) (?:\\w+ ){1,3}?(?:(?:have|has|had|is|are) )?(?:come in|came in|arrived?|ready|in yet|done|finished)\\b)\\b";
// what was, what others did, what is only supposed
const ELSEWHEN =
  '\\b(?:if (?:i|we) were|last (?:time|week|month|year)|used to|yesterday|supposed to|(?:neighbou?r|friend|he|she|they) (?:said|told|booked|scheduled|had|got))\\b';
// one is there
const HAD =
  "\\byou(?: guys| all)?(?:['’]ve| have| had)(?: got| had)? (?:me|us|him|her|my \\w+) (?:on|down|in|scheduled|booked)\\b";
// what lies there already is asked after
const LEFT_THERE =
  "\\b(?:i|we|my \\w+)(?: had)? (?:(?:left|brought|dropped|sent|took) (?:off |in )?(?:my|our|the|an?|his|her|some|it|them) (?!(?:\\w+ )?(?:message|voicemail|note)\\b)(?:[\\w'’]+ ){0,5}?(?:to|for|off|in|with you|there)\\b)";
// who calls has something to sell: "could I stop in and show you how it works"
const PITCHED =
  '\\b(?:and|to) (?:maybe )?(?:show|give) you(?: guys| folks| all)? (?:what we (?:do|have|offer|sell)|(?:some of )?our (?:new(?:est)?|latest|line|products?|samples|services?|software|menu|prices|rates|program|platform)|how (?:it|they|this|that|our \\w+) works?|a (?:quick )?demo|some samples)\\b';
/** What is no request for an appointment, though it sounds like one. */
export const NOT_ASKED = new RegExp(
  [CHANGES, SOONER, HAD, ERRANDS, ARRIVED, THERE, ELSEWHEN, LEFT_THERE, PITCHED].join('|'),
  'i',
);

// "you're" is heard as "your", "booked" as "book"
const YOU_ARE = "(?:you(?:['’]?re| are|r)(?: (?:now|already|just|then|officially))?)";
const WE_DID =
  "(?:i|we|he|she|they)(?:['’](?:ve|m|re|ll|s)| have| has| am| are| will| did)?(?: just| now| already| gone ahead and| going to)?";
const PUTS =
  '(?:book(?:ed|ing)?|schedul(?:e|ed|ing)|reserv(?:e|ed|ing)|pencil(?:l?ed|l?ing)?|squeez(?:e|ed|ing)|fit(?:ted|ting)?|slot(?:ted|ting)?|sign(?:ed|ing)?|mark(?:ed|ing)?|put(?:ting)?|plac(?:e|ed|ing)|got|get(?:ting)?|have|add(?:ed|ing)?|set)';

const NOT_LOOKED_UP = '(?!(?:see|saw|find|found|had|show|can|could)\\b)';

/** Both sides agreed on an appointment: an agent's own word for it. */
export const BOOKED: SignalRule = {
  signal: 'APPOINTMENT_BOOKED',
  by: 'AGENT',
  says: either(
    `${YOU_ARE} (?:all set|set|good to go|(?:all )?(?:book(?:ed)?|scheduled?|confirmed|reserved|pencill?ed)(?: in)?|down (?:for|on|at)|in (?:for|at) (?=${WHEN}|${HOUR})|on (?:the|my|our|his|her|their) (?:schedule|calend[ae]r|books?))\\b`,
    `${WE_DID} (?:booked|scheduled|pencill?ed|squeezed|reserved|slotted) (?:you|him|her|them|your \\w+)\\b`,
    `(?:${WE_DID}|let me|let['’]?s) ${PUTS} (?:you|him|her|them|(?!(?:it|that|this|one|some|what|an?|the)\\b)\\w+(?= down\\b| in for\\b)) (?:all )?(?:down|in|booked|scheduled|set up)\\b`,
    `(?:${WE_DID}|let me|let['’]?s)(?: ${NOT_LOOKED_UP}\\w+){1,2} (?:you|him|her|them) (?:all )?(?:in|on|into|onto) (?:the|my|our|his|her|their) (?:schedule|calend[ae]r|books?|diary)\\b`,
    `(?:i|we|he|she)(?:['’]ve| have)?(?: just| now| already)? (?:(?:have|got) you|(?:put|booked|scheduled) (?:you|him|her|them|it|that)) (?:for|at|on) (?:the )?(?=${WHEN}|${HOUR})`,
    `${WE_DID} (?:booked|scheduled|reserved|confirmed|made|set up|saved|blocked) (?:the|that|this|your|an?) (?:\\w+ )?${MEETING}\\b`,
    `(?:your|the|that|this) ${MEETING} (?:is|has been|was)(?: now| all)? (?:book(?:ed)?|confirmed|set|scheduled?|reserved|made)\\b`,
  ),
  // what still hangs on something, or is only offered
  except:
    /\b(?:once|unless|as soon as (?!possible)|(?:when|after) (?:you|we|i|the)|waiting list|wait ?list|down as)\b/i,
  isPlain: true,
  asks: false,
  needsTopic: true,
};

const ANYBODY =
  '(?:you(?: guys| all)?|somebody|someone|anybody|anyone|he|she|they|the \\w+|your \\w+|a (?:technician|plumber|tech|guy|person))';
const FREE_TIME =
  '(?:times?|openings?|slots?|spots?|availability|appointments?|room in (?:your|the) schedule)';

/** The customer asked for an appointment. */
export const REQUESTED: SignalRule = {
  signal: 'APPOINTMENT_REQUESTED',
  by: 'CALLER',
  says: either(
    `(?:book|schedule|make|set up|arrange|request|reserve|get|need|want|(?:would|['’]d) (?:like|love)|looking for)\\b.{0,30}\\b(?<!\\b(?:my|our) )(?:appointments?|visit|inspection|estimate|consultation|check-?up|session)\\b`,
    `(?:book|schedule|reserve) (?:me|us|it|that|him|her|(?:my|our) \\w+)\\b`,
    `(?<!\\b(?:i|we|he|she|they) )(?:put|pencil|squeeze|fit) (?:me|us|him|her|it) (?:in|down)\\b`,
    `(?:can|could|would|will) (?:you (?:please )?(?:get|have|send) )?${ANYBODY}\\b.{0,20}\\b(?:come (?:out|by|over)?|stop by|take a look|be here)\\b`,
    `(?:can|could|would|will) you (?:please )?(?:send|get) (?:somebody|someone|a \\w+|your \\w+) (?:out|over|by|to)\\b`,
    `(?:can|could|would|will) ${ANYBODY} (?:see|fit|squeeze|take|look at|check) (?:me|us|him|her|it|them|(?:my|our) \\w+)(?: in\\b| .{0,15}${WHEN}| ${WHEN})`,
    `(?:when|how (?:soon|early|quickly|fast)|what (?:time|day)s?) (?:can|could|would|will|might) (?:${ANYBODY}|i|we) (?:come|stop|be (?:here|there|seen)|get (?:here|out|in)|see|meet|show|look|visit|start|fit|do (?:it|that|this)|make it)\\b`,
    `(?:when|what (?:time|day)s?) (?:are|is) ${ANYBODY} (?:available|free)\\b`,
    `(?:do|does|would|have) (?:you|he|she|they|the \\w+|anyone) (?:still )?(?:have |got )?(?:any |an? |some )?(?:free |open )?${FREE_TIME}\\b`,
    `(?:do|does|would) (?:you|he|she|they|the \\w+|anyone) (?:still )?have (?:anything|something)\\b.{0,20}(?:\\b(?:open|available|free|earlier|sooner)\\b|${WHEN})`,
    `(?:is|are) there (?:still )?(?:any|an?|some)(?: free| open)? (?:time|openings?|slots?|spots?|availability|appointments?)\\b(?! limit)`,
    `(?:can|could|may) (?:i|we) (?:come (?:in|by|over)|stop by|drop (?:it|him|her|them|by)|bring (?:it|him|her|them|my \\w+|in)|be seen|get in|(?:see|view|tour|look at) (?:the|that|this) (?:inside|house|place|unit|apartment|property|condo|home))\\b`,
    `(?:i|we)(?: would|['’]d)? (?:like|love|want|need) (?:to (?:come in|be seen|see (?:the|a) \\w+|bring \\w+ in)|(?:somebody|someone|a technician|you guys) to (?:come|look|check|stop))\\b`,
  ),
  except: NOT_ASKED,
  isPlain: true,
  asks: true,
  needsTopic: false,
};
