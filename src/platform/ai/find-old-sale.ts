// Where a customer calls about what was bought or owed before, a payment, a receipt and an order that is on its way are no
// new sale. More may be bought in the same talk.
import { ASKS_TO_SELL } from './deal-acts.ts';
import { BUYS } from './sale-idioms.ts';
import { TAKEN } from './sale-rules.ts';
import type { Sentence } from './sentences.ts';
import { either } from './time-words.ts';

/** A customer calls about what was bought or owed before: where it is, that it goes back, its bill, its receipt, its cover. */
const OF_OLD_SALE = either(
  `(?:pay(?:ing)?|settl(?:e|ing)|clear(?:ing)?|tak(?:e|ing) care of|make a payment|paying down)(?: off| down| on| for| toward| towards)? (?:on |toward |towards )?(?:my|our|the|an?|this|that|his|her) (?:[\\w'’]+ ){0,3}?(?:bill|invoice|balance|statement|co-?pay|installment|rent|dues|fine|loan|account)\\b`,
  `(?:my|our) (?:[\\w'’]+ ){0,2}?(?:bill|invoice|balance|statement|co-?pay)\\b`,
  `(?:got|have|received|there['’]?s|about) (?:a|an|this|your|that|the) (?:[\\w'’]+ )?(?:bill|invoice|statement|balance)\\b(?! of sale)`,
  `(?:i|we) (?:still )?owe\\b`,
  `(?:about|question|see|saw|why|there['’]?s) (?:a|an|the|this|that|my|two|these|those) (?:[\\w'’]+ )?charges?\\b`,
  `(?:get|got|gotten|receive|received|if|whether) (?:my|our) (?:[\\w'’]+ )?(?:payment|order|check|transfer|deposit)\\b`,
  `pay(?:ing)? (?:you )?for (?:the|my|our|that|what|a) .{0,40}\\b(?:last (?:time|week|month|year|\\w+day)|yesterday|ago|did|came|fixed|already|back in)\\b`,
  `where(?:['’]?s| is| are| the heck is) (?:my|our|the|that) (?:[\\w'’]+ )?(?:orders?|packages?|parcels?|delivery|shipment|stuff|refund|\\w+ (?:i|we) (?:ordered|bought))\\b`,
  `(?:status|track\\w*|update|check(?:ing)?(?: up)?|follow(?:ing)? up|calling|ask(?:ing)?|question|inquir\\w+|wonder\\w*|heard)(?: \\w+)? (?:on|of|about|for|in on) (?:my|our|the|that|this) (?:[\\w'’]+ )?(?:orders?|packages?|parcels?|delivery|shipment|purchase|payment|refund|return|exchange|claim)\\b`,
  `(?:has|have|did|is|was|will) (?:my|our|the) (?:[\\w'’]+ )?(?:order|package|parcel|delivery|shipment|payment|refund)\\b`,
  `(?:my|our|the|an) (?:[\\w'’]+ )?(?:order|package|parcel|delivery|shipment)(?:['’]s| is| was| has| never| did| still)(?:n['’]?t)?\\b(?! for\\b)`,
  `(?:orders?|payment) (?:that )?(?:i|we)(?:['’]ve| have|['’]d)? (?:placed|made|put in)\\b`,
  `(?:i|we)(?:['’]ve| have)? (?:ordered|bought|purchased|placed an order|paid)\\b.{0,60}\\b(?:ago|last (?:week|month|year|night|\\w+day)|yesterday|and (?:it|they)|but (?:it|they)|never|still|haven['’]?t|hasn['’]?t|on (?:the|mon|tues|wednes|thurs|fri|satur|sun)\\w*)\\b`,
  `(?:return|exchange|send(?:ing)? back|bring(?:ing)? back|returning|exchanging) (?:it|them|this|these|that|those|my|our|the|an?|some|something)\\b`,
  `(?:send|bring|take|give) (?:it|them|this|these|that|those) back\\b`,
  `(?:refund(?:ed|s)?\\b(?! policy)|(?:my|our) money back|store credit|credited)\\b`,
  `(?:copy of|need|get|send|e-?mail|text|mail|lost|find|have|for|print|fax)(?: (?:me|us))?(?: (?:a|an|the|my|our|that|your|another))?(?: \\w+){0,2} receipts?\\b`,
  `(?:am i|are we|is (?:it|this|that|my \\w+|he|she)|i['’]?m|we['’]?re|is that) (?:still )?covered\\b`,
);
/** And what they call for is told of: no more is bought by it. */
const BUYS_MORE = either(
  `(?:(?:another|a new) (?:order|one|pair|set)|(?:one|two|three|four|five|six|some|a few|\\d+) more)\\b(?! (?:thing|question|time|minute|second))`,
  `(?:plac(?:e|ing)|put(?:ting)? in|mak(?:e|ing)) (?:my|our|an?|another|the) (?:\\w+ )?order\\b`,
  `add (?:it|that|one|two|a|an|another|some|the \\w+) to (?:it|my|our|the)\\b`,
);
/** An agent asks whether the customer takes more. */
const OFFERS_MORE = either(
  `(?:would you (?:like|care)|do you want|want me|shall i|should i|can i|could i|may i|interested in|how about)(?: me)?(?: to| in)? (?:go ahead and )?(?:add(?:ing)?|upgrad(?:e|ing)|renew(?:ing)?|order(?:ing)?|buy(?:ing)?|sign(?:ing)? (?:you )?up|enroll(?:ing)?|switch(?:ing)?|sell|get(?:ting)? (?:the|a|an|another)|replac(?:e|ing)|the (?:\\w+ )?(?:plan|warranty|protection|upgrade|bundle|package))\\b`,
);

/** What is paid may be old, and money is taken back too. */
const OF_MONEY =
  /\b(?:card|visa|mastercard|account|refund\w*|receipt|returns?|credit|bill|invoice)\b/i;

/** Turns of the customer in which they tell why they call. */
const NEED_TURNS = 3;

function firstNeed(sentences: readonly Sentence[]): Sentence[] {
  let turns = 0;
  return sentences.filter(({ speaker }, i) => {
    if (speaker !== 'CALLER') return false;
    if (sentences[i - 1]?.speaker !== 'CALLER') turns += 1;
    return turns <= NEED_TURNS;
  });
}

const buys = ({ quote, isQuestion }: Sentence) =>
  [ASKS_TO_SELL, BUYS_MORE].some((pattern) => pattern.test(quote)) ||
  (!isQuestion && !OF_MONEY.test(quote) && [TAKEN, BUYS].some(({ says }) => says.test(quote)));

/** The first turn in which something may be sold; Infinity where the talk is of an old sale alone. */
export function sellsFrom(sentences: readonly Sentence[]): number {
  if (!firstNeed(sentences).some(({ quote }) => OF_OLD_SALE.test(quote))) return 0;
  const more = sentences.find((one) =>
    one.speaker === 'AGENT' ? OFFERS_MORE.test(one.quote) : buys(one),
  );
  return more?.n ?? Number.POSITIVE_INFINITY;
}
