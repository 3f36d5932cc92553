// How it is told that something will be done: a promise, a request, an offer; each followed by what is done.
import { either } from './time-words.ts';

const NOT_NOUN =
  '(?<!\\b(?:a|an|the|your|my|our|his|her|their|this|that|another|any|no|of|for|in|on) )';
const WHOM = "(?:you|me|us|him|her|it|them|that|those|somebody|someone|one|(?-i:[A-Z])[\\w'’]+)";
const REACHES = `(?:call|text|e-?mail|mail|fax|(?:ring|phone) ${WHOM}|reach out|get back|get (?:in touch|a ?hold)|follow up|let [\\w'’]+(?: [\\w'’]+){0,3} know|tell (?!you\\b)|thank (?!you\\b)|pass (?:it|that|this|the|your|along)|give (?:you|me|us|him|her|them) (?:a|another) (?:quick )?(?:call|ring|buzz|shout|heads up))`;
const BRINGS = `(?:send|bring|deliver|ship|forward|drop|pick up|return|get (?:you|me|us|him|her|them) (?:an?|the|some|your|that)\\b|get (?:\\w+ of ['’]?\\w+|${WHOM}) (?:to|out|over|down)\\b)`;
const SETTLES =
  '(?:pay|refund|credit|reimburse|cancel|confirm|order|schedule|book|quote|submit|file|sign|fill|fix|repair|replace|install|check|ask|look|find out)';
const GOES =
  '(?:come|swing by|stop by|(?:get|head|run) (?:over|down|out|up) (?:there|here|to)|go (?:to|by|down|over))';

/** What is left to do, as a verb: "call you back", and not "your call". */
export const ACT = new RegExp(
  `\\b${NOT_NOUN}(?:${[REACHES, BRINGS, SETTLES, GOES].join('|')})\\b`,
  'i',
);
/** What is done for whom it is offered or of whom it is asked, and can only be done later. */
const HANDS = `${NOT_NOUN}(?:${REACHES}|${BRINGS}|pay|ask|submit|sign|fill)\\b`;

/** One who is named or told of: "Mr. Ruiz", "my brother", "the nurse". */
const NAMED =
  "(?-i:(?:(?:Mrs?|Ms|Dr|Miss|Doctor)\\.? )?(?!(?:It|That|This|What|Who|Which|There|You|Nothing|Everything|Something|Nobody|Anything|One|Then|So|And|But|If|When|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|To(?:day|morrow))\\b)[A-Z][a-z]+)|doctor \\w+|(?:my|our|your) [\\w'’]+|the (?:\\w+(?:er|or|ian|ist|man)|guys?|crew|team|office|nurse|tech|boss|shop)|one of [\\w'’]+(?: [\\w'’]+)?";
const WILL = "(?:['’]ll| will| shall|(?:['’](?:m|s|re)| am| is| are)? (?:going to|gonna))\\b";
/**
 * "We will not be able to come", "I will never order again", "I don't think we will come": what is refused is left to nobody.
 * A comma is taken in one place alone: in two, a row of them would be tried in every way.
 */
