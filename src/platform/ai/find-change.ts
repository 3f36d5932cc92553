// From when on a talk is about another time for an appointment that is there already: somebody spoke of it, and it was wished
// at another time or cannot be kept. What is made in this talk is not there yet, however often its time is changed.
import { CHANGE_DONE } from './change-idioms.ts';
import type { Sentence } from './sentences.ts';
import { OF_ELSE, OFFERS_TIME } from './speech-acts.ts';
import {
  BARE_HOUR,
  DAY,
  either,
  HOUR,
  MEETING,
  MONTH,
  ORDINAL,
  TIME_SAID,
  WHEN,
} from './time-words.ts';

const MOVES =
  '(?:mov(?:e|ed|ing)|push(?:ed|ing)?|shift(?:ed|ing)?|swap(?:ped|ping)?|switch(?:ed|ing)?|bump(?:ed|ing)?|chang(?:e|ed|ing))';
// "heater" and "door" end as "plumber" and "doctor" do
const THING =
  '(?:water|(?:de)?humidifier|(?:\\w+)?(?:heater|washer|dryer|cooler|freezer)|boiler|motor|(?:\\w+)?door|floor|compressor|power|router|printer|computer|elevator|refrigerator|meter|sewer|breaker|monitor|sensor|roller|mower|trailer|counter|shower|paper|order|number|colou?r|mirror|generator|opener|conditioner|purifier|charger|tractor|radiator|thermometer|alternator|toaster|burner|cover|gutter|filter|shutter|cellar|weather|winter|summer|other|either|whatever|never|ever|over|after|under|for|or|her)';
const WORKER = `(?:(?!${THING}\\b)\\w{2,}(?:er|or|ian|ist|man)|m[ae]n|lady|guys?|fellow|crew|team|tech|people|doctor|dr\\.?(?: \\w+)?)`;
const FAMILY =
  '(?:husband|wife|partner|sons?|daughters?|kids?|boys?|girls?|mom|mum|dad|mother|father|brother|sister|boss|tenants?|dogs?|cats?|pupp(?:y|ies)|horses?|car|truck|van)';
const PERSON = `(?:(?:your|our|the|my|his|her|an?|this|that) (?:[\\w'’]+ )?(?:${WORKER}|${FAMILY})|someone|somebody|anyone|anybody)`;
const WHO = `(?:i|we|you(?: guys| all)?|he|she|they|nobody|${PERSON})`;
const MADE = `(?!openings?\\b)(?:${MEETING})\\b(?! (?:lady|ladies|person|service|company|crew|supplies|products))`;
// of "I have a leak and need a visit" nothing is there
const STRAIGHT =
  '(?:(?!\\b(?:need|want|like|could|can|would|look\\w*|schedul(?:e|ing)|book|booking|ask\\w*|question|about|been|no|to)\\b).){0,25}?';
const IS = "(?:['’](?:m|s|re|ve been|s been)| am| is| are| was| were| have been| has been)";

