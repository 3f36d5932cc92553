// What a mail gives without a figure: something for free, a guarantee, money back, a discount. Pure, and English. Each has to
// have been said by the business, in that word or in one that means the same.
import { stemOfWord } from '../../keywords/matching/match-spelling.ts';

/** Of people, who are free on Monday or feel free to call, nothing is given. */
const FREE =
  /(?<!\b(?:feel|toll|hassle|worry|stress|are|am|is|be|be completely)[ -])\bfree\b(?![ -](?:to|up|time|on|at|between|this|next|standing|tomorrow|today|after|before|until)\b)|(?<!\b(?:you|we|they|he|she|who|i) )\b(?:is|are|be) free\b(?! (?:for you|to|on|at|between|this|next|tomorrow|today|after|before|until|in)\b)/;
const NO_CHARGE =
  /\b(?:no|without|without any|zero)(?: (?:extra|additional|further|added|such))? (?:charges?|costs?|fees?)\b|\bcosts?(?: you)? nothing\b|\bnothing (?:extra|to pay)\b|\bfree of charge\b/;
const GIVEN = [
  ...[FREE, NO_CHARGE],
  ...[/\bwaiv\w*/, /\bcomplimentary\b|\bgratis\b/, /\bon (?:us|the house)\b/],
];
/** What says the same in other words. */
const AS_GIVEN =
  /\bfree\b|\bwaiv|\bcomplimentary|\bincluded\b|\bthrown? in\b|\bon (?:us|the house)\b|\b(?:no|any|without)(?: \w+)? (?:charges?|costs?|fees?)\b|n['’]t (?:be )?(?:charge|cost|bill)|\bnot (?:be )?(?:charge|cost|bill)|\bnothing\b|\btake (?:that|it) off\b/;

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

/** Words of a sentence that tell nothing of what it is about. */
const EMPTY = new Set(
  `that this there they them your yours with will would have been from what when which each every come comes give gives given
   offer offers free charge charges cost costs extra additional also completely any waive waived please course just only nothing
   included complimentary without`.split(/\s+/),
);
const SENTENCE = /[.?!]\s+|\n+/;

function topicsOf(sentence: string): Set<string> {
  const words = sentence.match(/\p{L}{3,}/gu) ?? [];
  const telling = words.filter((word) => word.length > 3 || /^(?:fee|tax|key|gas|car)$/.test(word));
  return new Set(telling.filter((word) => !EMPTY.has(word)).map(stemOfWord));
}

/** Whether something is given in a sentence of a mail as it was said: in the same word, or in another one of the same thing. */
function isGiven(sentence: string, said: readonly string[]): boolean {
  const told = GIVEN.filter((word) => word.test(sentence));
  if (told.length === 0 || told.some((word) => said.some((one) => word.test(one)))) return true;
  const topics = topicsOf(sentence);
  return said.some((one) => {
    if (!AS_GIVEN.test(one)) return false;
    return topics.size === 0 || [...topicsOf(one)].some((topic) => topics.has(topic));
  });
}

/**
 * Whether everything that a mail gives was said.
 * @param promised what the business's side said
 */
export function hasPromises(claim: string, promised: string): boolean {
  const small = (text: string) => text.toLowerCase();
  const there = small(promised);
  const said = there.split(SENTENCE);
  return small(claim)
    .split(SENTENCE)
    .every(
      (sentence) =>
        isGiven(sentence, said) &&
        PROMISES.every((one) => !one.told.test(sentence) || one.said.test(there)),
    );
}
