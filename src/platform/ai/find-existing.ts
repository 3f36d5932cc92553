// An appointment that is there already, in the words of who has it or keeps it. What is over, kept by others, or only fills
// somebody's day is none.
import type { Sentence } from './sentences.ts';
import { DAY, either, HOUR, MEETING, WHEN } from './time-words.ts';

/** Puts it at another time. */
export const MOVES =
  '(?:mov(?:e|ed|ing)|push(?:ed|ing)?|shift(?:ed|ing)?|swap(?:ped|ping)?|switch(?:ed|ing)?|bump(?:ed|ing)?|chang(?:e|ed|ing))';
// "heater" and "door" end as "plumber" and "doctor" do
const THING =
  '(?:water|(?:de)?humidifier|(?:\\w+)?(?:heater|washer|dryer|cooler|freezer)|boiler|motor|(?:\\w+)?door|floor|compressor|power|router|printer|computer|elevator|refrigerator|meter|sewer|breaker|monitor|sensor|roller|mower|trailer|counter|shower|paper|order|number|colou?r|mirror|generator|opener|conditioner|purifier|charger|tractor|radiator|thermometer|alternator|toaster|burner|cover|gutter|filter|shutter|cellar|weather|winter|summer|other|either|whatever|never|ever|over|after|under|for|or|her)';
const WORKER = `(?:(?!${THING}\\b)\\w{2,}(?:er|or|ian|ist|man)|m[ae]n|lady|guys?|fellow|crew|team|tech|people|doctor|dr\\.?(?: \\w+)?)`;
const FAMILY =
  '(?:husband|wife|partner|sons?|daughters?|kids?|boys?|girls?|mom|mum|dad|mother|father|brother|sister|boss|tenants?|dogs?|cats?|pupp(?:y|ies)|horses?|car|truck|van)';
/** Somebody who works, or belongs to the one who calls. */
export const PERSON = `(?:(?:your|our|the|my|his|her|an?|this|that) (?:[\\w'’]+ )?(?:${WORKER}|${FAMILY})|someone|somebody|anyone|anybody)`;
/** Anybody. */
export const WHO = `(?:i|we|you(?: guys| all)?|he|she|they|nobody|${PERSON})`;
const MADE = `(?!openings?\\b)(?:${MEETING})\\b(?! (?:lady|ladies|person|service|company|crew|supplies|products))`;
// of "I have a leak and need a visit" nothing is there
const STRAIGHT =
  '(?:(?!\\b(?:need|want|like|could|can|would|look\\w*|schedul(?:e|ing)|book|booking|ask\\w*|question|about|been|no|to)\\b).){0,25}?';
/** Is, as it is spoken. */
export const IS = "(?:['’](?:m|s|re|ve been|s been)| am| is| are| was| were| have been| has been)";

