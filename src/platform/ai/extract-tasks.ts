// What is left to do, in the words in which somebody promised or asked for it. Nothing is reworded, so a task is the
// sentence itself, with who said that they would.

import { isTelling } from './extract-summary.ts';
import type { Finding, WrittenInsight } from './port.ts';
import type { Sentence } from './sentences.ts';
import { either, HOUR, MONTH, ORDINAL } from './time-words.ts';

const MOST = 6;
const DONE_ON_THE_CALL =
  /\b(?:see you|talk to you|let me|hold on|have a (?:good|great|nice)|i['’]ll (?:take it|buy|pass|check (?:right )?now))\b/i;
const ACT =
  /\b(?:call|text|e-?mail|mail|(?:ring|phone) (?:you|me|us|him|her|them|back)|send|bring|come|swing by|stop by|order|check|ask|look|get back|reach out|let you know|schedule|book|pay|fix|repair|replace|install|quote|confirm|cancel|refund|follow up|drop|pick up)\b/i;
/**
 * "We will not be able to come", "I will never order again", "I don't think we will come": what is refused is left to nobody. A
 * comma is taken in one place alone: in two, a row of them would be tried in every way.
 */
const PROMISE =
  /(?<!(?:n['’]t| not) think (?:that )?)\b(we|i|he|she|they|somebody|someone)(?:['’]ll| will| am going to|['’]m going to|['’]re going to| are going to| is going to|['’]s going to)\b(?!(?:,? (?:[a-z]+ly|most|just|also|still|then|now|be)\b)*,? (?:not|never|no longer|unable)\b)/i;
const REQUEST = /\b(?:please|can you|could you|would you|make sure|don['’]t forget to)\b/i;
// "at 12 Elm Street" is a place
const OF_PLACE =
  '(?! (?:(?-i:(?!I\\b|[AP]\\.?M\\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:East|West)ern|Pacific|Central|Mountain|[ECMP][SD]?T\\b)[A-Z])|(?:\\w+ ){1,2}(?:street|avenue|road|lane|boulevard)\\b))';
const CLOCK = `(?:(?:1[0-2]|0?[1-9])(?::\\d{2})?|${HOUR}(?: (?:thirty|fifteen|forty[- ]five))?)(?: ?[ap]\\.?m\\.?)?\\b${OF_PLACE}`;
// "swing by" tells no time
const BY = '(?<!\\b(?:swing|stop|come|drop|pop|pass) )by';
const DUE = either(
  `(?:${BY} |on |this |next )?(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week|month|morning|afternoon|evening|noon)(?: (?:morning|afternoon|evening))?\\b(?: at ${CLOCK})?`,
  `(?:${BY} |on )?${MONTH} (?:${ORDINAL}|first|second|third|\\d{1,2}(?:st|nd|rd|th)?)\\b(?: at ${CLOCK})?`,
  `(?:by|on) the ${ORDINAL}\\b`,
  `(?:with)?in (?:the next )?(?:an?|half an|a couple(?: of)?|a few|${HOUR}|\\w+teen|twenty|thirty|forty|fifty|\\d+)(?:[- ]\\w+)? (?:hours?|minutes|days?|weeks?)\\b`,
  `(?:at|${BY}|before|around) ${CLOCK}(?! (?:hundred|thousand|dollars?|bucks|people|percent|of|minutes?|hours?|days?|weeks?|months?|years?)\\b)`,
);

/** Who belongs to the customer, and not to the business. */
const OF_CUSTOMER =
  /\b(?:my|our) (?:[\w'’]+ )?(?:husband|wife|partner|fianc\w+|boyfriend|girlfriend|sons?|daughters?|kids?|parents?|mom|mum|dad|mother|father|brother|sister|uncle|aunt|cousin|roommate|neighbou?rs?|friends?|assistant|secretary|landlord|landlady|tenants?|boss|manager|accountant|lawyer|attorney|bank|insurance|company)\b/i;
const OF_BUSINESS = /\b(?:your|you(?:['’]ve| have)? (?:sent|told|said)|the) [\w'’]+/i;
/** One will have it from others: "I'll need you to send it", "I'll wait for you to call". */
const FROM_OTHERS =
  /^,? (?:[a-z]+ly |just |also |still |then )?(?:(?:need|want|like|expect|ask|require)(?: for)? (?:you|somebody|someone|him|her|them|your \w+|the \w+|a \w+) to\b|(?:be )?(?:wait|expect)(?:ing)? (?:for|to hear|until|till|your|a|the)\b)/i;

/** Who promises what is to be done: the subject of the promise that tells it, and what follows that. */
function promiseIn(quote: string) {
  const all = [...quote.matchAll(new RegExp(PROMISE, 'gi'))].map(
    ({ 0: said, 1: who, index }, i, every) => ({
      isOwn: /^(?:i|we)$/i.test(who ?? ''),
      before: quote.slice(0, index),
      after: quote.slice(index + said.length, every[i + 1]?.index),
    }),
  );
  return all.find(({ after }) => ACT.test(after)) ?? all[0];
}

function ownerOf({ quote, speaker }: Sentence, before: string): 'CUSTOMER' | 'BUSINESS' {
  const promise = promiseIn(quote);
  if (!promise || speaker === 'UNKNOWN') return 'BUSINESS';
  const isFromOthers = promise.isOwn && FROM_OTHERS.test(promise.after);
  if (speaker === 'AGENT')
    return isFromOthers && /\byou\b/i.test(promise.after) ? 'CUSTOMER' : 'BUSINESS';
  if (promise.isOwn) return isFromOthers ? 'BUSINESS' : 'CUSTOMER';
  // "he" is who was spoken of last; "your guy said that he will"
  const told = [promise.before, before].find(
    (one) => OF_CUSTOMER.test(one) || OF_BUSINESS.test(one),
  );
  return told !== undefined && OF_CUSTOMER.test(told) ? 'CUSTOMER' : 'BUSINESS';
}

/** @param before what the same speaker said just before it in the same turn */
function taskOf(one: Sentence, before: string): Finding | null {
  const { n, quote, speaker, isQuestion } = one;
  if (DONE_ON_THE_CALL.test(quote) || !ACT.test(quote)) return null;
  const promises = PROMISE.test(quote) && !isQuestion;
  const asks = REQUEST.test(quote) && speaker === 'CALLER';
  if (!promises && !asks) return null;
  const owner = promises ? ownerOf(one, before) : 'BUSINESS';
  const due = DUE.exec(quote)?.[0] ?? null;
  return { text: quote, n, quote, score: null, owner, due };
}

/**
 * The tasks of a talk, at most six: the last ones, since what is agreed at the end counts.
 * @returns null when nobody promised or asked for anything
 */
export function extractTasks(sentences: readonly Sentence[]): WrittenInsight | null {
  const before = ({ n }: Sentence, at: number) => {
    const last = sentences[at - 1];
    return last?.n === n ? last.quote : '';
  };
  const findings = sentences
    .flatMap((one, at) => (isTelling(one) ? (taskOf(one, before(one, at)) ?? []) : []))
    .slice(-MOST);
  // told in words by whoever keeps them
  return findings.length === 0 ? null : { kind: 'ACTION_PLAN', text: null, findings };
}
