// What one side does with words, and the other answers: offers a time, a meeting or a price; takes it, wishes another,
// leaves it open, says no.
import vader from 'vader-sentiment';
import { COMES, either, HOUR, WHEN } from './time-words.ts';

const MODAL = "(?:['’]d| would| can| could| might)";

/** A time is laid before the other side; the sentence must tell one too. */
export const OFFERS_TIME = either(
  `(?:i|we|he|she|they|you|someone|somebody|(?:the|our|my|doctor|dr\\.?) \\w+|\\w+)${MODAL} (?:probably |maybe |also |only )?(?:be able to )?(?:${COMES}|(?:stop|run|drive|head) (?=(?:on |this |next )?${WHEN})|fit|squeeze|(?:do|get|have|send|put|book|schedule)(?! (?:it|that|this)\\b(?! (?:on |at |for )?(?:the )?${WHEN}))|offer|take (?:you|him|her|it))\\b`,
  `(?:i|we|he|she|they|someone|somebody|(?:the|our|my) \\w+)(?:['’]ll| will) (?:be (?:up|over|out|there|by|around|at your|in your)|come|swing|stop|run|head|send (?:him|her|them|some(?:one|body)|an? \\w+))\\b`,
  `(?:i|we|he|she|they|doctor \\w+|dr\\.? \\w+)(?:['’]ve| have| has|['’]s)?(?: also| only| still)? (?:have|has|got|had)\\b(?! (?:your|to)\\b)`,
  `(?:does|do (?:you|they)|would|(?<=^|[,;] )is|how['’]?s|how is|how (?:a)?bout|what (?:a)?bout|say|maybe|how does|can you (?:come|do|make|be here|be there|get (?:it |him |her |them )?here|bring|drop|have (?:it|him|her) here)|could (?:you|we) (?:come|do|make|say))\\b.{0,25}(?:${WHEN}|${HOUR})`,
  `(?:i|we|he|she|they|our crew|our guys|the \\w+)(?:['’](?:m|s|re)| am| is| are) (?:free|available|open|in your|over that way|out (?:there|that way))\\b`,
  `(?!(?:it|that|this|what|who|there|which)\\b)\\w+(?: has| had|['’]s got)(?: got| also| still| only)? (?:(?:an?|the|some|another|one) )?(?:(?:opening|spot|slot|time|room)s? )?(?:(?:on|at|for|available) )?(?:the )?(?:${WHEN}|${HOUR}\\b)`,
  `(?:push|move|bump|switch|shift|slide|get|put|reschedule) (?:you|it|him|her|them|that|your \\w+|everyone|everybody) (?:(?:back|up|out|over|in|down) )?(?:to|till|until|for|on)\\b`,
  `(?:the|my|our) (?:only|next|first|earliest|soonest)\\b`,
  `(?:is|['’]s|are) (?:still )?(?:open|free|available|good|fine|okay|ok|possible|wide open)\\b(?! (?:at|from|until|till)\\b)`,
  `(?:works?|suits?|(?<!\\b(?:they|it|we|he|she|which|that|usually) )come (?:on )?(?:in|by|over|down))\\b`,
);

/** An appointment is offered, with or without a time. */
export const OFFERS_MEETING = either(
  `(?:would you (?:like|want|care)|do you want|want|shall|should|can|could|may|would it help if|happy to|like to|how about (?:if )?)(?: (?:me|us|i|we|for|you))?(?: to)?(?: (?:go ahead and|just))? (?:schedule|book|set (?:up|something|(?:it|that|this|one) up)|get (?:it|that|this|him|her|you|one|something) (?:set up|scheduled|booked|in|on the)|arrange|come(?! (?:down|up) (?!(?:there|here|to|and)\\b))|send|have|put you|get you|make (?:you )?an appointment|stop by|an appointment|a (?:visit|consultation|tour))\\b(?! (?:anything|you (?:the|a)|it|a (?:look at|nice|good|great))\\b)`,
);