/** An appointment that is there, in the words of either side. */
const SPOKEN_OF = either(
  `(?<!\\b(?:book|schedule|make|arrange|plan|set up|for|need|want|get|have|like|do) )(?:my|our|his|her|your) (?!(?:last|previous|first)\\b)(?:[\\w'’]+ )?${MADE}`,
  `(?<!\\b(?:it|this|that|what|which|there|how)(?:['’]s| is| was)? )(?:supposed|scheduled|meant|due|booked) to (?:be(?! (?!coming|meeting|seeing|getting|having|bringing)\\w+ing\\b)|come|see|meet|tour|have|get|go|bring|do|start)\\b`,
  `(?:(?:you(?: guys)?|he|she|they|${PERSON})(?:${IS}) going|(?:i|we) (?:was|were) going) to (?:be (?:here|out|over)|come|see|meet|tour|measure|stop|bring|send (?:some(?:one|body)|an? \\w+|the \\w+|your \\w+|him|them))\\b`,
  `(?:${HOUR}|some|all|a few|a couple)(?: more| left| still)* on the (?:books?|schedule|calend[ae]r)\\b`,
  `you(?: guys| all)? (?:come|do|clean|mow|deliver)\\b.{0,30}\\bevery\\b`,
  // "today's" and "what's" are nobody's
  `(?!(?:today|tomorrow|tonight|\\w+day|let|what|that|it|there|here|where|when|who|how|he|she)['’]s\\b)\\w+['’]s (?:[\\w'’]+ )?(?:appointments?|lessons?|check-?up|cleaning|visit|grooming|fitting|session|haircut|exam|physical|shots?|surgery|tune-?up|reservation|booking)\\b(?= (?:on|at|for|is|was|with|that|this|next|tomorrow|today|and|we|i|he|she|but|because)\\b|[,.?!]|$)`,
  `(?:about|for|on) (?:the|an|this|that|our|my) appointment\\b.{0,20}\\b${WHEN}`,
  `${WHO}${IS} (?:still |already )?(?:due|coming)\\b.{0,30}\\b${WHEN}`,
  `${WHO}${IS} still coming\\b`,
  `you(?: guys| all)?(?:['’]ve| have)(?: got)? (?:${PERSON}|one of your \\w+|a \\w+) (?:coming|scheduled|booked|down)\\b`,
  `(?:we|i) had (?:you|him|her|them) (?:in )?(?:for|at|on) (?:the )?${WHEN}`,
  `you(?: guys| all| people)?(?:['’]re| are) (?:bringing|delivering|installing|cleaning|fixing|doing|picking up)\\b.{0,30}\\b${WHEN}`,
  `${WHO}${IS} (?:still |already |currently |all )?(?:scheduled|booked|registered|signed up|on (?=for)|down (?=for|on|at)|set (?=for)|on (?:there|(?:the|your|his|her) (?:schedule|books?|calend[ae]r|list))|in (?:there )?(?=for|at|on)).{0,40}\\b${WHEN}`,
  `${WHO}(?:['’]ve| have|['’]s| has)? (?:got |had |have )?(?:me|us|you|him|her|them|${PERSON}) (?:scheduled|booked|down|on (?:there|(?:the|your) (?:schedule|calend[ae]r|books?|list))|in (?:there )?(?=for|at|on)|set (?=for))\\b`,
  `(?<!\\bdo )you(?:['’]ve got|['’]ve| have) (?:an?|the|your) (?:\\w+ )?${MADE}`,
  `(?:won['’]?t|not (?:gonna|going to)) be at (?:(?:his|her|my|our|their|the|your) )?(?:lessons?|class|practice|session|therapy|training)\\b`,
  `(?:same (?:slot|spot)|(?:(?:that|his|her|my|our|your) same|(?:my|our|his|her|your|the) (?:usual|regular|normal|original|standing|current)) (?:time|slot|day|spot|appointment)|back to (?:(?:the|our|his|her|my|your) (?:usual|regular|normal)|normal)|this week only)\\b`,
  `(?:need|have|going|got|gotta|like|want|calling|trying|ask(?:ing)?)(?: to)?(?: have to)? (?:move|push|bump|switch|shift|change|reschedule) (?:you(?! (?:over|up|down) (?:to|from) (?:the|a))|your (?:\\w+ )?(?:${MEETING}|time|day|date|slot))\\b(?! (?:oil|tires?|filters?|plan|locks?|password))`,
  `(?:it['’]?s|this is) your (?!(?:first|last|next)\\b)(?:${WHEN}|${HOUR} [ap]\\.?m|${HOUR} o['’]?clock)`,
  `your (?:\\w+ )?(?:${WORKER})\\b.{0,30}\\b(?:sick|can['’]?t|cannot|out|delayed|late|tied up)\\b`,
);
// only then is it a meeting: of "a filling that fell out today" nothing is there
/** What is had at a time, as part of an expression. */
export const SERVICE =
  '(?:haircuts?|colou?r|facial|massage|manicure|pedicure|(?:eye |new patient |physical )?exam|physical|oil change|tune-?up|procedure|surgery|x-?ray|mri|ultrasound|blood ?(?:draw|work|test)|test drive|interview|demo|walk-?through|pick-?up|showing|root canal|filling|crown|shots?|delivery|install(?:ation)?|repair|grooming|table|spot|court|room|meeting|service)';
