// What is left to do, in the words in which somebody promised it, asked for it, or offered it and was taken at their word.
// Nothing is reworded, so a task is the sentence itself, with who said that they would.

import { cutClauses } from './cut-clauses.ts';
import { dueIn } from './due-words.ts';
import type { Finding, TaskOwner, WrittenInsight } from './port.ts';
import type { Sentence } from './sentences.ts';
import { ACCEPTS, LEAVES_OPEN, REFUSES, takes } from './speech-acts.ts';
import {
  ACT,
  ASKS_BUSINESS,
  ASKS_CUSTOMER,
  DONE_ON_THE_CALL,
  LETS_ME,
  OFFERS,
  PROMISE,
  TELLS_BUSINESS,
  TELLS_CUSTOMER,
  WILL_HAVE,
} from './task-words.ts';

const MOST = 6;
/** "I'll tell her" */
const LEAST_WORDS = 3;

/** Who belongs to the customer, and not to the business. */
const KIN =
  'husband|wife|partner|fianc\\w+|boyfriend|girlfriend|sons?|daughters?|kids?|parents?|mom|mum|dad|mother|father|brother|sister|uncle|aunt|cousin|roommate|neighbou?rs?|friends?|assistant|secretary|landlord|landlady|tenants?|boss|manager|accountant|lawyer|attorney|bank|insurance|company';
