// What came of a talk, by its own sentences: an appointment that was asked for, booked, moved or called off, a sale. A
// signal is told only where somebody said it in so many words; "booked" only in the words of who can book.
import { CHANGE_DONE } from './change-idioms.ts';
import { findAgreements } from './find-agreements.ts';
import { findChange, findOtherDay, isOldKept, isToldAgain } from './find-change.ts';
import { isConfirming, isWaitedFor } from './find-confirming.ts';
import { isExisting } from './find-existing.ts';
import { findGivenUp, givenUpAt } from './find-giving-up.ts';
import { findNeed } from './find-need.ts';
import { sellsFrom } from './find-old-sale.ts';
import { openTopic } from './find-topic.ts';
import { SIGNALS, type Signal, type WrittenInsight } from './port.ts';
import { SIGNAL_TEXTS } from './reading-shape.ts';
import type { Agreement } from './runs.ts';
import type { Sentence } from './sentences.ts';
import type { SignalRule } from './signal-rule.ts';
import { SIGNAL_RULES } from './signal-rules.ts';
import { APPOINTMENT_SAID, TIME_SAID } from './time-words.ts';

const NOT = /\b(?:not|never|no|nobody|cannot|without|unable)\b|n['’]t\b/i;
// "okay no problem I'll take that off"
const NO_DENIAL =
  /\b(?:no (?:problem|worries|big deal|trouble)|not a problem|not at all)\b|^(?:no|nope|nah)\b(?= (?:i|we|he|she|it|they|just|that)\b)/gi;
// "no, I am booked" and "no problem, you are" deny nothing of what follows
const CLAUSE_END = /[,;:–—]\s|\b(?:but|because|so)\s/gi;
// "see if you can" asks; "if you could come" supposes
const SUPPOSES =
  /(?<!\b(?:see|wondering|wonder|ask|asking|know|check|checking|tell me|and|or) )\b(?:if|unless|until|before|suppose|supposing|in case|would have|wish|should have|could have|almost|nearly)\b/i;
// what an agent offers is not done yet
const OFFERS =
  /\b(?:shall|should|would you like|do you want|want me to|can|could|might|may|try to|trying to|hope to)\b[^,.;]*$/i;

// what time an appointment is, that is there already
const ASKS_OF_OLD =
  /\b(?:(?:double.?check|confirm|check on|remind me|verify|forgot|remember|what (?:time|day)(?: is|['’]s)?)\b.{0,30}\b(?:my|our) (?:\w+ )?(?:appointment|visit|booking|reservation)|do i (?:still )?have an appointment|(?:what (?:time|day)s?|when) (?:am|are|is|was) (?:i|we|he|she|my \w+) (?:in\b|coming|down|on (?!time)|scheduled|booked|supposed|due))\b/i;

/** What is denied that many signs behind the words is something else: "down for ten, tell her no kicking". */
const FAR = 20;
const SEATS =
  /\b(?:seats?|tickets?|fares?|flights?|shuttle|cruise|cabin|suite|(?:a|per) night|round ?trip|one way|rows?)\b/i;

function clauseOf(quote: string, at: number, end: number): string {
  const ends = [...quote.matchAll(CLAUSE_END)].map(({ index }) => index);
  const from = ends.findLast((place) => place < at) ?? 0;
  const to = ends.find((place) => place >= end) ?? quote.length;
  return quote.slice(from, to);
}

function isSaid(rule: SignalRule, { quote, isQuestion, speaker }: Sentence): boolean {
  const found = rule.says.exec(quote);
  // a customer asks for it, a business only offers it
  if (!found || (isQuestion && (!rule.asks || speaker === 'AGENT'))) return false;
  const { index } = found;
  const end = index + found[0].length;
  const before = quote.slice(0, index);
  const isDenied =
    rule.isPlain &&
    NOT.test(clauseOf(quote.slice(0, end + FAR), index, end).replace(NO_DENIAL, ''));
  const isOfBusiness =
    rule.signal === 'APPOINTMENT_BOOKED' ||
    (rule.signal === 'APPOINTMENT_MOVED' && speaker === 'AGENT');
  // "bring it if you can see you at seven"
  const isParting = /^see/i.test(found[0]);
  const isOffered = isOfBusiness && !isParting && OFFERS.test(before);
  return (
    !isDenied &&
    !isOffered &&
    (isParting || !SUPPOSES.test(before.split(/\bbut\b/i).at(-1) ?? '')) &&
    !rule.except?.test(quote)
  );
}

interface Topic {
  isAbout: boolean;
  /** the turn in which an appointment, or another, was first asked for */
  requestedAt: number;
  /** whether one that was there is wished, or made, another */
  isThere: boolean;
  /** the turn in which a customer told that one cannot be kept */
  givenUpAt: number;
  /** whether an appointment was spoken of last */
  isMeeting: (one: Sentence) => boolean;
}

/** Of a talk that is about nothing else. */
const ANY_TOPIC: Topic = {
  isAbout: true,
  requestedAt: 0,
  isThere: true,
  givenUpAt: 0,
  isMeeting: () => true,
};

function isOfTopic({ needsTopic }: SignalRule, one: Sentence, topic: Topic): boolean {
  if (needsTopic === 'REQUEST') return one.n >= topic.requestedAt;
  if (needsTopic === 'GIVEN_UP') return one.n >= topic.givenUpAt && topic.isMeeting(one);
  if (needsTopic === 'EXISTING') return topic.isThere;
  if (needsTopic === 'MEETING') return topic.isMeeting(one);
  // "you are all set" ends other talks too, and "move it" may be about a sofa
  return !needsTopic || topic.isAbout || TIME_SAID.test(one.quote);
}

function sayings(rule: SignalRule, sentences: readonly Sentence[], topic: Topic): Agreement[] {
  return sentences
    .filter(
      (one) =>
        (rule.by === 'ANY' || one.speaker === rule.by || one.speaker === 'UNKNOWN') &&
        isOfTopic(rule, one, topic) &&
        isSaid(rule, one),
    )
    .map((shown) => ({ signal: rule.signal, shown }));
}

/** "You're moved up": there is no new one, whatever it was that was there. */
const SWITCHED =
  /\b(?:(?:you|he|she|it|that|they)(?:['’](?:re|s)| are| is)(?: all| now| been)* (?:moved|switched|bumped|pushed|rescheduled)|(?:i|we)(?:['’]ve|['’]ll| have| just)?(?: just| gone ahead and)? (?:moved|switched|bumped|pushed|rescheduled) (?:you|him|her|it|that|them|your (?:appointment|time|visit|slot))|(?:taken?|took|pulled) (?:you|him|her|them) (?:out of|off)\b.{0,40} and (?:you|put))\b/i;
const isSwitching = ({ speaker, quote }: Sentence) => speaker !== 'CALLER' && SWITCHED.test(quote);

const PICKED_UP =
  /\b(?:ready|done|finished|pick (?:it |them |that )?up|opens?|close[sd]?|arriv\w*|come in)\b/i;
const PARTS = /\b(?:see(?:ing)?|meeting|catch) (?:you|ya)\b/i;

const isAfter = (one: Agreement | undefined, other: Agreement | undefined) =>
  one !== undefined && (other === undefined || one.shown.n >= other.shown.n);

/** What a talk came to at last: the same may be wished, changed and taken back in it. */
function settle(said: readonly Agreement[], sentences: readonly Sentence[], changed: number) {
  const first = (signal: Signal) => said.find((one) => one.signal === signal);
  const last = (signal: Signal) => said.findLast((one) => one.signal === signal);
  const found = new Map(SIGNALS.map((signal) => [signal, first(signal)?.shown]));
  const booked = last('APPOINTMENT_BOOKED');
  const done = sentences.find(
    ({ n, quote, speaker }) => n > changed && speaker === 'AGENT' && CHANGE_DONE.test(quote),
  );
  const isChange = Number.isFinite(changed);
  const isSwitched = booked && sentences.some(isSwitching);
  if (isSwitched || (isChange && ((booked && booked.shown.n >= changed) || done))) {
    found.set('APPOINTMENT_MOVED', found.get('APPOINTMENT_MOVED') ?? booked?.shown ?? done);
  }
  if (found.get('APPOINTMENT_MOVED')) {
    for (const one of ['APPOINTMENT_BOOKED', 'APPOINTMENT_DECLINED'] as const) found.delete(one);
  }
  // another time was asked for, or the one that is there
  if (isChange || found.get('APPOINTMENT_MOVED')) found.delete('APPOINTMENT_REQUESTED');
  const moved = found.get('APPOINTMENT_MOVED');
  if (moved && isOldKept(sentences, first('APPOINTMENT_MOVED')?.shown.n ?? changed)) {
    found.delete('APPOINTMENT_MOVED');
  }
  const isWaiting = isWaitedFor(sentences);
  if (isWaiting && !done) found.delete('APPOINTMENT_MOVED');
  const isAskedOf = sentences.some(
    ({ speaker, quote }) => speaker !== 'AGENT' && ASKS_OF_OLD.test(quote),
  );
  if (isAskedOf || isConfirming(sentences) || isWaiting) {
    found.delete('APPOINTMENT_BOOKED');
    if (isWaiting || isAskedOf) found.delete('APPOINTMENT_REQUESTED');
  }
  // a seat is booked too, and paid
  if (found.get('SALE_MADE') && sentences.some(({ quote }) => SEATS.test(quote))) {
    found.delete('APPOINTMENT_REQUESTED');
    found.delete('APPOINTMENT_BOOKED');
  }
  const bookings = said.filter(({ signal }) => signal === 'APPOINTMENT_BOOKED');
  const isNew = isChange || first('APPOINTMENT_REQUESTED');
  if (!isNew && bookings.every(({ shown }) => isToldAgain(sentences, shown))) {
    found.delete('APPOINTMENT_BOOKED');
  }
  // "they'll be ready Friday" "see you Friday"
  const isParting = bookings.every(({ shown }) => PARTS.test(shown.quote));
  const isOfElse = sentences.some(
    ({ speaker, quote }) => speaker !== 'CALLER' && PICKED_UP.test(quote) && TIME_SAID.test(quote),
  );
  if (isParting && isOfElse && !isNew) found.delete('APPOINTMENT_BOOKED');
  const declined = last('APPOINTMENT_DECLINED');
  if (isAfter(declined, booked)) found.delete('APPOINTMENT_BOOKED');
  else found.delete('APPOINTMENT_DECLINED');
  const met = found.get('APPOINTMENT_BOOKED');
  if (met && !isChange && !found.get('APPOINTMENT_REQUESTED')) {
    found.set('APPOINTMENT_REQUESTED', findNeed(sentences, met));
  }
  const lost = last('SALE_LOST');
  // it is an appointment that is skipped
  const isOwn = sentences.some((one) => one.speaker !== 'AGENT' && isExisting(one));
  if ((found.get('APPOINTMENT_DECLINED') || isChange) && lost && isOwn) found.delete('SALE_LOST');
  if (found.get('APPOINTMENT_BOOKED') && isAfter(booked, lost)) found.delete('SALE_LOST');
  if (isAfter(last('SALE_MADE'), lost)) found.delete('SALE_LOST');
  else found.delete('SALE_MADE');
  return found;
}

/**
 * The signals of a talk, each with the first sentence that says it, in the order of speech.
 * @returns null when nobody said any
 */
export function extractSignals(sentences: readonly Sentence[]): WrittenInsight | null {
  const wordsOf = (said: Signal) =>
    SIGNAL_RULES.filter(({ signal }) => signal === said)
      .flatMap((rule) => sayings(rule, sentences, ANY_TOPIC))
      .map(({ shown }) => shown);
  const asked = wordsOf('APPOINTMENT_REQUESTED');
  const askedAt = Math.min(...asked.map(({ n }) => n));
  const booked = wordsOf('APPOINTMENT_BOOKED');
  const wished = findChange(sentences, askedAt, (one) => booked.includes(one));
  const made = findAgreements(sentences, 0).filter(({ signal }) => signal === 'APPOINTMENT_BOOKED');
  const other = findOtherDay(
    sentences,
    made.map(({ shown }) => shown),
  );
  const changed = Math.min(wished, other?.n ?? Number.POSITIVE_INFINITY);
  const requestedAt = Math.min(askedAt, changed);
  const isAbout =
    Number.isFinite(requestedAt) ||
    sentences.some((one) => APPOINTMENT_SAID.test(one.quote) || isExisting(one));
  const isMade = (one: Sentence) => asked.includes(one) || booked.includes(one);
  const topic = {
    ...{ isAbout, requestedAt, givenUpAt: givenUpAt(sentences) },
    isThere: Number.isFinite(changed),
    isMeeting: openTopic(sentences, { isAbout, isMade }),
  };
  const agreements = findAgreements(sentences, requestedAt);
  const times = new Set(agreements.map(({ takenIn }) => takenIn));
  // "I'll take it" may take an hour
  const isTime = ({ signal, shown }: Agreement) =>
    signal === 'SALE_MADE' && shown.speaker === 'CALLER' && times.has(shown.n);
  const soldFrom = sellsFrom(sentences);
  const givenUp = findGivenUp(sentences);
  const left = givenUp ? [{ signal: 'APPOINTMENT_DECLINED' as const, shown: givenUp }] : [];
  // what a business opens with was made before
  const isAlone = sentences.every(({ speaker }) => speaker !== 'CALLER');
  const rules = SIGNAL_RULES.flatMap((rule) => sayings(rule, sentences, topic)).filter(
    ({ signal, shown }) =>
      signal !== 'APPOINTMENT_BOOKED' || shown.n > 0 || shown.speaker !== 'AGENT' || isAlone,
  );
  const said = [...rules, ...agreements, ...left]
    .filter((one) => !isTime(one) && (one.signal !== 'SALE_MADE' || one.shown.n >= soldFrom))
    .toSorted((a, b) => a.shown.n - b.shown.n);
  const findings = [...settle(said, sentences, changed)]
    .flatMap(([signal, shown]) => (shown ? [{ signal, shown }] : []))
    .map(({ signal, shown: { n, quote } }) => ({
      ...{ text: SIGNAL_TEXTS[signal], n, quote },
      ...{ score: null, signal },
    }))
    .toSorted((a, b) => a.n - b.n);
  if (findings.length === 0) return null;
  const text = `Found by rules: ${findings.map((one) => one.text.toLowerCase()).join(', ')}.`;
  return { kind: 'SIGNALS', text, findings };
}
