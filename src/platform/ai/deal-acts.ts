// What is done with words where something is sold: a price is told, a card asked for, the deal taken or dropped.
import { COUNTED, either, NUMBER, TENS, UNIT, WHEN } from './time-words.ts';

/** Those who are bought from in place of the business. */
export const OTHERS =
  '(?:the other (?:compan(?:y|ies)|guys?|people|place|firm|shop|bid|quote|contractor)|(?:the|a) competitor)\\b';

/** A price is told. */
export const TELLS_PRICE = new RegExp(
  [
    `\\$ ?\\d`,
    `\\b(?:dollars?|bucks|monthly|yearly|apiece|each|on sale|(?:a|per) (?:month|year|night|term|piece|person|head|bale|unit|pound|gallon|cord|yard|ton|foot|bag|box|dozen|load|mile)|comes? to|costs?|price|premium|total|deposit|discount|fee|rate|(?:hundred|thousand|${TENS})(?:[- ]${UNIT})?(?: (?:each|even|flat|with|plus)\\b|[.,]|$))`,
    `\\b(?:is|be|only|just|about|\\w['’]s) (?:an? extra )?${NUMBER} (?:more|extra)(?=[.,]|$| (?:a|per|each)\\b)`,
    // "thirty one eighty", "six forty nine", "two eighty", and no half past two
    `\\b(?:that['’]?s|that['’]?ll be|that will be|it['’]?s|it['’]?ll be|they['’]?re|for|\\w+['’]s|about|around|runs?(?: you)?|is|total|only|just|charge|at) (?:a |${UNIT} )?(?:${TENS}(?:[- ]${UNIT})? (?:${TENS}|\\w+teen)\\b|(?:${UNIT} (?:ten|eleven|twelve|\\w+teen)(?= (?:with|for|plus|all|total|flat|even)\\b)|(?:${UNIT}|ten|eleven|twelve|\\w+teen) (?:${TENS}[- ](?!five\\b)${UNIT}|sixty|seventy|eighty|ninety))\\b)`,
  ].join('|'),
  'i',
);

/** Asks what it costs: a figure that answers is a price. */
export const ASKS_PRICE = either(
  `how much\\b(?! (?:time|longer|notice|room|space))`,
  `what(?:['’]s|['’]d| is| does| do| would| will| are)? (?:[\\w'’]+ ){0,5}?(?:cost|run(?: me)?|charge|price|rate|fee)(?=[?.,]|$| (?:for|on|me|to|if|you)\\b)`,
  `what (?:am i|are we) looking at\\b`,
);
/** A figure that is neither of the clock nor of a day. */
export const TELLS_FIGURE = either(
  `(?:\\d[\\d,.]*|${NUMBER})(?!\\w| ?(?:o['’]?clock|a\\.?m|p\\.?m|minutes?|hours?|days?|weeks?|months?|years?|inch\\w*|feet|foot|miles?|gallon))`,
);

/** Asks whether the customer buys. */
export const ASKS_TO_BUY =
  /\b(?:(?:would|do) you (?:like|want|wish)(?: me)?(?: to)? (?:to )?(?:go ahead|go with|order|sign up|buy|proceed|take|place|ring|renew|upgrade|switch|add|enroll|start|get (?:that|it) started|that|it|one)|(?:shall|should|can) (?:i|we) (?:go ahead|order|ring|place|put (?:that|it|the order)|charge|sign you|renew|upgrade|add|switch|enroll|process|ship|get (?:that|it) started)|want me to (?:go ahead|order|ring|place|put (?:that|it|the order)|charge|sign|renew|upgrade|add|switch|ship)|ready to (?:order|go ahead|buy|sign|finish|finali[sz]e|move (?:forward|ahead)|pull the trigger|commit|put (?:down|a deposit)|do the paperwork|lock (?:it|that) in|get started|check out)|(?:still )?(?:want|interested in|planning on|thinking about) (?:it|that one|going ahead|moving (?:forward|ahead)|taking it)\b(?=.{0,12}$)|how would you like to pay)\b/i;

/** An agent asks whether they may still buy: a no tells that they will not, a yes not yet that they do. */
export const ASKS_WHETHER_STILL = /\bstill (?:interested|looking|in the market|thinking)\b/i;