/** An appointment that is there, in the words of either side. */
const SPOKEN_OF = either(
  `(?<!\\b(?:book|schedule|make|arrange|plan|set up|for|need|want|get|have|like|do) )(?:my|our|his|her|your) (?!(?:last|previous|first)\\b)(?:[\\w'’]+ )?${MADE}`,
  `(?<!\\b(?:it|this|that|what|which|there|how)(?:['’]s| is| was)? )(?:supposed|scheduled|meant|due|booked) to (?:be(?! (?!coming|meeting|seeing|getting|having|bringing)\\w+ing\\b)|come|see|meet|tour|have|get|go|bring|do|start)\\b`,
  `(?:(?:you(?: guys)?|he|she|they|${PERSON})(?:${IS}) going|(?:i|we) (?:was|were) going) to (?:be (?:here|out|over)|come|see|meet|tour|measure|stop|bring|send (?:some(?:one|body)|an? \\w+|the \\w+|your \\w+|him|them))\\b`,
  `you(?: guys| all)? (?:come|do|clean|mow|deliver)\\b.{0,30}\\bevery\\b`,
  // "today's" and "what's" are nobody's
  `(?!(?:today|tomorrow|tonight|\\w+day|let|what|that|it|there|here|where|when|who|how|he|she)['’]s\\b)\\w+['’]s (?:[\\w'’]+ )?(?:appointments?|lessons?|check-?up|cleaning|visit|grooming|fitting|session|haircut|exam|physical|shots?|surgery|tune-?up|reservation|booking)\\b(?= (?:on|at|for|is|was|with|that|this|next|tomorrow|today|and|we|i|he|she|but|because)\\b|[,.?!]|$)`,
  `(?:about|for|on) (?:the|an|this|that|our|my) appointment\\b.{0,20}\\b${WHEN}`,
  `${WHO}${IS} (?:still |already )?(?:due|coming)\\b.{0,30}\\b${WHEN}`,
  `${WHO}${IS} still coming\\b`,
  `you(?: guys| all)?(?:['’]ve| have)(?: got)? (?:${PERSON}|one of your \\w+|a \\w+) (?:coming|scheduled|booked|down)\\b`,
  `(?:we|i) had (?:you|him|her|them) (?:in )?(?:for|at|on) (?:the )?${WHEN}`,
  `you(?: guys| all| people)?(?:['’]re| are) (?:bringing|delivering|installing|cleaning|fixing|doing|picking up)\\b.{0,30}\\b${WHEN}`,
  `${WHO}${IS} (?:still |already |currently |all )?(?:scheduled|booked|registered|signed up|on (?=for)|down (?=for|on|at)|set (?=for)|on (?:there|(?:the|your|his|her) (?:schedule|books?|calend[ae]r|list))|in (?:there )?(?=for|at|on)).{0,20}\\b${WHEN}`,
  `${WHO}(?:['’]ve| have|['’]s| has)? (?:got |had |have )?(?:me|us|you|him|her|them|${PERSON}) (?:scheduled|booked|down|on (?:there|(?:the|your) (?:schedule|calend[ae]r|books?|list))|in (?:there )?(?=for|at|on)|set (?=for))\\b`,
  `(?<!\\bdo )you(?:['’]ve got|['’]ve| have) (?:an?|the|your) (?:\\w+ )?${MADE}`,
  `(?:won['’]?t|not (?:gonna|going to)) be at (?:(?:his|her|my|our|their|the|your) )?(?:lessons?|class|practice|session|therapy|training)\\b`,
  `(?:same (?:slot|spot)|(?:(?:that|his|her|my|our|your) same|(?:my|our|his|her|your|the) (?:usual|regular|normal|original|standing|current)) (?:time|slot|day|spot|appointment)|back to (?:(?:the|our|his|her|my|your) (?:usual|regular|normal)|normal)|this week only)\\b`,
  `(?:need|have|going|got|gotta|like|want|calling|trying|ask(?:ing)?)(?: to)?(?: have to)? (?:move|push|bump|switch|shift|change|reschedule) (?:you(?! (?:over|up|down) (?:to|from) (?:the|a))|your (?:\\w+ )?(?:${MEETING}|time|day|date|slot))\\b(?! (?:oil|tires?|filters?|plan|locks?|password))`,
  `(?:it['’]?s|this is) your (?!(?:first|last|next)\\b)(?:${WHEN}|${HOUR} [ap]\\.?m|${HOUR} o['’]?clock)`,
  `your (?:\\w+ )?(?:${WORKER})\\b.{0,30}\\b(?:sick|can['’]?t|cannot|out|delayed|late|tied up)\\b`,
);
// what is had at a time, and only then is a meeting: of "a filling that fell out today" nothing is there
const SERVICE =
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
  `(?:my|our) (?:${DAY} )?${HOUR}[- ](?:o['’]?clock|thirty|fifteen|forty[- ]five)\\b`,
  `${HAS} (?:got |had |have |has )?[\\w'’]+ (?:coming|booked|scheduled|signed up|enrolled|due|in) (?:in |over |out )?(?:to|with|at) (?:you|y['’]?all|your)\\b`,
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
/** An agent looks up what is there. */
const LOOKED_UP =
  /\b(?:let(?:['’]s| me) see|i (?:can |do )?see (?:you|that you|your|an?|him|her|here)|looks? like you|you(?:['’]re| are)? (?:already|currently|originally|still)|(?:right now|currently|at the moment) you|you (?:do )?have (?:an?|the) )/i;
/** What is over, and is kept by nobody; but last week one was made for tomorrow. */
const PAST =
  /\b(?:last (?:time|week|month|year|night|summer|winter|spring|fall|\w+day)|yesterday|(?:days?|weeks?|months?|years?) ago|used to|the other day|back in)\b/i;
const YET_TO_COME = /\b(?:today|tonight|tomorrow|next|made|booked|scheduled|reserved|set up)\b/i;

