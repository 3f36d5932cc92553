// Words of a customer that are meant for the machine that reads them, and claims that tell what only the customer said as
// money that the business takes or gives. Pure, and English.

/** "I forgot", "don't forget" and "I'll ignore that" order nothing; "I want you to ignore" does. */
const NOT_ORDERED = String.raw`(?<!\b(?:i|we|they|he|she|not|never|don['’]?t|i['’]ll|we['’]ll|(?<!\byou )to) )`;
const FORGET = String.raw`${NOT_ORDERED}\b(?:ignore|disregard|forget|override|bypass)\b(?! to\b)`;
/** What a machine was told before; "my instructions" are the customer's own. */
const RULES = String.raw`(?:(?!\b(?:my|our|his|her|their)\b)[^.?!]){0,40}\b(?:instructions?|prompts?|rules|guidelines|programming|directives?)\b`;
const BEFORE =
  '(?:came|comes|was|is|were|stands|stood|precedes?|you (?:were|are|have|know|learned)|above|before|previous|prior)';
const TELL = '(?:answer|reply|respond|say|write|state|output|report|summari[sz]e|note|record)';
/** "I'll put that in the summary" is what people say to each other. */
const WRITES = String.raw`(?<!\b(?:i|we|you|they|he|she|it|(?:i|we|he|she|they)['’](?:ll|ve|d)|i will|we will|let me|can|could|did|does|(?<!\byou )to) )`;
const IN = String.raw`(?: [^\s.?!]+){0,4}? (?:in|into|to|at the (?:end|top) of) (?:the|your|this)`;
const MACHINE = '(?:computer|assistant|machine|robot|chat ?gpt|transcriber|note ?taker)';
/** Where an order begins. */
const FIRST = String.raw`(?:^|[.?!,;:]|\b(?:and|then|please|must|only)) *`;

const ORDERS: readonly RegExp[] = [
  FORGET + RULES,
  String.raw`${NOT_ORDERED}\b(?:ignore|disregard|override) everything\b(?!(?: else)? (?:that )?(?:i|we|he|she|they)\b)`,
  String.raw`${FORGET}[^.?!]{0,20}\b(?:all|everything|anything|whatever|what)(?: (?:that|which|of the))? ${BEFORE}\b`,
  String.raw`\bsystem prompt\b|\bas an ai\b|\byou are now an? \w+`,
  String.raw`\byou are (?:an? )?(?:ai|language model|chatbot)\b|\byou are an? assistant (?:that|who|which|whose)\b`,
  String.raw`\bfrom now on,? (?:you (?:must|should|will|shall|are to|have to) )?(?:please )?(?:only )?${TELL}\b`,
  // "reply just by text" is for people
  String.raw`${FIRST}(?:answer|reply|respond|output) (?:only|just|exclusively|nothing)\b(?! (?:by|to|via|on|at|after|before|through|between|with|in the)\b)`,
  `${FIRST}${TELL} that (?:we|the (?:business|company|agent|shop)) (?:will |must |now )?(?:refund|pay|give|owe|promise|offer|agree|credit|waive)`,
  String.raw`${WRITES}\b(?:write|note|put|add|mention|include|say)\b${IN} (?:summary|action plan|transcript|coaching|lead score)\b`,
  // what is true of the customer, as the code of a gate, may stand there
  String.raw`${WRITES}\b(?:write|say|state|mention)\b${IN} e?-?mail that (?!(?:i|my)\b)`,
  String.raw`${WRITES}\b(?:write|say|state|mention) that (?!(?:i|my)\b)[^.?!]{0,60} in (?:the|your|this) e?-?mail\b`,
  String.raw`\bnote for the record\b|\bend of (?:the )?transcript\b`,
  String.raw`${FIRST}(?:mark|log|tag|flag|record|classify|label|count|summari[sz]e) this (?:(?:call|appointment|conversation|lead|talk) )as\b|${FIRST}summari[sz]e this as\b`,
  String.raw`${FIRST}(?:set|rate|score) (?:my|the|this) lead(?: score)?\b`,
  String.raw`(?:^|[.?!]) *(?:(?:hey|hi|hello|ok|okay|dear),? )?${MACHINE},? (?:please )?(?:mark|record|write|note|say|state|put|add|log|set|report)\b`,
  String.raw`\b(?:dear|hey|hello|attention|note to),? (?:the |any |whichever )?(?:ai|language model|summari[sz]er|assistant(?! \w+er\b)|computer|chat ?gpt)\b`,
].map((order) => new RegExp(order, 'i'));

/** Whether words speak to the machine that reads them. Nothing rests on such words of a customer. */
export function isAddressedToMachine(text: string): boolean {
  return ORDERS.some((order) => order.test(text));
}

const BUSINESS =
  '(?:the|our|your|this) (?:business|company|agents?|shop|store|office|team|technicians?|staff|owners?)|we';
const CUSTOMER = /^(?:the )?(?:caller|customer|client|they|he|she)s?\b/i;
/** What a business alone does. */
const GRANTS = /\b(?:refund|reimburs|compensat|waive|discount)/i;
const GIVES =
  /\b(?:promise|guarantee|credit(?! card)|(?:pay|paid|give|gave|send|sent)s?\b.{0,40}(?<!\b(?:call|ring) )\bback\b)/i;
const RECEIVES =
  /\b(?:gets?|got|receives?|received|is|are|was|were|be)\b.{0,60}\b(?:back|credited|promised|guaranteed|offered)\b/i;
/** The customer's own wish, told as one; or what somebody else does. */
const WISHES =
  /\b(?:ask|want|request|demand|wish|hope|expect|claim|says|said|state|believe|think|complain|would like|insist|check|clarify|discuss|find out|look into|whether|another|insurance|insurer|landlord|bank)/i;
/** Of other numbers, an hour or an address, a customer may tell the business, which goes by them. */
const MONEY = /[$€£%]|\b(?:dollars?|bucks?|percent|cents?)\b/i;

/**
 * Whether a claim tells money of the business, or a share: that it takes or gives it, and not what the customer wants of it.
 * @param business its name
 */
export function tellsOfBusiness(claim: string, business: string): boolean {
  const name = business.replace(/[^\p{L}\p{N} ]/gu, '.');
  const doer = new RegExp(
    `^(?:${BUSINESS}|(?:the )?${name})\\b(?! (?:was|were) (?:asked|told)\\b)`,
    'iu',
  );
  return claim.split(/(?<=[.?!;])\s+|,? (?:and|but|so) (?=(?:the|our|we)\b)/i).some((clause) => {
    const isMoney = MONEY.test(clause);
    if (isMoney && doer.test(clause)) return true;
    if (WISHES.test(clause)) return false;
    // "refunds 500" tells money without its word
    if (GRANTS.test(clause)) return true;
    return isMoney && (CUSTOMER.test(clause) ? RECEIVES : GIVES).test(clause);
  });
}
