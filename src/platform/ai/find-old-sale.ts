// Where a customer calls about what was bought or owed before, a payment, a receipt and an order that is on its way are no
// new sale. More may be bought in the same talk.
import { ASKS_TO_SELL } from './deal-acts.ts';
import { BUYS } from './sale-idioms.ts';
import { TAKEN } from './sale-rules.ts';
import type { Sentence } from './sentences.ts';
import { either, NUMBER } from './time-words.ts';

// paid to somebody else, as often as not: "our electric bill is too high, so we want panels"
const UTILITY =
  '(?:electric\\w*|power|energy|light|gas|water|heating|fuel|utility|phone|cell|cable|internet|grocery)';
const OF_OTHERS =
  '(?! (?:with (?!you\\b|this|the )|(?:with|from|at|through) (?:the other|another|a different|my|our|them)\\b))';
/** What somebody needs of an old sale, and is not sold. */
const NOT_SOLD =
  '(?:receipt|refund|cop(?:y|ies)|exchange|return|replacement|explanation|answer|information|info|invoice|bill|statement|balance|payments?|updates?|tracking|status|confirmation|credit|money|manager|supervisor|person|human|someone|somebody|help|hand|minute|second|moment|while|time|favou?r|word|idea|quote|estimate|call|callback|message|number|e-?mail|address|question|extension|letter|record|proof|label|adjustment|correction|charge|size|colou?r|different|bigger|smaller|larger|other|things?|warranty|repair|clarification|assistance|support)s?';
const SOME = `(?:an?|some|${NUMBER})`;
/** "I need it fixed" and "I want my money back" are not of this. */
const NEW_THING = `(?!(?:to|it|them|they|this|that|these|those|you|him|her|my|our|your|the same)\\b)(?!(?:[\\w'’]+ ){0,2}?${NOT_SOLD}\\b)\\w`;
/** Something else is wished in the same breath as what was bought before: "we bought a house, and we need locks". */
const ELSE_WISHED = `(?:(?:i|we)(?:['’]d| would)?(?: also| really| just| now)* (?:like|want|need)|and (?:now )?(?:need|want)) (?:to (?:order|buy|get(?! \\w+ed\\b)) )?${NEW_THING}`;

/** A customer calls about what was bought or owed before: where it is, its bill, its receipt, its cover. */
const OF_OLD_SALE = either(
  `(?:pay(?:ing)?|settl(?:e|ing)|clear(?:ing)?|tak(?:e|ing) care of|make a payment|paying down)(?: off| down| on| for| toward| towards)? (?:on |toward |towards )?(?:my|our|the|an?|this|that|his|her) (?:[\\w'’]+ ){0,3}?(?:bill|invoice|balance|statement|co-?pay|installment|rent|dues|fine|loan|account)\\b`,
  `(?:my|our) (?:(?!${UTILITY} )[\\w'’]+ ){0,2}?(?:bill|invoice|balance|statement|co-?pay)\\b${OF_OTHERS}`,
  `(?:about|on|understand|regarding|dispute|lower) (?:my|our) ${UTILITY} bill\\b${OF_OTHERS}`,
  `(?:got|have|received|there['’]?s|about) (?:a|an|this|your|that|the) (?:[\\w'’]+ )?(?:bill|invoice|statement|balance)\\b(?! of sale)`,
  `(?:(?<!\\b(?:do|will|would|much) )(?:i|we) (?:still )?owe\\b|owe (?:on|from)\\b)`,
  `(?:about|question|see|saw|why|there['’]?s) (?:a|an|the|this|that|my|two|these|those) (?:[\\w'’]+ )?charges?\\b`,
  `(?:get|got|gotten|receive|received|if|whether) (?:my|our) (?:[\\w'’]+ )?(?:payment|order|check|transfer|deposit)\\b(?! (?:in|started|placed|delivered)\\b)`,
  `pay(?:ing)? (?:you )?for (?:the|my|our|that|what|a) .{0,40}\\b(?:last (?:time|week|month|year|\\w+day)|yesterday|ago|did|came|fixed|already|back in)\\b`,
  `where(?:['’]?s| is| are| the heck is) (?:my|our|the|that) (?:[\\w'’]+ )?(?:orders?|packages?|parcels?|delivery|shipment|stuff|refund|\\w+ (?:i|we) (?:ordered|bought))\\b`,
  `(?:status|track\\w*|update|check(?:ing)?(?: up)?|follow(?:ing)? up|calling|ask(?:ing)?|question|inquir\\w+|wonder\\w*|heard)(?: \\w+)? (?:on|of|about|for|in on) (?:my|our|the|that|this) (?:[\\w'’]+ )?(?:orders?|packages?|parcels?|delivery|shipment|purchase|payment|refund|return|exchange|claim)\\b(?! (?:polic|plan|option|method|fee|cost|time|window)\\w*)`,
  `(?:(?:has|have|did|was) (?:my|our|the)|(?:is|will) (?:my|our)) (?:[\\w'’]+ )?(?:order|package|parcel|delivery|shipment|payment|refund)\\b`,
  // "my order is big" tells of one that is made now
  `(?:my|our|the|an) (?:[\\w'’]+ )?(?:order|package|parcel|delivery|shipment)(?:(?: was| has| did)(?:n['’]?t)?| never| still|(?:['’]s| is)(?:n['’]?t)? (?:not|still|already|just|supposed|late|missing|wrong|broken|lost|stuck|incomplete|short|saying|showing|coming|taking|running|due|overdue|here|gone|in|on|\\w+ed)| isn['’]?t)\\b(?! for\\b)`,
  `(?:orders?|payment) (?:that )?(?:i|we)(?:['’]ve| have|['’]d)? (?:placed|made|put in)\\b`,
  `(?:i|we)(?:['’]ve| have)? (?:ordered|bought|purchased|placed an order|paid)\\b.{0,60}\\b(?:ago|last (?:week|month|year|night|\\w+day)|yesterday|and (?:it|they)|but (?:it|they)|never|still|haven['’]?t|hasn['’]?t|on (?:the|mon|tues|wednes|thurs|fri|satur|sun)\\w*)\\b(?!.{0,80}\\b${ELSE_WISHED})`,
  // a plain one is of what is bought now
  `(?:copy of|lost|find)(?: (?:a|an|the|my|our|that))?(?: \\w+){0,2} receipts?\\b`,
  `(?:my|our|another) (?:[\\w'’]+ )?receipts?\\b`,
  `receipts? (?:for|from|of) .{0,60}\\b(?:last|yesterday|ago|bought|paid|ordered|got|did|had|purchased)\\b`,
  `still covered\\b`,
  `covered (?:under|by|on|with) (?:my|our|his|her) `,
);
/** What was bought is to go back. */
const GOES_BACK = either(
  `(?:return|exchange|send(?:ing)? back|bring(?:ing)? back|returning|exchanging) (?:it|them|this|these|that|those|my|our|the|an?|some|something)\\b(?! (?:[\\w'’]+ )?(?:call|message|voicemail)\\b)`,
  `(?:send|bring|take|give) (?:it|them|this|these|that|those) back\\b`,
  `(?:refund(?:ed|s)?\\b(?! policy)|(?:my|our) money back|store credit|credited)\\b`,
);
/** "Can I exchange it if he has one already?": asked before it is bought. */
const IF_BOUGHT =
  /^(?=.*\b(?:can|could|may|do|would|will) (?:i|we|he|she|they|you)\b)(?!.*\b(?:receipt|tags?|opened|worn|wore|used|bought|ordered)\b).*\bif\b/i;
