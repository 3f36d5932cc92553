// What came of a talk, by its own sentences: an appointment that was asked for, booked, moved or called off, a sale. A
// signal is told only where somebody said it in so many words; "booked" only in the words of who can book.
import type { Finding, WrittenInsight } from './port.ts';
import { SIGNAL_TEXTS } from './reading-shape.ts';
import type { Sentence } from './sentences.ts';
import { APPOINTMENT_SAID, SIGNAL_RULES, type SignalRule, TIME_SAID } from './signal-rules.ts';

const NOT = /\b(?:not|never|no|nobody|cannot|without|unable)\b|n['’]t\b/i;
// "no, I am booked" and "no problem, you are" deny nothing of what follows
const CLAUSE_END = /[,;:–—]\s|\b(?:but|because|so)\s/gi;
// "see if you can" asks; "if you could come" supposes
const SUPPOSES =
  /(?<!\b(?:see|wondering|wonder|ask|asking|know|check|checking|tell me|and|or) )\b(?:if|unless|until|before|suppose|supposing|in case|would have|wish|should have|could have|almost|nearly)\b/i;
// what an agent offers is not done yet
const OFFERS =
  /\b(?:shall|should|would you like|do you want|want me to|can|could|might|may|try to|trying to|hope to)\b[^,.;]*$/i;

function clauseOf(quote: string, at: number, end: number): string {
  const ends = [...quote.matchAll(CLAUSE_END)].map(({ index }) => index);
  const from = ends.findLast((place) => place < at) ?? 0;
  const to = ends.find((place) => place >= end) ?? quote.length;
  return quote.slice(from, to);
}

function isSaid(rule: SignalRule, { quote, isQuestion }: Sentence): boolean {
  const found = rule.says.exec(quote);
  if (!found || (isQuestion && !rule.asks)) return false;
  const { index } = found;
  const end = index + found[0].length;
  const before = quote.slice(0, index);
  const isDenied = rule.isPlain && NOT.test(clauseOf(quote, index, end));
  const isOffered = rule.signal === 'APPOINTMENT_BOOKED' && OFFERS.test(before);
  return !isDenied && !isOffered && !SUPPOSES.test(before) && !rule.except?.test(quote);
}

function showing(rule: SignalRule, sentences: readonly Sentence[], isAbout: boolean) {
  return sentences.find(
    (one) =>
      (rule.by === 'ANY' || one.speaker === rule.by || one.speaker === 'UNKNOWN') &&
      // "you are all set" ends other talks too, and "move it" may be about a sofa
      (!rule.needsTopic || isAbout || TIME_SAID.test(one.quote)) &&
      isSaid(rule, one),
  );
}

/**
 * The signals of a talk, each with the first sentence that says it, in the order of speech.
 * @returns null when nobody said any
 */
export function extractSignals(sentences: readonly Sentence[]): WrittenInsight | null {
  const isAbout = sentences.some(({ quote }) => APPOINTMENT_SAID.test(quote));
  const findings = SIGNAL_RULES.flatMap((rule): Finding[] => {
    const one = showing(rule, sentences, isAbout);
    if (!one) return [];
    const { n, quote } = one;
    const { signal } = rule;
    return [{ text: SIGNAL_TEXTS[signal], n, quote, score: null, signal }];
  }).toSorted((a, b) => a.n - b.n);
  if (findings.length === 0) return null;
  const text = `Found by rules: ${findings.map((one) => one.text.toLowerCase()).join(', ')}.`;
  return { kind: 'SIGNALS', text, findings };
}