export const PROMISE = new RegExp(
  `(?<!(?:n['’]t| not) think (?:that )?)\\b(we|i|he|she|they|somebody|someone|${NAMED})${WILL}(?!(?:,? (?:[a-z]+ly|most|just|also|still|then|now|be)\\b)*,? (?:not|never|no longer|unable)\\b)`,
  'i',
);
/** "Let me text you the times", "let me ask my wife and call you back". */
export const LETS_ME =
  /\blet me (?:[\w'’]+ ){0,8}?(?:(?:text|send|e-?mail|mail|fax) (?:you|him|her|them|it|that|over)|call (?:you|him|her|them|my)|get back to)\b/i;
/** Done before the call ends, or on it. */
export const DONE_ON_THE_CALL =
  /\b(?:see you|talk to you|let you go|hold on|have a (?:good|great|nice)|right now|real quick|i['’]ll (?:take it|buy|pass\b(?! (?:it|that|this|the|your|along))))\b/i;

/** A business tells what the customer will have from it. */
export const WILL_HAVE = either(
  `you(?:['’]ll| will| should|['’]re (?:going to|gonna)) (?:also |then |just )?(?:(?:get|receive|see|have)\\b(?: [\\w'’]+){0,3} (?:refund|money|deposit|credit|check|call|texts?|e-?mail|letter|invoice|estimate|confirmation|receipt|link)\\b|hear (?:back )?from)`,
  `(?:it|they|that|those|everything|the [\\w'’]+|your [\\w'’]+)${WILL} (?:be|get) (?:sent|mailed|e-?mailed|texted|refunded|credited|delivered|shipped|fixed|repaired|replaced)\\b`,
);

/** A customer asks for something to be done: "could you send", "I need you to call". */
export const ASKS_BUSINESS = new RegExp(
  `\\b(?:please|(?:can|could|would|will) you|make sure|don['’]t forget to|you(?:['’]ll| will|['’]re (?:going to|gonna))|(?:need|want|like|love) (?:${WHOM}|your [\\w'’]+|the [\\w'’]+) to|(?:have|get) (?:him|her|them|somebody|someone|the [\\w'’]+|your [\\w'’]+|(?-i:[A-Z])[\\w'’]+)(?: to)?)\\b`,
  'i',
);
const NOD =
  '(?:fine|great|good|okay|ok|alright|all right|perfect|yep|yeah|yes|sure|no|nope|just|please|and|then|so|but|well|oh|um|uh)';
const BEGINS = `(?:^|\\b${NOD}[,.]? )`;
/** Or tells to do it: "save me a couple", "just call before you come". */
export const TELLS_BUSINESS = new RegExp(
  `${BEGINS}(?:(?:call|text|send|e-?mail|mail|save|bring|fix|refund|ship|deliver|tell)(?! me (?:about|what|how|where|when|why|if|that|the)\\b)(?: ${WHOM}\\b| (?:my|the|before|when|first|ahead)\\b)|let (?:me|us) know\\b|give (?:me|us|him|her) a (?:call|ring)\\b)`,
  'i',
);

const ON_THE_CALL =
  '(?! (?:hold|wait|spell|repeat|tell me|say|speak|confirm|verify|stay|bear|read|let me|excuse|listen|press|know|be|have a|hang|keep (?:us|me|in)|(?:that|it|they|i|we|he|she)\\b))';
/** A business tells the customer what to do. */
export const ASKS_CUSTOMER = either(
  `(?<!['’]t |['’]ll |will |gonna |going to )(?:please(?! (?:i|we|you|and|it|yes|no)\\b)|(?:make|be) sure(?: to| and)?(?: that)?(?: you)?|(?:don['’]t forget|remember) to)${ON_THE_CALL} [a-z]+`,
  `(?<!\\b(?:do|did|don['’]t|if|when|unless) )(?:you(?:['’]ll| will)(?: also| just)? (?:need|want|have) to|you (?:just |also )?(?:need|have|ought) to|you should|(?:need|want|like)(?: for)? you to)(?: [a-z]+ly| just| also)? ${HANDS}`,
  `(?:can|could|would|will) you(?: please| just| also)? ${HANDS}`,
);
/** Or tells it plainly: "email us a picture", "just leave the gate open". */
export const TELLS_CUSTOMER = new RegExp(
  `${BEGINS}(?:e-?mail|send|text|call|bring|drop|leave|fill|put|turn|wear|keep|tell)(?! (?:us in mind|me\\b|you\\b))(?: (?:in|on|off|up|out))? (?:us|him|her|it|them|the|your|a|some|this|that|those|my|our|me)\\b`,
  'i',
);

/** Offers to do it; the other side is to say yes. */
export const OFFERS = either(
  `(?:i|we|he|she|they|${NAMED}) (?:can|could)(?: also| just| always| go ahead and| probably){0,2} (?:have (?:him|her|them|somebody|someone|the [\\w'’]+|my [\\w'’]+|our [\\w'’]+|${NAMED}) |ask [\\w'’]+ and )?${HANDS}`,
  `(?:do you want|would you like|did you want|want) (?:me|us|him|her|them|somebody|someone) to (?:have \\w+ )?${HANDS}`,
  `(?:shall|should|can|could) (?:i|we) (?:have (?:him|her|them|somebody|someone|the [\\w'’]+) |just ){0,2}${HANDS}`,
);