/** And what they call for is told of: no more is bought by it. */
const BUYS_MORE = either(
  `(?:(?:another|a new) (?:order|one|pair|set)|(?:one|two|three|four|five|six|some|a few|\\d+) more)\\b(?! (?:thing|question|time|minute|second))`,
  `(?:plac(?:e|ing)|put(?:ting)? in|mak(?:e|ing)) (?:my|our|an?|another|the) (?:\\w+ )?order\\b`,
  `add (?:it|that|one|two|a|an|another|some|the \\w+) to (?:it|my|our|the)\\b`,
  `(?:i|we)(?:['’]d| would)?(?: also| really| just| still| now)* (?:like|love|want|need)(?: to (?:order|buy|get(?! (?:\\w+ed|paid|back|out|rid|hold|through|off|in|on|up)\\b)) | (?=${SOME}\\b))${NEW_THING}`,
  `(?:like|want|need)(?:ed)? to (?:renew|(?:do|have|get) (?:it|that|the same)(?: \\w+)? again)\\b`,
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

/** "I'll take it, my card is …": the card is of another clause, and "I'll take it back" buys nothing. */
const takes = (quote: string) =>
  quote
    .split(/[,;] /)
    .some((one) => TAKEN.says.test(one) && !OF_MONEY.test(one) && !/\bback\b/i.test(one));

const buys = ({ quote, isQuestion }: Sentence) =>
  [ASKS_TO_SELL, BUYS_MORE].some((pattern) => pattern.test(quote)) ||
  (!isQuestion && (takes(quote) || (!OF_MONEY.test(quote) && BUYS.says.test(quote))));

const isOfOldSale = ({ quote }: Sentence) =>
  OF_OLD_SALE.test(quote) || (GOES_BACK.test(quote) && !IF_BOUGHT.test(quote));

/** The first turn in which something may be sold; Infinity where the talk is of an old sale alone. */
export function sellsFrom(sentences: readonly Sentence[]): number {
  if (!firstNeed(sentences).some(isOfOldSale)) return 0;
  const more = sentences.find((one) =>
    one.speaker === 'AGENT' ? OFFERS_MORE.test(one.quote) : buys(one),
  );
  return more?.n ?? Number.POSITIVE_INFINITY;
}
