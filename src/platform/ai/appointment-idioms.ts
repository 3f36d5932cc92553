// More ways of asking for an appointment and of saying that one is made: by what is done (somebody comes, a name is written
// down), whatever the verb.
import { NOT_ASKED } from './appointment-rules.ts';
import type { SignalRule } from './signal-rule.ts';
import { COMES, either, HOUR, MEETING, NUMBER, SOMEBODY, WHEN } from './time-words.ts';

const WILL = "(?:['’]ll| will|['’](?:re|s|m) going to| (?:are|is|am) going to)";
const I_DO =
  "(?:i|we)(?:['’](?:ve|m|re|ll)| have| am| are| will)?(?: (?:just|now|already|go ahead and|gone ahead and|going to))*";
const WRITES =
  '(?:wr(?:ite|ote|itten|iting)|jot(?:ted|ting)?|pop(?:ped|ping)?|put(?:ting)?|slid(?:e|ing)?|work(?:ed|ing)?|enter(?:ed|ing)?|not(?:e|ed|ing)|ink(?:ed|ing)?|log(?:ged|ging)?|mark(?:ed|ing)?|block(?:ed|ing)?|lock(?:ed|ing)?|set(?:ting)?|sav(?:e|ed|ing)|hold(?:ing)?|held|keep(?:ing)?|kept|reserv(?:e|ed|ing)|pencil(?:l?ed|l?ing)?|book(?:ed|ing)?|schedul(?:e|ed|ing))';

/** An agent confirms, or tells who will be where and when. */
export const BOOKED_TOO: SignalRule = {
  signal: 'APPOINTMENT_BOOKED',
  by: 'AGENT',
  says: either(
    `${I_DO} ${WRITES} (?:you|him|her|them|your \\w+) (?:in|down|up|for|at|on)\\b`,
    `${I_DO} ${WRITES} (?:it|that|this|the (?:time|slot|spot|date|hour|day)|(?:the )?(?:${WHEN}|${HOUR})) (?:down|off|in|aside|out|for (?:you|him|her|them))\\b`,
    `(?:it|that|this|everything|we|he|she|they)(?:['’](?:s|re)| is| are)(?: all| now)* (?:confirmed|booked|locked in|scheduled|on the (?:calend[ae]r|books?|schedule|diary)|in the (?:book|calend[ae]r|diary|system)|a date|arranged)\\b`,
    `you(?:['’]re| are) (?:all )?(?:in|on) there\\b`,
    `${I_DO}(?: got)? (?:you|him|her|them|it|that) (?:all )?(?:wrote|written|marked|logged|entered|typed|penciled|put) (?:down|in|up)\\b`,
    // help is on its way
    `(?:he|she|they|(?:an?|my|our|the|your) (?:guys?|trucks?|drivers?|tech|technician|crew|man|van|plumber|locksmith))(?:['’](?:s|re)| is| are)?(?: only| just)?(?: about| around| maybe)? (?:${NUMBER}|an?|a few|half an) (?:minutes?|hours?)(?: away)? from you\\b`,
    `consider (?:it|yourself|that) (?:booked|done|scheduled|confirmed)\\b`,
    `(?:date|slot|spot|time|day|hour|${WHEN}) (?:is|['’]s) (?:all )?(?:yours|reserved|held for you|blocked off)\\b`,
    `(?<!\\b(?:i|we) (?:can |do )?)(?:see(?:ing)?|meeting) you (?:then|there|(?:on |at |this |next |(?:bright and )?early )?(?:the )?(?:${WHEN}|${HOUR}))`,
  ),
  except:
    /\b(?:once|unless|as soon as (?!possible)|waiting list|wait ?list|down as|on (?:a )?hold|route|deliver\w*|call you|phone you|let you know|next year|last)\b/i,
  isPlain: true,
  asks: false,
  needsTopic: true,
};

/** An agent tells who will be where, and when, to somebody who asked for it. */
export const WILL_COME: SignalRule = {
  ...BOOKED_TOO,
  says: either(
    `(?<!(?:it|that|which|and|what|when|where) )(?:i|we|he|she|they|the (?!order|package|parts?|manager)\\w+|our \\w+|your (?!order|package|parts?)\\w+|doctor \\w+|dr\\.? \\w+|someone|somebody)${WILL} (?:be )?(?:expect(?:ing)?|${COMES}|look(?:ing)? (?:for|out for|forward to)|wait(?:ing)? for|have (?:him|her|them|someone|somebody|\\w+) (?:there|out|over|come)|send (?!you|it)\\w+(?: \\w+)? (?:out|over|by|round))\\b(?! (?:if|what|whether|the (?:bill|invoice))).{0,40}(?:\\bthen\\b|${WHEN})`,
  ),
  needsTopic: 'REQUEST',
};

