// What a mail gives without a figure: something for free, a guarantee, money back, a discount. Pure, and English. Each has to
// have been said by the business, in that word or in one that means the same.
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
/** A loss that the business bears. */
const BORNE = [
  /\bwe(?:['’]ll| will| can| would|['’]d)?(?: also| fully| gladly)? (?:cover|pay for|compensate)\b|\b(?:is|are|be) (?:fully |completely )?(?:covered(?! (?:by|in|with)\b)|compensated)\b/,
];
const AS_BORNE = [
  ...AS_GIVEN,
  /\bcover(?:s|ed)?\b(?! by\b)|\bpay for\b|\breimburs\w*|\bcompensat\w*|\bour (?:own )?(?:cost|expense)\b|\bwarrant\w*|\bguarante\w*/,
];
/** What is told of a question, which gives nothing: "You asked about a refund", "we will check if it is free". */
const ASKED =
  /^(?:(?:and|so|as|when|since) )?(?:you|they|he|she|we|the customer)(?: had| have| also|['’]d|['’]ve)? (?:asked|inquired|wondered|were wondering|wanted to know)\b.*|\b(?:asking|questions?) about\b.*|\bwhether\b.*|\b(?:ask(?:ed)?|check|see|know|confirm|find out|sure|tell|verify|clarify|wonder)\b(?: \w+){0,2} if\b.*/;

/** What of a mail has to stand on what was said, and on which words. */
const PROMISES: readonly { told: RegExp; said: RegExp }[] = [
  {
    told: /\b(?:guarante\w+|warrant(?:y|ies|ied|ed)?)\b/,
    said: /\b(?:guarante|warrant|cover|stand behind|stands behind|promise)/,
  },
  {
    told: /\blifetime\b|\bfor life\b/,
    said: /\blifetime\b|\bfor life\b|\bas long as\b|\bforever\b/,
  },
  {
    told: /\b(?:refund\w*|reimburs\w+)\b|\bmoney[ -]back\b/,
    said: /\b(?:refund|reimburs|credit)|\b(?:money|deposit|payment|fee|it|that|paid|pay|pay you|dollars) back\b/,
  },
  {
    told: /\b(?:discount\w*|rebates?|vouchers?|coupons?|gift cards?|special offers?)\b/,
    said: /\b(?:discount|rebate|voucher|coupon|gift|special|deals?|sav(?:e|ings?)|promo\w*|reduc\w+|less|credit|cheaper|lower)\b|(?:percent|dollars|bucks|\d|%) off\b|\b(?:take|knock)\b[^.?!]{0,30}\boff\b/,
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
  return (
    isGiven(GIVEN, AS_GIVEN) &&
    isGiven(BORNE, AS_BORNE) &&
    told.every((one) => PROMISES.every((way) => !way.told.test(one) || way.said.test(there)))
  );
}