const OF_CALLER = new RegExp(`\\b(?:my|our) (?:[\\w'’]+ )?(?:${KIN})\\b`, 'i');
const OF_LISTENER = new RegExp(`^your (?:${KIN})\\b`, 'i');
const OF_BUSINESS = /\b(?:your|you(?:['’]ve| have)? (?:sent|told|said)|the) [\w'’]+/i;
/** One will have it from others: "I'll need you to send it", "I'll wait for you to call". */
const FROM_OTHERS =
  /^,? (?:[a-z]+ly |just |also |still |then )?(?:(?:need|want|like|expect|ask|require)(?: for)? (?:you|somebody|someone|him|her|them|your \w+|the \w+|a \w+) to\b|(?:be )?(?:wait|expect)(?:ing)? (?:for|to hear|until|till|your|a|the)\b)/i;
/** What is asked for only in a case that may never come. */
const IN_CASE =
  /\b(?:if (?:you (?:can['’]?t|change|need|decide|ever|want|don['’]?t)|anything|something|there|it)|in case|unless)\b/i;
/** "We will text you when he is on his way tomorrow" */
const TELLS_WHEN = /^(?:when|once|as soon as|after|before|until|till)\b/i;
/** Told on the call. */
const OF_SELF = /\byour (?:\w+ )?(?:address|name|number|e-?mail|zip|birth\w*)\b/i;
/** What stands before an order is no subject of it: "you can come and drop it off". */
const GOVERNS = /\b(?:i|we|you|he|she|they|who|to|can|could|will|would)\b/i;

interface Said {
  one: Sentence;
  /** what the same speaker said just before it in the same turn */
  before: string;
  /** what the other side says to it */
  answer: string;
  /** whether it is said only for a case that may never come */
  isInCase: boolean;
}

function ownerOf(
  { one: { speaker }, before }: Said,
  clause: string,
  [said, who = '']: RegExpExecArray,
): TaskOwner {
  const [head = '', after = ''] = [
    clause.slice(0, clause.indexOf(said)),
    clause.slice(clause.indexOf(said) + said.length),
  ];
  const isOwn = /^(?:i|we)$/i.test(who);
  const isFromOthers = isOwn && FROM_OTHERS.test(after);
  if (speaker === 'AGENT') {
    return (isFromOthers && /\byou\b/i.test(after)) || OF_LISTENER.test(who)
      ? 'CUSTOMER'
      : 'BUSINESS';
  }
  if (speaker === 'UNKNOWN') return 'BUSINESS';
  if (isOwn) return isFromOthers ? 'BUSINESS' : 'CUSTOMER';
  // "he" is who was spoken of last; "your guy said that he will"
  const told = [who, head, before].find((each) => OF_CALLER.test(each) || OF_BUSINESS.test(each));
  if (told !== undefined) return OF_CALLER.test(told) ? 'CUSTOMER' : 'BUSINESS';
  const isNamed = /^(?-i:[A-Z])/.test(who) && !/^(?:he|she|they|some\w+)$/i.test(who);
  return isNamed && !/\b(?:me|us)\b/i.test(after) ? 'CUSTOMER' : 'BUSINESS';
}

/** Who is to do what a clause promises. */
function promiseIn(said: Said, clause: string): TaskOwner | null {
  const { one } = said;
  if (one.isQuestion) return null;
  const promise = PROMISE.exec(clause);
  if (promise && ACT.test(clause.slice(promise.index + promise[0].length))) {
    return ownerOf(said, clause, promise);
  }
  if (LETS_ME.test(clause)) return one.speaker === 'CALLER' ? 'CUSTOMER' : 'BUSINESS';
  return one.speaker !== 'CALLER' && WILL_HAVE.test(clause) ? 'BUSINESS' : null;
}

const isOrder = (tells: RegExp, clause: string) => {
  const found = tells.exec(clause);
  return found !== null && !GOVERNS.test(clause.slice(0, found.index));
};

/** Who is asked to do what a clause asks for. */
function requestIn({ one, answer, isInCase }: Said, clause: string): TaskOwner | null {
  if (REFUSES.test(answer)) return null;
  if (one.speaker === 'CALLER') {
    const asks = ASKS_BUSINESS.exec(clause);
    const isAsked = asks !== null && ACT.test(clause.slice(asks.index + asks[0].length));
    return isAsked || isOrder(TELLS_BUSINESS, clause) ? 'BUSINESS' : null;
  }
  if (one.speaker !== 'AGENT' || isInCase || OF_SELF.test(clause)) return null;
  if (one.isQuestion && LEAVES_OPEN.test(answer)) return null;
  return ASKS_CUSTOMER.test(clause) || isOrder(TELLS_CUSTOMER, clause) ? 'CUSTOMER' : null;
}

/** Who offered what a clause offers, where the other side took it. */
function offerIn({ one: { speaker, quote, isQuestion }, answer }: Said, clause: string) {
  const isTaken =
    (takes(answer) || ACCEPTS.test(answer)) && !LEAVES_OPEN.test(answer) && !REFUSES.test(answer);
  if (speaker === 'UNKNOWN' || !isTaken || !OFFERS.test(clause)) return null;
  if (/\bif\b/i.test(quote.slice(0, quote.indexOf(clause)))) return null;
  if (speaker === 'CALLER') return isQuestion ? null : ('CUSTOMER' as const);
  return 'BUSINESS' as const;
}

function taskOf(said: Said): Finding | null {
  const { n, quote } = said.one;
  const tasks = cutClauses(quote).flatMap((clause, at, all) => {
    if (DONE_ON_THE_CALL.test(clause)) return [];
    const owner = promiseIn(said, clause) ?? requestIn(said, clause) ?? offerIn(said, clause);
    const next = all[at + 1] ?? '';
    const due = dueIn(clause) ?? (TELLS_WHEN.test(next) ? dueIn(next) : null);
    return owner === null ? [] : [{ owner, due }];
  });
  // what has a day counts before what has none
  const task = tasks.find(({ due }) => due !== null) ?? tasks[0];
  return task ? { text: quote, n, quote, score: null, ...task } : null;
}

/** Every sentence with what stands before it in its turn, and what the other side says next. */
function inTalk(sentences: readonly Sentence[]): Said[] {
  const turns = Map.groupBy(sentences, ({ n }) => n);
  const told = ({ n }: Sentence) => (turns.get(n) ?? []).map(({ quote }) => quote).join(' ');
  const talk: Said[] = [];
  let next: Sentence | undefined;
  let answer = '';
  for (const [at, one] of [...sentences.entries()].toReversed()) {
    if (next && next.speaker !== one.speaker) answer = told(next);
    const last = sentences[at - 1];
    talk.push({
      one,
      before: last?.n === one.n ? last.quote : '',
      answer,
      isInCase: IN_CASE.test(one.quote),
    });
    next = one;
  }
  return talk.toReversed();
}

/**
 * The tasks of a talk, at most six: the last ones, since what is agreed at the end counts.
 * @returns null when nobody promised or asked for anything
 */
export function extractTasks(sentences: readonly Sentence[]): WrittenInsight | null {
  const findings = inTalk(sentences)
    .filter(({ one }) => one.words >= LEAST_WORDS)
    .flatMap((said) => taskOf(said) ?? [])
    .slice(-MOST);
  // told in words by whoever keeps them
  return findings.length === 0 ? null : { kind: 'ACTION_PLAN', text: null, findings };
}
