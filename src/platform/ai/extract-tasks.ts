// What is left to do, in the words in which somebody promised or asked for it. Nothing is reworded, so a task is the
// sentence itself, with who said that they would.

import { isTelling } from './extract-summary.ts';
import type { Finding, WrittenInsight } from './port.ts';
import type { Sentence } from './sentences.ts';

const MOST = 6;
const DONE_ON_THE_CALL =
  /\b(?:see you|talk to you|let me|hold on|have a (?:good|great|nice)|i['’]ll (?:take it|buy|pass|check (?:right )?now))\b/i;
const ACT =
  /\b(?:call|text|e-?mail|send|bring|come|order|check|ask|look|get back|let you know|schedule|book|pay|fix|repair|replace|install|quote|confirm|cancel|refund|follow up|drop|pick up)\b/i;
/**
 * "We will not be able to come", "I will never order again", "I don't think we will come": what is refused is left to nobody. A
 * comma is taken in one place alone: in two, a row of them would be tried in every way.
 */
const PROMISE =
  /(?<!(?:n['’]t| not) think (?:that )?)\b(?:we|i|he|she|they|somebody|someone)(?:['’]ll| will| am going to|['’]m going to|['’]re going to| are going to)\b(?!(?:,? (?:[a-z]+ly|most|just|also|still|then|now|be)\b)*,? (?:not|never|no longer|unable)\b)/i;
const REQUEST = /\b(?:please|can you|could you|would you|make sure|don['’]t forget to)\b/i;
const DUE =
  /\b(?:(?:by |on |this |next )?(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week|month|morning|afternoon|evening|noon)(?: (?:morning|afternoon|evening))?(?: at \d{1,2}(?::\d{2})?(?: ?[ap]\.?m\.?)?)?)\b/i;

function taskOf({ n, quote, speaker, isQuestion }: Sentence): Finding | null {
  if (DONE_ON_THE_CALL.test(quote) || !ACT.test(quote)) return null;
  const promises = PROMISE.test(quote) && !isQuestion;
  const asks = REQUEST.test(quote) && speaker === 'CALLER';
  if (!promises && !asks) return null;
  const owner = promises && speaker === 'CALLER' ? 'CUSTOMER' : 'BUSINESS';
  const due = DUE.exec(quote)?.[0] ?? null;
  return { text: quote, n, quote, score: null, owner, due };
}

/**
 * The tasks of a talk, at most six: the last ones, since what is agreed at the end counts.
 * @returns null when nobody promised or asked for anything
 */
export function extractTasks(sentences: readonly Sentence[]): WrittenInsight | null {
  const findings = sentences
    .filter(isTelling)
    .flatMap((one) => taskOf(one) ?? [])
    .slice(-MOST);
  // told in words by whoever keeps them
  return findings.length === 0 ? null : { kind: 'ACTION_PLAN', text: null, findings };
}
