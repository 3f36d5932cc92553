// A summary out of the conversation's own sentences: why they called, what it costs, when, what comes next; filled up with
// what the talk was most about. Nothing is reworded, so nothing can be invented.

import type { Finding, WrittenInsight } from './port.ts';
import type { Sentence } from './sentences.ts';

const FEWEST = 3;
const MOST = 5;
/** a longer talk gets one sentence more for so many */
const SENTENCES_PER_PICK = 10;
/** shorter sentences are greetings and nods */
const LEAST_WORDS = 4;

const NEED =
  /\b(need|want|looking for|interested|broken?|stuck|leak\w*|clog\w*|damag\w*|problem|issue|trouble|repair|fix|replac\w*|install\w*|quote|estimate|appointment|schedul\w*|cancel\w*|complain\w*|refund|(?:not|n['’]t|stopped) \w+)/i;
const MONEY = /[$€£] ?\d|\b(dollars?|bucks|euros?|pounds?|free of charge)\b/i;
const TIME =
  /\b(today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|morning|afternoon|evening|noon|next week|this week|\d{1,2}:\d{2}|\d{1,2} ?(?:am|pm)|o['’]?clock)\b/i;
const BOOKING = /\b(book\w*|appointment|schedul\w*|come|visit|arrive)\b/i;
const PROMISE =
  /\b(?:we|i)(?:['’]ll| will| are going to|['’]re going to|['’]m going to)\b|\bsee you\b|\byou are all set\b/i;

/** Whether a sentence may stand in a summary. */
export function isTelling({ words }: Sentence): boolean {
  return words >= LEAST_WORDS;
}

type Rule = { says: string; choose(sentences: readonly Sentence[]): Sentence | undefined };

const lastOf = (sentences: readonly Sentence[], fits: (one: Sentence) => boolean) =>
  sentences.findLast((one) => fits(one) && !one.isQuestion) ?? sentences.findLast(fits);

const RULES: Rule[] = [
  {
    says: 'Why they called',
    choose: (sentences) => {
      const callers = sentences.filter(({ speaker }) => speaker !== 'AGENT');
      return callers.find(({ quote }) => NEED.test(quote)) ?? callers[0];
    },
  },
  { says: 'Price', choose: (sentences) => sentences.find(({ quote }) => MONEY.test(quote)) },
  {
    says: 'Appointment',
    choose: (sentences) =>
      lastOf(sentences, ({ quote }) => TIME.test(quote) && BOOKING.test(quote)) ??
      lastOf(sentences, ({ quote }) => TIME.test(quote)),
  },
  {
    says: 'What comes next',
    choose: (sentences) =>
      lastOf(sentences, ({ speaker, quote }) => speaker !== 'CALLER' && PROMISE.test(quote)),
  },
];

/**
 * The sentence with the most frequent content words, and the frequencies after it was taken: words that were used count
 * less from then on (SumBasic; Nenkova and Vanderwende, 2005). The earlier one of equals.
 */
function takeMostCentral(
  sentences: readonly Sentence[],
  frequency: Map<string, number>,
): Sentence | undefined {
  const centrality = ({ stems }: Sentence) =>
    stems.reduce((sum, stem) => sum + (frequency.get(stem) ?? 0), 0) / Math.max(1, stems.length);
  let best: Sentence | undefined;
  for (const one of sentences) {
    // one content word says nothing; a question waits for its answer
    if (one.stems.length < 2 || one.isQuestion) continue;
    if (!best || centrality(one) > centrality(best)) best = one;
  }
  for (const stem of new Set(best?.stems)) {
    frequency.set(stem, (frequency.get(stem) ?? 0) ** 2);
  }
  return best;
}

function frequenciesOf(sentences: readonly Sentence[]): Map<string, number> {
  const counts = new Map<string, number>();
  let total = 0;
  for (const stem of sentences.flatMap(({ stems }) => stems)) {
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
    total += 1;
  }
  return new Map([...counts].map(([stem, count]) => [stem, count / total]));
}

const NAMES = { CALLER: 'Caller', AGENT: 'Agent', UNKNOWN: 'Somebody' } as const;

/** How a speaker is named in what is written. */
export function nameSpeaker(speaker: Sentence['speaker']): string {
  return NAMES[speaker];
}

/**
 * Chooses 3 to 5 sentences, fewer where there are no more, and puts them in the order of speech.
 * @returns null when no sentence is telling
 */
export function extractSummary(sentences: readonly Sentence[]): WrittenInsight | null {
  const telling = sentences.filter(isTelling);
  const chosen = new Map<Sentence, string>();
  for (const { says, choose } of RULES) {
    const one = choose(telling);
    if (one && !chosen.has(one)) chosen.set(one, says);
  }
  const frequency = frequenciesOf(telling);
  const wanted = Math.min(MOST, FEWEST + Math.floor(telling.length / SENTENCES_PER_PICK));
  while (chosen.size < wanted) {
    const one = takeMostCentral(
      telling.filter((each) => !chosen.has(each)),
      frequency,
    );
    if (!one) break;
    chosen.set(one, 'Also said');
  }
  const inOrder = telling.filter((one) => chosen.has(one));
  if (inOrder.length === 0) return null;
  return {
    kind: 'SUMMARY',
    text: inOrder.map(({ speaker, quote }) => `${nameSpeaker(speaker)}: “${quote}”`).join(' '),
    findings: inOrder.map(
      (one): Finding => ({
        text: chosen.get(one) ?? '',
        n: one.n,
        quote: one.quote,
        score: null,
      }),
    ),
  };
}