/** One with somebody else, for whose sake a new one is asked for at another time. */
const OF_OTHERS =
  /\b(?:an?|another) (?:(?:doctor|dentist|dental|court|vet|medical|school|work|job|hair)(?:['’]?s)? (?:appointment|date|visit|interview)|(?:[\w'’]+ )?meeting)\b(?! with you)/i;
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
const TO_MEETING = `(?:it|that|this|(?:my|our|the|that|this|his|her|your) (?:[\\w'’]+ ){0,2}(?:${MEETING}|time|day|date|spot|place|one|${WHEN}))`;
// "I can't keep it running", "I can't make it stop"
const AT_END = `(?=[.,;!?]|$| (?:on|at|for|to|after|anymore|any|then|that|this|today|tonight|tomorrow|next|because|since|so|and|but|either|in|there|over|out|down)\\b)`;
// "I'm not going to make six"
const MISSES_HOUR = `${CANNOT} make (?:my |our |the )?${HOUR}\\b(?! (?:of|hundred|thousand|dollars|more|payments?|trips?)\\b)`;
/** A customer opens with the time that is there. */
const SOONER_THAN = either(
  `(?:earlier|later|sooner) than (?:at |on )?(?:the |my |our )?(?:${WHEN}|${HOUR})\\b`,
);
/** A business that calls since it cannot come. */
const CANNOT_COME = either(
  `${CANNOT} (?:make it|be (?:there|out)|get (?:there|out|over|to you)|come)\\b`,
  `(?:running (?:\\w+ ){0,3}behind|broke(?:n)? down|(?:called in|out|is|['’]s) sick|short-?(?:handed| handed))\\b`,
);
/** Wishes it at another time, or tells that it cannot be kept. */
const CHANGE_WISHED = either(
  `${CANNOT} (?:make|keep|do) (?:it|that|this)\\b${AT_END}`,
  `${CANNOT} (?:make|keep|do) (?:${TO_MEETING}|(?:on |the )?${WHEN})`,
  `${CANNOT} make(?=[.,;!?]|$)`,
  MISSES_HOUR,
  `${CANNOT} (?:get (?:there|away)|be (?:there|here|home)|get in${AT_END}(?! the (?!morning|afternoon|evening)))`,
  // what "won't come on" is a furnace
  `(?:${WHO}(?:['’](?:m|re|s|ll|d)| am| are| is| will| was| were)?|and|but|so|,) ${CANNOT} come\\b(?! (?:up|off|apart|loose|undone|down|open|clean|close|with|from|through|back on|on(?! (?:the |that |this )?${WHEN}))\\b)`,
  `(?:make|have) (?:it|that) (?:(?:for|on|to|at) )?(?:the )?(?:following|earlier|later|${WHEN})`,
  BARE_HOUR,
  `(?:(?:['’]d|would)(?: much| really| actually)? rather|prefer\\w*)\\b.{0,25}?\\b${WHEN}`,
  `${WHEN} (?:(?:works|fits|suits)|(?:is|['’]s|would be|['’]d be|might be|will be)(?: a lot| much| really| actually)?) (?:better|easier)\\b`,
  `(?:the )?following (?:week|day|month|\\w+day)\\b`,
  `something(?:['’]s| has)? (?:just )?(?:came|come|comes) up\\b`,
  `instead\\b(?! of\\b(?!.{0,20}\\b${WHEN}))`,
  `(?:reschedul|postpon)\\w+`,
  `(?<!\\bthe )sooner\\b(?! or later)`,
  `${MOVES} ${TO_MEETING}\\b(?! (?:off|on(?! (?:the )?${WHEN}))\\b)`,
  `${MOVES} (?:me|us|him|her|them|you)\\b`,
  `${MOVES} (?:days?|times?|dates?|slots?)\\b`,
  `${MOVES} (?:(?:it|that|up|back|out|over) )?(?:to|for|from|till|until)\\b.{0,20}\\b(?:${WHEN}|earlier|later|sooner)`,
  `(?:(?:bit|little|hour|any|anything|come|come in|get in) earlier|earlier (?:in|time|day|date|slot|appointment)|later in the|(?:another|different) (?:day|time|date|slot|spot|opening|class|session))\\b`,
  `(?:called in|is|['’]s|out) sick\\b`,
  `(?:come|be there|get there|make it) (?:in )?later\\b`,
  `(?:car|truck|van|battery|ride|bus|sitter|flight)\\b.{0,12}(?:won['’]?t start|(?:broke|broken) down|died|is dead|cancell?ed|fell through)\\b`,
  `(?:not|n['’]t|never)(?: be)? coming(?: in)? (?:to (?:his|her|my|our|their|the) |${WHEN})`,
  `(?:(?:${WHEN}|time|day|date|${MEETING})\\b|that)(?: \\w+)? (?:isn['’]?t|is not|won['’]?t|will not)(?: be)?(?: going to| gonna)? work(?:ing)?(?: out)?\\b`,
  `${MOVES} (?:my|our|his|her|\\w+['’]s) (?:\\w+ ){1,3}?(?:from|to|till|until|for|up|back|(?:out )?a (?:week|day|few|couple|bit|little))\\b`,
  `(?<!\\bnot )(?:that|the same|this) (?:day|morning|afternoon|evening|weekend|week|time)(?=[.,!]|$| (?:and|so|now|because|cause|i|we|it|instead|after)\\b)`,
  `(?:pouring|rain(?:ing|ed)?|storm(?:ing|s)?|snow(?:ing|ed)?|too wet|forecast|iced over|throwing up|vomiting|puking|fever|covid|strep|flu|contagious|under the weather|tested positive|in the (?:hospital|e\\.?r\\.?)|gotta (?:work|be (?:in|at|out|away)|go|leave|take|fly|cover)|called (?:me |us )?in(?:to)? (?:to )?work|make (?:me|us) (?:stay|work)|making (?:me|us|him|her) (?:stay|work|come)|bailed|sitter cancell?ed|(?:he|she|i|we|they)(?:['’]s|['’]m|['’]ll be|['’]re| is| am| are| will be) (?:away|gone|traveling|travelling|out of town|on vacation))\\b`,
  `(?:won['’]?t have (?:it|him|her|them|my|the|any)|(?:in|at) the shop|short(?:-| )?(?:handed|staffed)|a man short|got hurt|(?:called|call(?:ing)?) off|could(?:n['’]t| not) (?:come|make)|won['’]?t (?:have (?:insurance|my|the|a)|be (?:in|here|there|ready|home|back)))\\b`,
  `(?:back out|fell through|(?:totally|completely|clean) forgot|double[- ]?booked|(?:a|another|schedul\\w+) conflict|conflicts? with|(?:won['’]?t|not (?:gonna|going to)) be at)\\b`,
  `(?:any (?:way|chance)|possible|could|can|wondering if|hoping) (?:that )?(?:i|we|he|she|you)(?: (?:can|could))? (?:come|come in|do(?: it| that)?|go|be seen|get in|make it) (?:on |at |the )?${WHEN}`,
  `(?:${PERSON}|(?:doctor|dr\\.?) \\w+)(?: is|['’]s| will be) (?:out|off|away|ill|unavailable|delayed|tied up|running (?:late|behind))\\b(?! (?:there|here|front|back))`,
  `(?:out of town|running (?:\\w+ ){0,2}?(?:late|behind)|(?:meeting|shift|class|call|game|practice|work|i|we)(?:['’](?:s|m|re)| is| am| are) running (?:over|long)|(?:the )?(?:day|week|month) (?:after|before)|not feeling (?:well|good))\\b`,
  `stuck (?:in (?:traffic|court|surgery|class|(?:a |an )?(?:\\w+ )?meetings?)|at (?:work|school|the (?:office|hospital|airport|doctor\\w*)))\\b`,
  `(?:i|we|he|she|they)(?:['’](?:ve|s))? (?:have |has )?(?:got|have|has) to (?:be (?:in|at|out|away|somewhere|elsewhere)|work|leave)\\b`,
);

