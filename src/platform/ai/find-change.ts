// From when on a talk is about another time for an appointment that is there already: somebody spoke of it, and it was wished
// at another time or cannot be kept. What is made in this talk is not there yet, however often its time is changed.
import { CHANGE_DONE } from './change-idioms.ts';
import { CANNOT, isExisting, MOVES, PERSON, SERVICE, WHO } from './find-existing.ts';
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

/** An agent looks up what is there. */
const LOOKED_UP =
  /\b(?:let(?:['’]s| me) see|i (?:can |do )?see (?:you|that you|your|an?|him|her|here)|looks? like you|you(?:['’]re| are)? (?:already|currently|originally|still)|(?:right now|currently|at the moment) you|you (?:do )?have (?:an?|the) )/i;
/** One with somebody else, for whose sake a new one is asked for at another time. */
const OF_OTHERS =
  /\b(?:an?|another) (?:(?:doctor|dentist|dental|court|vet|medical|school|work|job|hair)(?:['’]?s)? (?:appointment|date|visit|interview)|(?:[\w'’]+ )?meeting)\b(?! with you)/i;
const TO_MEETING = `(?:it|that|this|(?:my|our|the|that|this|his|her|your) (?:[\\w'’]+ ){0,2}(?:${MEETING}|time|day|date|spot|place|one|${WHEN}))`;
// "I can't keep it running", "I can't make it stop"
const AT_END = `(?=[.,;!?]|$| (?:on|at|for|to|after|anymore|any|then|that|this|today|tonight|tomorrow|next|because|since|so|and|but|either|in|there|over|out|down)\\b)`;
// "I'm not going to make six"
const MISSES_HOUR = `${CANNOT} make (?:my |our |the )?${HOUR}\\b(?! (?:of|hundred|thousand|dollars|more|payments?|trips?)\\b)`;
/** Wishes it at another time, or tells that it cannot be kept. */
export const CHANGE_WISHED = either(
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