/** A customer's need or wish; one that ends in an appointment was a request for it. */
export const WISHES =
  /\b(?:need|want|wanna|gotta|wish|(?:would|['’]d) (?:like|love)|looking (?:for|to)|hop(?:e|ing)|wonder(?:ing)?|calling (?:about|because|to)|any chance|due for|(?:can|could|would|will) (?:you|someone|somebody|he|she|i|we)|is it possible|do you (?:have|do|still)|when|how (?:soon|quickly|fast))\b/i;

/** It is not a meeting that this time is of. */
export const OF_ELSE =
  /\b(?:come (?:and |on )?(?:get|pick)|you can (?:get|grab|collect|claim) (?:it|them|that)|(?:here|open|there) (?:till|until|til)|you can come .{0,12}(?:till|until|til) |packages?|application|deliver\w*|ship\w*|arriv\w*|pick ?(?:it |them )?up|ready|call (?:you|me|him|her|us)|phone|ring you|e-?mail|texts?|mail|send (?:you|it|the (?:link|bill|form|papers?))|opens? (?:at|until|from|till)|we(?:['’]re| are) open|close[sd]?|(?:it|they)(?:['’]ll| will) be|it leaves|refund|back on|seats?|tickets?|boat|train|flight|rooms?|drop (?:it|them) off|booked (?:up|solid)|(?:all|completely|fully) (?:full|booked)|nothing|(?:wait(?:ing)?|cancell?ation|standby|call) ?list|no (?:openings|slots)|(?:put|get|have) you on (?:the|a|my|our) list|visiting|hours are|from (?:\w+|\d+)(?: [ap]\.?m\.?)? (?:to|until|till)|out until|business days|results?|hired|expect it|(?:me to|shall i|should i|can i|i can|i could|['’]ll|i will) (?:go ahead and |just )?cancel)\b/i;

const SOFT = "(?:oh|okay|ok|um|uh|yeah|well|alright|all right|hmm|so|and|then|that['’]?s|no)[,.]? ";
// by its first word
const SAYS_YES = `^(?:${SOFT})*(?:yes|yeah|yep|yup|sure|perfect|great|fantastic|wonderful|lovely|excellent|super|awesome|fine|deal|absolutely|definitely|of course|certainly|terrific|brilliant|cool|good|please(?! (?:tell|let|hold|wait|call))|no problem|that['’]?ll do|thank goodness)(?! (?:but|question|try|luck|morning|afternoon))\\b`;
/** Takes it in more words than a yes, so that a question may have come between. */
const TAKES_FIRMLY = new RegExp(
  [
    `\\b(?:works?|suits?)(?: (?:great|fine|well|perfectly|just fine|better))?(?: for (?:me|us)| me| us)?\\b`,
    `\\bsounds? (?:good|great|fine|perfect|wonderful|lovely|ideal|about right|like a plan)\\b`,
    `(?:\\b(?:that|it|this|which|one|${WHEN}|${HOUR})|\\w)(?:['’]s| is| will be|['’]ll be|['’]d be| would be) (?:just |really |actually |even )?(?:good|great|fine|perfect|okay|ok|lovely|wonderful|ideal|best|better|easier|all right|alright|convenient)\\b`,
    `\\b(?:${WHEN}|${HOUR}) (?:it is|then|please)\\b`,
    `\\b(?:let['’]?s|let us) (?:do|say|go (?:with|for)|make it|take|book)\\b`,
    `\\b(?:i|we)(?:['’]ll| will) (?:take|be (?:there|here|home|ready|waiting|watching|outside|out front|standing|sitting)|see you|come (?:then|at)|do (?:that|it|${WHEN}))\\b`,
    `\\b(?:i|we) can (?:(?:do|make) (?:that|it|${WHEN})|be (?:there|here)|come (?:then|in|by|over|at)|get there|swing it|manage (?:that|it))\\b`,
    `\\b(?:i|we)(?:['’]ll| will) (?:grab|snag|jump on|go with|do|say) (?:it|that|the|your|whatever|whichever|${WHEN}|${HOUR})\\b`,
    `\\b(?:send|get) (?:him|her|them|somebody|someone|it|that) (?:over|out|on|down|by|then)?(?=[.,!]|$| (?:over|out|on over|down))`,
    `(?:\\b(?:that['’]?ll|that will|will|would)(?: have to)?|\\w['’]ll) (?:do(?! (?:the|my|a|some))|work)(?: (?:nicely|fine|great|well))?\\b`,
    `\\bwhatever (?:it takes|works|you(?:['’]ve)? (?:got|have)|you say)\\b`,
    `\\b(?:book (?:it|that|me)|go ahead|do that|put (?:me|us) (?:down|in|on)|see you then|(?:i|we)['’]d (?:take|prefer))\\b`,
  ].join('|'),
  'i',
);
/** Takes it in any way. */
const TAKES = new RegExp(
  `${SAYS_YES}|${TAKES_FIRMLY.source}|\\b(?:yes,? please\\b|(?:yes|yeah|yep|absolutely|definitely)[.!]*$)`,
  'i',
);

const JUDGED =
  /(?:['’]s|\bis|\bwould be|['’]d be|['’]ll be|\bwill be) (?:just |really |so |absolutely |actually )*(\w+)(?=[.,!]|$| (?:for|if|because|cause|and|so|thanks?|thank|okay|yeah|yes|we|i|do|does|then)\b)/gi;
/** Of one word by VADER's measure: "nice" is less, "awesome" more. */
const PRAISE = 0.45;
/** "That'd be awesome", "six would be amazing": whatever word praises it. */
const praises = (said: string) =>
  [...said.matchAll(JUDGED)].some(
    ([, word = '']) => vader.SentimentIntensityAnalyzer.polarity_scores(word).compound > PRAISE,
  );

/** Whether it is taken in more words than a yes. */
export const takesFirmly = (said: string) => TAKES_FIRMLY.test(said) || praises(said);
/** Whether the other side takes it. */
export const takes = (said: string) => TAKES.test(said) || praises(said);

/** Says yes by no more than a word. */
export const ACCEPTS = new RegExp(
  `^(?:${SOFT})*(?:okay|ok|alright|all right|yes|yeah|yep|sure|great|perfect|good|fine|sounds good|thanks|thank you|i['’]ll be (?:there|right))\\b(?!,? but\\b)`,
  'i',
);
/** Answers an offer by naming one of its times, and no more. */
export const NAMES_TIME = new RegExp(
  `^(?:(?:${SOFT})|ooh |umm |let['’]?s (?:see|say|do) |i guess |probably |maybe |either |the |yes ){0,6}(?:${WHEN}|${HOUR}(?:[- ](?:thirty|fifteen|forty[- ]five|twenty|ten|fifty|o['’]?clock|[ap]\\.?m\\.?))?|first(?: one)?|second(?: one)?|later(?: one)?|earlier(?: one)?)(?: (?:one|then|please|is|would be|sounds?|works?|at|on|in the|${WHEN}|${HOUR}|good|fine|great|better|thirty|morning|afternoon)){0,4}(?: (?:sorry|thanks?|thank you)\\b.*)?[.,!]*$`,
  'i',
);

/** Repeats a time that was wished, and has it. */
export const ECHOES_TIME = new RegExp(
  `^(?:${SOFT})*(?:${WHEN}|${HOUR})\\b(?!.*(?:\\b(?:no|not|taken|full|gone|booked|closed|out|instead|or)\\b|n['’]t\\b))`,
  'i',
);

/** Leaves it open, or says no to it. */
export const LEAVES_OPEN =
  /\b(?:let me (?:check|think|ask|see|talk|look|sleep)|(?:check with|ask) (?:my|the)|call (?:you )?back|i(?:['’]ll| will) (?:call|phone|try)|get back to|think about|not sure|let you know|(?:can['’]?t|cannot|can not|won['’]?t|doesn['’]?t|does not|don['’]?t)(?: really)? (?:make|do|come|work|suit|think)|too (?:late|early|long)|forget (?:it|about)|maybe later|some other time|never ?mind)\b|^(?:oh |well |um |uh )*(?:not yet|no|nope)\b(?!,? (?:problem|that['’]?s (?:fine|great|good|perfect)))/i;

/** A plain no to what was offered. */
export const REFUSES =
  /^(?:oh,? |well,? |um,? |uh,? |okay,? )*(?:no\b(?! problem)|nope|not (?:right now|today|at (?:this|the) (?:time|moment)|really|necessary|interested)|i(?:['’]d| would) rather not|(?:yeah,? )?(?:so )?(?:i(?:['’]m| am)|we(?:['’]re| are)) (?:good|fine|all set|happy with)|i don['’]?t think so|(?:i think |i guess )?(?:i|we)(?:['’]ll| will) (?:have to )?pass|(?:i(?:['’]m| am) )?afraid not|unfortunately(?: not|,? no)|i(?:['’]m| am) (?:going to|gonna) (?:have to )?(?:pass|say no|decline)|i(?:['’]ll| will) pass|that won['’]?t be necessary|thanks,? but no)\b/i;

/** A customer wishes a time of their own. */
export const WISHES_TIME = either(
  `(?:better|best|easier|prefer\\w*|suits?|works? (?:for|better)|good for (?:me|us)|rather|how about|what about|is .{0,20}(?:okay|possible|free|open|available)|could (?:we|you|i)|can (?:we|you|i)|(?:i|we) (?:can|could)|any time|let['’]?s|i['’]d like|we['’]d like|would (?:like|be))\\b`,
);