/** The old time is kept: no other was found. */
const OLD_KEPT = either(
  `(?:i|we|you|he|she|they|let['’]?s|let us)(?:['’]ll| will| can|['’]d)?(?: just| better| have to| rather| then)* (?:keep|leave|stay (?:with|at|on)|stick with) (?:what (?:i|we)(?:['’]ve)?(?: already)? (?:have|had|got)|(?:the one|the time|the spot) (?:i|we|that)|(?:the |my |our |your |that |this )?(?:[\\w'’]+ )?(?:${MEETING}|${WHEN})(?! (?:open|free|clear|off|blank)\\b)|(?:it|that|things?|everything)(?=[.,!]|$| (?:then|as|at|on|for|where|how|the (?:same|way))\\b)|(?:you|me|us|him|her) (?:on|at|down|in) )`,
  `(?:stick(?:ing)?|stay) (?:with|to) (?:(?:my|the|our) (?:original|old|first|same|appointment)|what (?:i|we)(?:['’]ve)?(?: already)? (?:have|had|got))`,
  `(?:come|see you|be there)\\b.{0,20}\\bas (?:planned|scheduled)`,
);

const DAYS = new RegExp(
  `\\b(?:today|tonight|tomorrow|${DAY}|(?:the|${MONTH}) ${ORDINAL})\\b`,
  'gi',
);
const HOURS = new RegExp(
  `(?<=\\b(?:at|for|around|by) )${HOUR}\\b|\\b${HOUR}(?= (?:o['’]?clock|thirty|fifteen)\\b)`,
  'gi',
);