/** A customer asks for something to be sold. */
export const ASKS_TO_SELL = either(
  `(?:i|we)(?:['’]d| would| want| wanna| need|['’]m| am|['’]re| are)?(?: like| calling| looking)?(?: to)? (?:order|buy|purchase|place an order|sign up|enroll|register|subscribe|pre-?order|upgrade)\\b`,
  `(?:can|could|may) (?:i|we) (?:get|have|order|buy) (?:an?|some|the|${NUMBER}${COUNTED}) (?!(?:\\w+ )?(?:appointment|quote|estimate|visit|copy|refund|price|word|minute|hand|look|question|idea|call|\\w+ (?:name|number)))\\w+`,
);
const COUNT = `(?:${NUMBER}\\b${COUNTED}|(?:both|all|the|that|those)\\b)`;
/** Takes what costs something, where the talk is of a price. */
export const TAKES_DEAL = either(
  `let['’]?s (?:do (?:it|that|this|(?:an?|the|${NUMBER}${COUNTED}) (?!(?:[\\w-]+ )?(?:o['’]?clock|thirty|fifteen|time|day|call)\\b)(?!${WHEN})\\w+)|(?:just )?(?:go ahead and )?(?:start|order|get) (?:it|that|this|one|them)|go (?:for|with|ahead)|get (?:it|that|one))\\b`,
  `go ahead\\b(?! and (?:cancel|check|look|ask|send me))`,
  `(?:i|we)(?:['’]ll| will) (?:take|do (?:it|that|the)|go (?:for|with)|have(?! (?:him|her|them|you|it|to|my|our|some(?:one|body)|an? (?:look|word|think))\\b))\\b`,
  `sign me\\b`,
  `(?:switch|upgrade|bump|move|change|enroll) me (?:over |up )?(?:to|on|in|onto)\\b`,
  `(?<!you )(?:ship|wrap|box|ring|bag|hold|send) (?:it|that|that one|one|them|both|those|the \\w+)(?: up| out| for me)?(?:,? (?:please|then)\\b|[.,!]? ?$)`,
  // who comes and gets it themselves only collects
  `(?<!\\b(?:i|we|he|she|they|to|gonna)(?:['’](?:ll|d)| will| can| could)?(?: just)? )(?:come|go) (?:and )?(?:get|tow|fetch) (?:me|us|it)\\b`,
  `(?:yes|yeah|sure|okay|ok|please|and),? (?:please )?(?:do|renew|order|ship|book|reserve|upgrade|add|charge|enroll|start|get) (?:it|that|me|them|one)\\b`,
  `(?:(?:give|get|send|bring|ship|make|order|grab|put) me(?: down for)?|gimme|lemme (?:get|have|take)|let me (?:get|have|take)|hook me up with) ${COUNT}(?! (?:second|sec|minute|moment|day|week|hour|price|number|name|address|quote|invoice|info\\w*|details|link))`,
  `(?:make|that makes) it (?:the )?(?:${NUMBER}\\b${COUNTED}|both\\b)`,
  `(?:i(?:['’]d| would) like|i want|we(?:['’]d| would) like|we want|i(?:['’]d| would) prefer|i need(?! (?:that|the|those)\\b)) ${COUNT}(?! (?:second|sec|minute|moment|day|week|hour|price|name|address|quote|invoice|refund|manager|same))`,
  `(?:ready for|here['’]?s|here is|let me (?:get|give you|grab|read you)|(?:i(?:['’]ll| will|['’]ve)|i can|lemme|want me to)(?: just)? (?:get|got|give you|read you|grab)|can i (?:give you|use|put it on)|you (?:want|need)|take|use) (?:my|our|the|an?) (?:\\w+ )?(?:card|visa|mastercard|amex|debit)\\b`,
  `you(?:['’]ve| have) (?:convinced|sold|persuaded) me\\b`,
  `(?:it['’]?s a yes|we have a deal|you(?:['’]ve| have)? got (?:yourself )?a deal)\\b`,
  `(?:deal|sold)\\b(?=[.,!]|$)`,
);

/** What is ordered is told, so that its price may have been told long before. */
export const ORDERS_THING = either(
  `(?:give|get|send|bring|ship|make|put) me(?: down for)? ${COUNT}`,
  `let['’]?s (?:do|get|go with) (?:it|that|this|(?:an?|the|${NUMBER}${COUNTED}) (?!${WHEN})\\w+)`,
  `(?:i|we)(?:['’]ll| will) (?:take|go with(?! ${OTHERS})|have|do) (?:the|both|all|an?|that|it|${NUMBER}${COUNTED})\\b`,
  `that['’]?s (?:what (?:i|we) want|the one)\\b`,
  `(?:okay|ok|yeah|yes|sure|alright),? (?:yeah,? |then,? |just )?do it\\b`,
  `make it (?:the )?${NUMBER}\\b`,
);

