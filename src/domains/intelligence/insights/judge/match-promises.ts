// What a mail gives without a figure: something for free, a guarantee, money back, a discount. Pure, and English. Each has to
// have been said by the business, in that word or in one that means the same, and not denied.
import { clausesOf, giftsIn, isSameGift } from './match-given.ts';

/** Of people, who are free on Monday or feel free to call, nothing is given. */
const FREE =
  /(?<!\b(?:feel|toll|hassle|worry|stress|are|am|is|be|be completely|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)[ -])(?<!(?<!\b(?:cost|fee|charge|interest|rent))-)\bfree\b(?![ -](?:to|up|time|on|at|between|this|next|standing|tomorrow|today|after|before|until|slots?|spots?|days?|of(?! c(?:harge|ost))|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)|(?<!\b(?:you|we|they|he|she|who|i|(?:mon|tues|wednes|thurs|fri|satur|sun)days?) )\b(?:is|are|be) free\b(?! (?:for you|to|on|at|between|this|next|tomorrow|today|after|before|until|in|of(?! c(?:harge|ost))|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)/;
const NO_CHARGE =
  /\b(?:no|without|without any|zero)(?: (?:extra|additional|further|added|such))? (?:charges?|costs?|fees?)\b|\bcosts?(?: you)? nothing\b|\bnothing (?:extra|to pay)\b|\bfree of charge\b/;
/** Of people who may be counted on nothing is paid. */
const ON_US = /(?<!\b(?:count|rely|call|check|depend)(?:s|ed|ing)? )\bon us\b|\bon the house\b/;
const GIVEN = [FREE, NO_CHARGE, /\bwaiv\w*/, /\bcomplimentary\b|\bgratis\b/, ON_US];
/** What says the same in other words. */
const AS_GIVEN = [
  ...GIVEN,
  /\bincluded\b|\bthrown? (?:it |that )?in\b|\b(?:no|without)(?: \w+)? (?:charges?|costs?|fees?)\b|\btake (?:that|it) off\b/,
  /(?:n['’]t|\bnot|\bnever) (?:(?:going|need|have|be|to|ever|usually|normally|actually) )*(?:(?:pay|owe|charg|cost|bill)\w*|(?:any|an?)(?: \w+)? (?:charge|cost|fee)s?)\b(?!.*\b(?:until|till|today|now|yet|up ?front|in advance)\b)/,
];
const OUR_EXPENSE = /\b(?:at|on) our (?:own )?(?:cost|expense)\b/;
const CARE_OF_COSTS =
  /\btak(?:e|es|ing) care of (?:(?:all|any|every|the|your|its|of|those|these) )*(?:\w+ )?(?:costs?|fees?|charges?|bills?|expenses?|payments?)\b/;
/** A loss that the business bears. */
const BORNE = [
  /\bwe(?:['’]ll| will| can| would|['’]d)?(?: also| fully| gladly)? (?:cover|pay for|compensate)\b|\b(?:is|are|be) (?:fully |completely )?(?:covered(?! (?:by|in|with)\b)|compensated)\b/,
  ...[OUR_EXPENSE, CARE_OF_COSTS],
];
const AS_BORNE = [
  ...[...AS_GIVEN, CARE_OF_COSTS],
  /\bcover(?:s|ed)?\b(?! by\b)|\bpay for\b|\breimburs\w*|\bcompensat\w*|\bour (?:own )?(?:cost|expense)\b|\bwarrant\w*|\bguarante\w*/,
];
/** What is told of a question, which gives nothing: "You asked about a refund", "we will check if it is free". */
const ASKED =
  /^(?:(?:and|so|as|when|since) )?(?:you|they|he|she|we|the customer)(?: had| have| also|['’]d|['’]ve)? (?:asked|inquired|wondered|were wondering|wanted to know)\b.*|\b(?:asking|questions?) about\b.*|\bwhether\b.*|\b(?:ask(?:ed)?|check|see|know|confirm|find out|sure|tell|verify|clarify|wonder)\b(?: \w+){0,2} if\b.*/;

const PAY_BACK = /\bpa(?:y|ys|id|ying)\b(?: \S+){1,3} back\b/;
const LESS =
  /\b(?:discount|rebate|voucher|coupon|gift|special|deals?|sav(?:e|ings?)|promo\w*|reduc\w+|less|credit|cheaper|lower|adjust\w*)\b|(?:percent|dollars|bucks|\d|%) off\b|\b(?:take|knock)\b[^.?!]{0,30}\boff\b|\b(?:bring|drop|cut)\w*\b[^.?!]{0,30}\b(?:price|bill|cost|fee|rate|down)\b/;

/** What of a mail has to stand on what was said, and on which words. */
const PROMISES: readonly { told: RegExp; said: RegExp }[] = [
  {
    told: /\b(?:guarante\w+|warrant(?:y|ies|ied|ed)?)\b|(?<!\brest )\bassured\b/,
    said: /\b(?:guarante\w*|warrant\w*|cover\w*|stands? behind|promise\w*|assured)/,
  },
  {
    told: /\blifetime\b|\bfor life\b/,
    said: /\blifetime\b|\bfor life\b|\bas long as\b|\bforever\b/,
  },
  {
    told: new RegExp(
      `\\b(?:refund\\w*|reimburs\\w+)\\b|\\bmoney[ -](?:back|returned)\\b|\\breturn (?:you )?(?:your|the) (?:money|deposit|payment)\\b|${PAY_BACK.source}`,
    ),
    said: new RegExp(
      `\\b(?:refund\\w*|reimburs\\w*|credit\\w*|return\\w*)|\\b(?:money|deposit|payment|fee|it|that|paid|pay|pay you|dollars) back\\b|${PAY_BACK.source}`,
    ),
  },
  {
    told: /\bcredit(?:s|ing)? (?:it|that|this|you|your|the|back)\b|\bcredited\b|\ba credit\b(?! cards?\b)/,
    said: /\bcredit\w*\b(?! cards?\b)|\b(?:go(?:es)?|count\w*|appl(?:y|ies|ied)|put)\b[^.?!]{0,30}\b(?:toward|to|on)\b|\boff\b|\bwaiv\w*|\brefund\w*|\bdeduct\w*|\bincluded\b/,
  },
  {
    told: /\b(?:discount\w*|rebates?|vouchers?|coupons?|gift cards?|special offers?)\b/,
    said: LESS,
  },
  {
    told: /\b(?:reduc(?:e|es|ed|ing)|lower(?:s|ed|ing)?|cut(?:s|ting)?|drop(?:s|ped|ping)?) (?:your|the|our|its|that|this) (?:\w+ ){0,2}(?:bill|price|cost|fee|charge|rate|invoice|total|amount)s?\b|\b(?:lower|reduced) (?:bill|price|cost|fee|rate)s?\b/,
    said: LESS,
  },
  {
    told: /\bgifts?\b(?= (?:from us|for you|to you)\b)|\b(?:our|as a) gift\b/,
    said: /\b(?:gifts?|free|complimentary|bonus|included)\b|\bon (?:us|the house)\b|\bno (?:extra )?(?:charge|cost)\b|\bthrow\b/,
  },
  {
    told: /\b(?:beat|match)(?:es)? any\b|\bprice[ -]match/,
    said: /\b(?:beat|match)(?:es)?\b/,
  },
  {
    told: /\bhalf(?:[ -](?:off|price)| the (?:price|cost))/,
    said: /\bhalf\b|\bfifty percent\b|\b50 ?%/,
  },
];

const SENTENCE = /[.?!]\s+|\n+/;

/**
 * Whether everything that a mail gives was said.
 * @param promised what the business's side said, a turn on each line
 * @param talk what both said
 */
export function hasPromises(claim: string, promised: string, talk = promised): boolean {
  const small = (text: string) => text.toLowerCase();
  const [there, turns] = [small(promised), small(talk)];
  const told = small(claim)
    .split(SENTENCE)
    .map((sentence) =>
      clausesOf(sentence)
        .map((clause) => clause.replace(ASKED, ''))
        .join(', '),
    );
  const text = told.join('. ');
  const isGiven = (words: readonly RegExp[], same: readonly RegExp[]) => {
    const gifts = giftsIn(text, { words });
    // few sentences give anything, and a talk is long
    const said = gifts.length > 0 ? giftsIn(there, { words: same, talk: turns }) : [];
    return gifts.every((one) => said.some((gift) => isSameGift(one, gift)));
  };
  const isIn = (where: string, word: RegExp) => giftsIn(where, { words: [word] }).length > 0;
  return (
    isGiven(GIVEN, AS_GIVEN) &&
    isGiven(BORNE, AS_BORNE) &&
    PROMISES.every((way) => !isIn(text, way.told) || isIn(there, way.said))
  );
}
