// What came of a talk, by its own sentences: an appointment that was asked for, booked, moved or called off, a sale. A
// signal is told only where somebody said it in so many words; "booked" only in the words of who can book.
import type { Finding, Signal, WrittenInsight } from './port.ts';
import { SIGNAL_TEXTS } from './reading-shape.ts';
import type { Sentence } from './sentences.ts';

const NOT = /\b(?:not|never|no)\b|n['’]t\b/i;
/** one that is there already */
const CHANGES = /\b(?:reschedul|cancel|mov(?:e|ing)\b)/i;
const APPOINTMENT = /\b(?:appointments?|visit|booking|slot|technician|inspection|estimate)\b/i;

interface Rule {
  signal: Signal;
  /** whose words count; on one channel nobody is told apart, and everybody's do */
  by: 'CALLER' | 'AGENT' | 'ANY';
  says: RegExp;
  /** whether a "not" in the sentence takes it away */
  isPlain: boolean;
}

const RULES: Rule[] = [
  {
    signal: 'APPOINTMENT_BOOKED',
    by: 'AGENT',
    says: /\byou(?:['’]re| are) (?:all set|booked|scheduled|confirmed|on the (?:schedule|calendar))\b|\b(?:i|we)(?:['’]ve| have)? (?:just )?(?:booked|scheduled|put) you\b|\b(?:appointment|visit|booking) is (?:booked|confirmed|set|scheduled)\b/i,
    isPlain: true,
  },
  {
    signal: 'APPOINTMENT_REQUESTED',
    by: 'CALLER',
    says: /\b(?:book|schedule|make|set up|get|need|want)\b.{0,30}\b(?:appointments?|visit|inspection|estimate)\b|\b(?:when|could|can) (?:can |could )?(?:you|somebody|someone)\b.{0,20}\bcome (?:out|by|over)?\b/i,
    isPlain: true,
  },
  {
    signal: 'APPOINTMENT_MOVED',
    by: 'ANY',
    says: /\b(?:reschedul(?:e|ed|ing)|mov(?:e|ed|ing) (?:it|that|my appointment|your appointment|the appointment))\b/i,
    isPlain: true,
  },
  {
    signal: 'APPOINTMENT_DECLINED',
    by: 'CALLER',
    says: /\bcancel(?:led|ing)?\b.{0,30}\b(?:appointment|visit|booking|it)\b|\b(?:don['’]t|do not|won['’]t) (?:need|want)\b.{0,20}\b(?:appointment|visit|estimate)\b/i,
    isPlain: false,
  },
  {
    signal: 'SALE_MADE',
    by: 'ANY',
    says: /\bi(?:['’]ll| will) (?:take|buy) (?:it|that|one|the)\b|\byour (?:order|purchase|payment) (?:is|has been|was|went) (?:placed|complete[d]?|confirmed|received|through)\b|\bthank you for your (?:order|purchase|payment)\b/i,
    isPlain: true,
  },
  {
    signal: 'SALE_LOST',
    by: 'CALLER',
    says: /\b(?:too expensive|went with (?:somebody|someone|another)|(?:found|hired|chose) (?:somebody|someone) else|not interested|i(?:['’]ll| will) pass)\b/i,
    isPlain: false,
  },
];

function showing({ signal, by, says, isPlain }: Rule, sentences: readonly Sentence[]) {
  return sentences.find(
    ({ speaker, quote }) =>
      (by === 'ANY' || speaker === by || speaker === 'UNKNOWN') &&
      says.test(quote) &&
      !(isPlain && NOT.test(quote)) &&
      !(signal === 'APPOINTMENT_REQUESTED' && CHANGES.test(quote)),
  );
}

/**
 * The signals of a talk, each with the first sentence that says it, in the order of speech.
 * @returns null when nobody said any
 */
export function extractSignals(sentences: readonly Sentence[]): WrittenInsight | null {
  const about = sentences.some(({ quote }) => APPOINTMENT.test(quote));
  const findings = RULES.flatMap((rule): Finding[] => {
    const one = showing(rule, sentences);
    // "you are all set" ends other talks too, and "move it" may be about a sofa
    const needsTopic = rule.signal === 'APPOINTMENT_BOOKED' || rule.signal === 'APPOINTMENT_MOVED';
    if (!one || (needsTopic && !about)) return [];
    const { n, quote } = one;
    const { signal } = rule;
    return [{ text: SIGNAL_TEXTS[signal], n, quote, score: null, signal }];
  }).toSorted((a, b) => a.n - b.n);
  if (findings.length === 0) return null;
  const text = `Found by rules: ${findings.map((one) => one.text.toLowerCase()).join(', ')}.`;
  return { kind: 'SIGNALS', text, findings };
}