/** An order is taken: it is told when it is ready. */
export const TELLS_READY =
  /\b(?:be (?:ready |there |out |done )?(?:in )?(?:about |around |like |maybe )?(?:an? )?(?:\w+[- ]){1,3}?(?:minutes?|hours?)|(?:it|that|they|those)(?:['’]ll| will)(?: be)?(?: ready| done| there| out| up)?(?: in)? (?:about |around |like )?(?:an? )?(?:\w+ ){1,3}?(?:minutes?|hours?)|ready (?:in|at|by)|(?:ships?|goes out|go out|deliver\w*|have (?:it|that|them) (?:out|there|ready|to you)))\b/i;

/** An order is written down. */
export const TAKES_ORDER =
  /\b(?:name (?:for|on) (?:the|that|your) order|(?:it|that|they|those)(?:['’]ll| will) be ready(?! to))\b/i;
/** What is wanted, where a price is told for it. */
export const WANTS_THING = either(
  `(?:i|we)(?:['’]d| would)? (?:need|want|like|wanna get|wanna order|wanted)(?: to (?:get|order|have))? (?:an?|some|${NUMBER}${COUNTED}) (?!(?:\\w+ )?(?:appointment|quote|estimate|visit|price|person|time|hand|minute|plumber|technician)\\b)\\w+`,
);

/** A card is asked for. */
export const ASKS_CARD =
  /\b(?:card (?:number|details|info\w*)|(?:which|what|your|a|the) (?:credit |debit )?card\b|(?:long )?number (?:on|off|from) (?:the|your|that) (?:\w+ )?card|how would you like to pay|pay(?:ing)? (?:by|with) (?:\w+ )?card)\b/i;
/** And given: figures, what redaction left of them, or the card's name. */
export const GIVES_CARD =
  /(?:\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|\d+)\b[ ,.-]*){4}|\[[A-Za-z_]+\]|\d{4}|\b(?:visa|mastercard|amex|american express|discover)\b/i;
/** A card is spoken of. */
export const SPEAKS_OF_CARD =
  /\b(?:card|visa|mastercard|amex|american express|discover|debit|ending in|on file)\b/i;
/** And charged: "that took", "I'm running it now", "I've rung it up". */
export const CHARGES_CARD = either(
  `(?:that|it|card|payment)(?:['’]s)? (?:just |all )?(?:took|went)\\b(?= (?:through|fine|okay|and)\\b|[.,!]|$| \\w+ (?:\\w+ )?(?:dollars|fifty|hundred|down|today)\\b| (?:${NUMBER}|${TENS})\\b)`,
  `(?:i['’]m|i am|let me(?: just)?|i['’]ll(?: just)?)(?: go ahead and)? (?:run|running|charge|charging) (?:that|it|this|the card|your card)\\b(?! (?:by|past|down|over|to)\\b)`,
  `that (?:was|comes to|is) (?:[\\w$.-]+ ){1,6}?(?:today|down)\\b`,
  `i(?:['’]ve| have)?(?: just| got)? ?rung (?:it|that|them|you|those) up\\b`,
  `i(?:['’]ll| will)(?: just)? (?:use|put (?:it|that|them|this) on) (?:that|this)(?: same)?(?: card| one)?(?=[.,!]|$| (?:then|card|one|and|so|it|you|he|she|they)(?:\\b|['’]))`,
);
/** Food is taken down by how it is brought. */
export const ASKS_HOW_BROUGHT =
  /\b(?:(?:for )?(?:pick ?-?up|carry ?-?out|take ?-?out|to go) or (?:for )?(?:delivery|dine ?-?in|here)|delivery or (?:pick ?-?up|carry ?-?out)|(?:dine in|for here) or (?:to go|take ?-?out))\b/i;

/** Cards are told for other reasons: an old payment, a loss, a proof of who calls. */
export const OF_OLD_MONEY =
  /\b(?:disput\w*|fraud\w*|(?:isn['’]?t|not) mine|don['’]?t (?:recognize|know)|refund\w*|rewards?|points|stolen|lost my|balance|look (?:you|it) up|verif\w+|declined|new card|expired|charged (?:me )?twice|double charged|last four|co-?pay\w*|past[- ]due|overdue|outstanding|(?:my|our|pay(?:ing)? (?:the|this|an?|your)) (?:\w+ )?(?:bill|invoice|statement))\b/i;
/** Drops what costs something, where the talk is of a price. */
export const DROPS_DEAL =
  /\b(?:(?:not|n['’]t) (?:going to |gonna )?(?:work|happen)|do it (?:my|our)sel(?:f|ves)|(?:forget|never ?mind|leave) (?:it|about it|then)|never ?mind|(?:say|it['’]?s a) no\b|do without|go without|(?:have to|i['’]ll|we['’]ll|going to) (?:pass|decline)|can['’]?t (?:do|pay|spend|swing) (?:that|it|this|so|\$?\d|(?:\w+ )?(?:hundred|thousand|grand|bucks|dollars))|no (?:thanks|thank you|sale|deal)|(?:i|we)['’]ll stop (?:here|there)|not (?:at|for) that (?:price|money))\b/i;
/** A deal that may still come. */
export const LEAVES_OPEN_DEAL =
  /\b(?:think|sleep on|let you know|call (?:you )?back|get back|talk (?:it over|to (?:my|the))|match|if you|just (?:comparing|looking|collecting)|compare|decide|but)\b/i;