/** Whether the old time was kept after another was wished in a turn, and none was wished or made after that. */
export function isOldKept(sentences: readonly Sentence[], wishedAt: number): boolean {
  const kept = sentences.findLast(({ n, quote, isQuestion }) => {
    return n > wishedAt && !isQuestion && OLD_KEPT.test(quote);
  });
  return (
    kept !== undefined &&
    !sentences.some(
      ({ n, speaker, quote }) =>
        n > kept.n && (speaker === 'AGENT' ? CHANGE_DONE : CHANGE_WISHED).test(quote),
    )
  );
}

/** A business calls to have one confirmed that is there. */
const CONFIRMS = either(
  `(?:call(?:ing|ed)?|callin|reach(?:ing)? out|(?:just )?want(?:ed|ing)|check(?:ing)?|mak(?:e|ing) sure)\\b.{0,25}?\\b(?:(?:(?:we|you)(?:['’]re| are)|are (?:we|you)) (?:still |all )*(?:on|good|set|coming)|(?:re)?confirm(?:ing)?|remind(?:ing)?|verify(?:ing)?|courtesy|a reminder|make sure|double.?check)\\b.{0,60}?\\b(?:${MEETING}|${WHEN}|still (?:coming|good|on))\\b`,
  `(?:reminder|confirmation|courtesy) call\\b|(?:remind(?:ing|er)|confirming)\\b.{0,40}\\b(?:${MEETING}|${WHEN})`,
);
/** Whether a business called, or opened the talk, to confirm one that is there. */
export const isConfirming = (sentences: readonly Sentence[]): boolean => {
  const opening = sentences.filter(({ n }) => n < 4);
  return opening.some(({ speaker, quote }) => speaker === 'AGENT' && CONFIRMS.test(quote));
};

/** A customer asks where they are who are to come, and hears when they will be there: nothing is made or moved by it. */
const WAITS_FOR = either(
  `(?:what time|when)(?: is| are|['’]s)? (?:the|my|your|our|somebody|someone|he|she|they)(?: \\w+){0,2} (?:is |are )?(?:coming|supposed to|due|showing up|getting here|gonna be here|going to be here)\\b`,
  `(?:nobody|no ?one)(?:['’]s| has| is)?(?: ever| even)? (?:here|shown|showed|come|came|shows)\\b`,
  `(?:they|he|she|the \\w+|your \\w+) (?:never|(?:has|have|is|are|did|was)(?:n['’]t| not))(?: been| yet| even| ever)? (?:here|shown?|showed|come|came|arrived?)\\b`,
  `(?:supposed to|should(?:['’]ve| have)?|was to|meant to) (?:be|been|come|arrive) (?:here|out)?\\b.{0,20}(?:\\bago\\b|${WHEN}|${HOUR})`,
  `(?:where(?:['’]s| is| are) (?:my|the|your|he|she|they|you)|still (?:waiting|sitting here)|running late|on (?:his|her|their|your) way)\\b`,
);
const TELLS_WHEN_THERE =
  /\b(?:running (?:\w+ )?(?:late|behind|over)|on (?:his|her|their|my|our) way|be there (?:in|by|within|around|about|soon|shortly)|(?:minutes|hour) (?:out|away)|stuck (?:in|at)|held up|looks like between|finishing up|wrapping up|next stop)\b/i;
/** Whether a customer waits for somebody who is on the way. */
export const isWaitedFor = (sentences: readonly Sentence[]): boolean => {
  const waits = sentences.find(
    ({ speaker, quote, n }) => speaker !== 'AGENT' && n < 5 && WAITS_FOR.test(quote),
  );
  if (!waits) return false;
  const since = sentences.filter(({ n }) => n > waits.n);
  return (
    since.some(({ speaker, quote }) => speaker !== 'CALLER' && TELLS_WHEN_THERE.test(quote)) &&
    !since.some(({ speaker, quote }) => speaker !== 'AGENT' && CHANGE_WISHED.test(quote))
  );
};

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