/** In the words of who has it. */
const HAS = `(?:i|we|he|she|they|(?:my|our) ${FAMILY})(?:['’](?:ve|s|d)| have| has| had)?(?: got| already| just)*`;
const OWNED = either(
  `${HAS} (?:booked|scheduled|reserved|set up|made|signed (?:\\w+ )?up|enrolled)\\b${STRAIGHT}\\b(?:${MADE}|(?:on|at|for) (?:the )?${WHEN})`,
  `${HAS} (?:have|has|had|got|an?|the)\\b${STRAIGHT}\\b${MADE}`,
  `(?:i|we)(?:['’]ve got|['’]ve| have(?: got)?| got)\\b${STRAIGHT}\\b(?:on|for|at) (?:the )?(?!\\w+days\\b)${WHEN}`,
  `(?:i|we)(?:['’]ve got|['’]ve| have(?: got)?| had| got) (?:the |this |that |next |an? |my |our )?(?!\\w+days\\b)${WHEN}(?! off\\b)`,
  `${HAS} (?:(?:got|had|have|has) )?(?:${PERSON}|one of your \\w+|you(?: guys| all)?) (?:coming|scheduled|booked|lined up|due|down)\\b`,
  `${HAS} (?:(?:got|had|have|has) )?(?:my|our|the|an?) \\w+ (?:scheduled|booked|lined up|reserved|down (?:for|on|at)|(?:set to |supposed to )?com(?:e|ing) in|going in|due in|set (?:for|to))\\b`,
  `${HAS} (?:(?:have|has|had|got) )?(?:an?|the|my|our|his|her|this|that)\\b${STRAIGHT}\\b${SERVICE}(?: (?:with|for|booked|scheduled|set|planned|coming up)(?: [\\w'’.]+){0,3}?)?(?: (?:on|for|this|coming))? (?:the )?${WHEN}`,
  `you(?: guys)?(?:['’]ve| have)?(?: got)? (?:me|us|him|her) (?:at|for|on) (?:the )?(?:${WHEN}|${HOUR}\\b)`,
  `(?:i|we) (?:was|were) gonna (?:come|bring|see|meet|be|stop|drop)\\b`,
  `(?:my|our) (?:${DAY} )?${HOUR}[- ](?:o['’]?clock|thirty|fifteen|forty[- ]five)\\b`,
  `${HAS} (?:got |had |have |has )?[\\w'’]+ (?:coming|booked|scheduled|signed up|enrolled|due|in) (?:in |over |out )?(?:to|with|at) (?:you|y['’]?all|your)\\b`,
  `${HAS} (?:got|had|have|has) [\\w'’]+ (?:coming(?: in)?|scheduled|booked|down)(?: on| for| at| in)? (?:the )?${WHEN}`,
  `(?:i|we) had\\b${STRAIGHT}\\bfor (?:the )?(?!\\w+days\\b)${WHEN}`,
  `asked for (?:someone|somebody|you|an? \\w+)\\b`,
  `(?:(?:i['’]m|we['’]re|this is|it['’]s) (?:your|the) ${HOUR}\\b|(?:i|we)(?:['’]m|['’]re| am| are) (?:your|the) (?:${WHEN}))`,
  `(?<!\\b(?:book|schedule|make|arrange|plan|set up|need|want|get|have|like|do|for) )(?:my|our|his|her|\\w+['’]s) (?:\\w+ )?(?:${SERVICE}|grooming|lesson|fitting)(?: (?:is|was|scheduled|booked|set|with \\w+))*(?: (?:on|for|at|this|coming))? (?:the )?${WHEN}`,
  `(?:it['’]s|this is|i['’]m) \\w+(?: \\w+)? (?:with|for) (?:the |my |our )?(?:\\w+ ){0,4}?(?:on |for |at |this )(?:the )?${WHEN}`,
  `(?:i|we|he|she)(?:['’]ve)?(?: got| have| has| had| was| gotta)+ (?:an?|the|my|that|your) (?:${DAY} )?${HOUR}(?:[- ](?:o['’]?clock|thirty|fifteen|forty[- ]five))?(?: \\w+)? (?:with|today|tomorrow|tonight|on|this|appointment|slot|spot)\\b`,
  `${MOVES} (?:my|our|his|her|\\w+['’]s) (?!(?:order|plan|account|address|name|number|password|furniture|stuff|things?|piano|office|card|payment)\\b)(?:\\w+ ){1,3}?(?:from (?:the )?(?:${WHEN}|${HOUR})|(?:to|till|until|for) (?:the |a )?(?:${WHEN}|earlier|later)|up|back|(?:out )?a (?:week|day|few|couple|bit|little))\\b`,
);
/** In the words of who keeps it. */
const KEPT = either(
  `(?:our|the) (?!(?:manager|owner|supervisor|scheduler|office)\\b)(?:\\w+ )?(?:${WORKER})\\b.{0,30}\\b(?:sick|can['’]?t|cannot|out|delayed|late|tied up)\\b`,
);
/** What is over, and is kept by nobody; but last week one was made for tomorrow. */
const PAST =
  /\b(?:last (?:time|week|month|year|night|summer|winter|spring|fall|\w+day)|yesterday|(?:days?|weeks?|months?|years?) ago|used to|the other day|back in)\b/i;