const ASKS_IF =
  '(?:(?:can|could|may|might|would|will|do you think|is there (?:any|a|some) (?:way|chance)|any (?:way|chance)|(?:is it|would it be) possible|wondering (?:if|whether)|see (?:if|whether)|hop(?:e|ing)|love|like|want(?:ed|s)?|need(?:ed|s)?|trying|looking)\\b)';
const DONE_TO_IT =
  '(?!(?:called|told|sent|mailed|emailed|charged|paid|back)\\b)(?:\\w{4,}ed|swept|cut|taken \\w+|fitted|made over|(?:re)?done|hung|mown|sewn|put in)\\b';
const OF_MONEY =
  '(?:an?|my|your|our|the|his|her|their|this|that|another|one|(?:re)?pay\\w*|refund|rebate|paper|bad|blank|void(?:ed)?|bank|cashier\\w*|cashiers|certified|deposit|rent|last|first|new|replacement|reimbursement|insurance|settlement|commission|support|personal|company|business|bonus|tax|to|double|please|me|us|him|her|them|and|just|quick|rain|credit|background|reality|price)';
/** A customer wants to meet, by whatever verb. */
export const REQUESTED_TOO: SignalRule = {
  signal: 'APPOINTMENT_REQUESTED',
  by: 'CALLER',
  says: either(
    `${ASKS_IF}.{0,12}\\b(?:(?:have|get|send|for|one of) )?${SOMEBODY}\\b.{0,30}?\\b(?:to )?${COMES}\\b`,
    `${ASKS_IF} (?:to )?(?:get|have|send) (?!(?:it|that|this|them) )(?:\\w+ ){1,3}(?:out|over|by|round|here|in|on the (?:schedule|calend[ae]r|books?))\\b(?! (?:touch|the mail))`,
    `(?:calling|asking|inquiring|interested|here)(?: you| today)? (?:about|in|for|to see about) (?:getting|having|booking|scheduling|setting|coming|arranging|bringing|seeing|an? (?:\\w+ )?${MEETING})\\b`,
    `(?:when|what)(?:['’]s| is| would be|['’]d be)?(?: a| an| the)? (?:good|convenient|best) (?:time|day)(?: for (?:me|us|you))?\\b(?! (?:for you )?to (?:call|reach|phone))`,
    `(?:get|be|have \\w+) (?:put )?on (?:the|your|his|her|[\\w. ]+['’]s) (?:schedule|calend[ae]r|books?|list)\\b`,
    `(?:time|due|overdue|ready) for (?:my|his|her|our|its|the|an?|another) (?:\\w+ )?(?:service|physical|exam|tune-?up|shots?|haircut|check|${MEETING})\\b`,
    `(?:are|is) (?:you|they|he|she|anyone|anybody|someone|the \\w+|doctor \\w+|dr\\.? \\w+) (?:free|available)\\b`,
    `(?:can|could|would|will) (?:you(?: guys| people)?|someone|somebody|he|she|they) (?:please |possibly |maybe |be able to )?(?:clean|wash|tune|fix|repair|do|see|check|look|inspect|service|measure|install|mow|trim|cut|paint|photograph|shoot|meet|show|treat|test|examine|work on|start|haul|move|pump|groom|shampoo|sharpen|tow|squeeze|fit)\\b.{0,40}(?:${WHEN})`,
    `(?:can|could|would|will) (?:you )?(?:please |possibly )?send (?:somebody|someone|anyone|anybody|one of your \\w+|an? (?:man|guy|person|\\w+er|\\w+or|\\w+ian|truck|crew))\\b`,
    `(?:somebody|someone|you|you guys) to (?:measure|price|quote|look|check|inspect|clean|fix|tune|wash|repair|help|show)\\b`,
    `what (?:do|have|would) you (?:have|got)?.{0,12}\\b(?:${WHEN}|open|free|available)`,
    `(?:is|would|does) (?:the |this |next |your )?(?:${WHEN})(?: [\\w']+){0,3}? (?:be )?(?:possible|free|available|open|okay|ok|work)\\b`,
    `(?:can|could) it be (?:early|earlier|late|soon|today|tomorrow|first|in the|on|before|after|around|at)\\b`,
    `is there (?:anything|something)\\b.{0,12}${WHEN}`,
    `(?:is|do you have) anything (?:open|free|left|available)\\b`,
    `(?:you )?(?:got|have) any(?:thing| times?| slots?| openings?)\\b.{0,12}(?:\\b(?:open|free|available|left)\\b|${WHEN})`,
    `how soon (?:can|could|would|will) (?:it|this|that|he|she|you)\\b`,
    `(?:what|how)(?:['’]s| is| does| do) (?:your |the |his |her )?(?:${WHEN}|schedule|calend[ae]r|week)(?: \\w+)? look(?:ing)?\\b`,
    `get(?:ting)? in (?:with|to see|for)\\b`,
    `(?:${WHEN})(?: then)?,? please\\b`,
    `(?:be|get|getting) (?:(?:it|him|her|this|that|them|me|us) )?(?:seen|looked at|checked(?: out)?|examined)\\b`,
    `needs? (?:to be |to get )?(?!(?:called|told|sent|mailed|e-?mailed|paid|returned|refunded|delivered|picked|ordered|signed|filled|charged|changed|moved|cancell?ed|reschedul\\w+)\\b)${DONE_TO_IT}`,
    `(?:needs?|could use) (?:some |a |to be )?(?:look(?:ing|ed)? at|fixing|cleaning|repairing|servicing|tuning|checking|trimming)\\b`,
    `(?:set up|arrange|schedule|book|find|agree on) (?:a|an|some) (?:\\w+ )?(?:time|date|day|hour|meeting|walk-?through|demo|call with)\\b`,
    `(?:possible|chance|way|able) (?:for (?:me|us) )?(?:to|of) (?:${COMES}|com(?:e|ing)|visit(?:ing)?|see(?:ing)?|schedul\\w+|set(?:ting)? up|arrang\\w+|book\\w*|get(?:ting)? (?:in|\\w+ in))\\b`,
    `(?:need|want|like|get|have) (?:somebody|someone|anybody|anyone|you guys|an? \\w+|one of your \\w+) (?:out|over|here|there|to (?:come|look|check|see|help|measure|fix))\\b`,
    `(?:get|put|set|fit|squeeze|pencil|work|slide|write) (?:me|us|him|her|my \\w+|our \\w+) (?:in|down|up (?:with|for)|on (?:the|your) (?:schedule|calend[ae]r|books?|list))\\b`,
    `(?:i|we)(?: would|['’]d|['’]m| am|['’]re| are| was| were)? (?:like|love|want|need|hop\\w+|look\\w+|trying|calling|just)(?: \\w+){0,2}? to (?:${COMES}|come|see\\b(?! (?:if|whether|what|how|when|why|where|about (?:my|the|that))\\b)|take an? (?:tour|look)|look (?:at|around)|check out|tour|visit|view|try out|bring|drop off|set up|arrange|book|schedule|meet|talk to (?:an? )?(?:lawyer|attorney|doctor)|get (?:him|her|my|our|the) (?:\\w+ )?(?:in|started|seen))\\b`,
    `(?:have|get|getting|need|want|like)(?: to have| to get)? (?:my|our|the|some|an?) (?:\\w+ ){1,3}?(?:${DONE_TO_IT}|looked at|checked(?: out)?|seen to|fixed|cleaned|done|serviced)\\b`,
    `what(?:['’]s| is| are| would be)? (?:the |your )?(?:next|earliest|soonest|first|nearest) (?:\\w+ )?(?:openings?|availability|appointment|slot|date|day|time|you (?:have|can|could|ve got))\\b`,
    `(?:do|would|will|have) (?:you|he|she|they) (?:happen to )?(?:have |got )?(?:any |some |a )?(?:(?:time|space|openings?|spots?|availability|anything) (?:for|on|to|left|this|next|open|free|available|in the|today|tomorrow)|room (?:for (?:me|us|him|her|one|my)|in (?:the|your)|on|this))\\b`,
    `(?:how (?:soon|fast|quickly|early)|when|what (?:day|time)s?) (?:can|could|would|will|might|are|is|do) ${SOMEBODY}\\b.{0,20}\\b(?:${COMES}|free|available|next (?:out|here|in)|out (?:here|this way|by))\\b`,
    `(?:can|could|may) (?:i|we|he|she|my \\w+) (?:just )?(?:come|stop|swing|pop|drop|run|bring|get)(?: \\w+){0,2} (?:in|by|over|down|round|today|tomorrow|this)\\b`,
    `(?:book|reserve|schedule) (?:you|a|an|the|one of|some|your) (?:table|session|\\w+ing|time|spot|slot|room for|court|lane|${WHEN}|for\\b|\\w+ (?:for|on|at) (?:${WHEN}|${HOUR}))`,
    `(?:need|want|like|looking for|get|schedule|book|set up|arrange) (?:an? |another |some )?(?:\\w+ )?(?:${MEETING}|haircut|trim|tune-?up|oil change|physical|exam(?:ination)?|eye test|test drive|consult|measuring|meeting)\\b`,
    // "get my check" is money
    `(?:need|want|like|looking for|get|schedule|book|set up|arrange) (?:an? |another |some )?(?!${OF_MONEY}\\b)\\w+ check\\b`,
  ),
  except: NOT_ASKED,
  isPlain: true,
  asks: true,
  needsTopic: false,
};