/** One that is there is why they call. */
const CALLS_ABOUT = either(
  `(?:you|we)(?: guys)?(?:['’]ve| have| had)?(?: got| had)? (?:me|us|you|him|her|them) (?:down|scheduled|booked|on|in)\\b`,
  `(?:i|we|he|she|they|you|\\w+)(?:['’](?:m|re|s)| am| are| was| were| is) (?:supposed|scheduled|booked|down|due|set|signed up|on the \\w+|on our \\w+) (?:to|for|on|at)\\b`,
  `(?:i|we)(?:['’]m|['’]re| am| are) (?:your|the) |(?:we|i) had (?:you|him|her|them)\\b|(?:it['’]s|this is) \\w+(?: \\w+)? (?:with|for) `,
  `(?:about|on) (?:my|our|his|her|\\w+['’]s) (?:\\w+ )?(?:${SERVICE}|grooming|lesson|fitting)\\b`,
  `(?:about|on) (?:my|our|your|his|her|the|\\w+['’]s) (?:[\\w'’]+ )?(?:${MEETING})\\b`,
);
const BESIDES =
  /\b(?:another|also|as well|too|second|add|both|extra|different (?:dog|cat|kid|issue|problem))\b/i;

/** The first of what was made that is on another day than one of which they call, whatever its cause; none for a second one. */
export const findOtherDay = (sentences: readonly Sentence[], made: readonly Sentence[]) => {
  const there = sentences.find((one) => isExisting(one) && CALLS_ABOUT.test(one.quote));
  if (!there || sentences.some(({ speaker, quote }) => speaker !== 'AGENT' && BESIDES.test(quote)))
    return undefined;
  const [first] = there.quote.match(DAYS) ?? [];
  return made.find(
    (one) => one.n > there.n && first && differs(DAYS, { ...there, quote: first }, one),
  );
};

/** Whether both tell such a time, and not the same. */
function differs(time: RegExp, one: Sentence, other: Sentence): boolean {
  const [own, others] = [one, other].map(({ quote }) =>
    [...quote.matchAll(time)].map(([told]) => told.toLowerCase()),
  );
  return !!own?.length && !!others?.length && !own.some((told) => others.includes(told));
}
const MISSED = /\b(?:miss(?:ed)?|forgot about|(?<!\bnot )(?:over)?due)\b/i;

/** Whether a booking only tells again of an appointment that the customer said is there: at no other time than theirs. */
export const isToldAgain = (sentences: readonly Sentence[], booking: Sentence): boolean =>
  sentences.some(
    (one) =>
      one.speaker === 'CALLER' &&
      one.n < booking.n &&
      isExisting(one) &&
      !OF_OTHERS.test(one.quote) &&
      !MISSED.test(one.quote) &&
      ![DAYS, HOURS].some((time) => differs(time, one, booking)),
  );

/**
 * The first turn by which an appointment that was there is wished, or made, another; Infinity when none was.
 * @param askedAt the turn in which a new one was first asked for; Infinity when it was not
 * @param isBooking whether a sentence makes one
 */
export function findChange(
  sentences: readonly Sentence[],
  askedAt: number,
  isBooking: (one: Sentence) => boolean,
): number {
  const wished = sentences.find(({ quote }) => CHANGE_WISHED.test(quote));
  if (!wished) return Number.POSITIVE_INFINITY;
  // where a new one is asked for, what follows the first time that is offered for it is said of that
  const offered = sentences.find(
    ({ n, speaker, quote }) =>
      n >= askedAt &&
      speaker !== 'CALLER' &&
      OFFERS_TIME.test(quote) &&
      !OF_ELSE.test(quote) &&
      TIME_SAID.test(quote),
  );
  const isThere = (one: Sentence) => {
    if (!isExisting(one) || (offered && one.n > offered.n)) return false;
    if (one.n >= askedAt && OF_OTHERS.test(one.quote)) return false;
    if (one.speaker === 'CALLER' || LOOKED_UP.test(one.quote)) return true;
    return one.n < askedAt && !(isBooking(one) && one.n >= wished.n);
  };
  const there = sentences.find(isThere);
  return there ? Math.max(there.n, wished.n) : Number.POSITIVE_INFINITY;
}