const YET_TO_COME = /\b(?:today|tonight|tomorrow|next|made|booked|scheduled|reserved|set up)\b/i;

/** Of what one's own day is full, and nobody here keeps it: work, guests, who comes home, another company. */
const OWN_PLANS = new RegExp(
  `\\b(?:${[
    `(?:scheduled|supposed|meant|due|booked) (?:(?:to|for|at|off) (?:be (?:at|in|on|off) )?(?:work|school|vacation|church)|to (?:travel|fly|leave|teach|drive|move|be (?:away|out|off))|to (?:have|get|see|meet|bring|be) (?:some |a few |my |our )?(?:guests?|company|visitors?|family|in-?laws?|friends?|relatives))`,
    `on the schedule (?:at|for|to) work`,
    `(?:coming home|(?:(?:i|he|she)${IS} coming back)|(?:my|our|his|her) (?:[\\w'’]+ )?${FAMILY}${IS} (?:still |already )?coming)`,
    `(?:${MEETING}|scheduled|booked|coming|lined up)(?: [\\w'’]+){0,3}? (?:with|from|by) (?:(?:another|a different|the other|some other) (?:\\w+ )?(?:company|place|shop|business|firm|contractor|outfit|service|clinic|practice|plumber|electrician|roofer|guy)|(?:some(?:one|body)) else)`,
    `(?:another|a different|the other|some other) (?:company|place|shop|business|firm|contractor|outfit|plumber|electrician|roofer) (?:scheduled|booked|coming|lined up)`,
  ].join('|')})\\b`,
  'gi',
);

/** Something is not possible. */
export const CANNOT = `(?:(?:just|really|probably|actually|definitely) )?(?:can['’]?t|cannot|can not|won['’]?t|not (?:be )?(?:able to|going to|gonna)|unable to|\\w+n['’]t)(?: (?:be able to|going to|gonna|really|possibly|actually|even))*`;
/** A customer opens with the time that is there. */
const SOONER_THAN = either(
  `(?:earlier|later|sooner) than (?:at |on )?(?:the |my |our )?(?:${WHEN}|${HOUR})\\b`,
);
/** A business that calls since it cannot come. */
const CANNOT_COME = either(
  `${CANNOT} (?:make it|be (?:there|out)|get (?:there|out|over|to you)|come)\\b`,
  `(?:running (?:\\w+ ){0,3}behind|broke(?:n)? down|(?:called in|out|is|['’]s) sick|short-?(?:handed| handed))\\b`,
);
/** Whether an appointment is spoken of that was made before. */
export function isExisting({ n, quote, speaker }: Sentence): boolean {
  if (PAST.test(quote) && !YET_TO_COME.test(quote)) return false;
  const said = quote.replace(OWN_PLANS, '…');
  return (
    SPOKEN_OF.test(said) ||
    (n === 0 && speaker !== 'CALLER' && CANNOT_COME.test(said)) ||
    (n < 3 && speaker !== 'AGENT' && SOONER_THAN.test(said)) ||
    (speaker !== 'AGENT' && OWNED.test(said)) ||
    (speaker !== 'CALLER' && KEPT.test(said))
  );
}
