// A summary out of the conversation's own sentences: why they called, what came of it, what it costs, what comes next; filled
// up with what the talk was most about. Nothing is reworded, so nothing can be invented.

import { TELLS_PRICE } from './deal-acts.ts';
import type { Finding, Signal, WrittenInsight } from './port.ts';
import type { Sentence } from './sentences.ts';

const FEWEST = 3;
const MOST = 5;
/** a longer talk gets one sentence more for so many */
const SENTENCES_PER_PICK = 10;
/** shorter sentences are greetings and nods */
const LEAST_WORDS = 4;

const NEED =
  /\b(need|want|looking for|interested|broken?|stuck|leak\w*|clog\w*|damag\w*|problem|issue|trouble|repair|fix|replac\w*|install\w*|quote|estimate|appointment|schedul\w*|cancel\w*|complain\w*|refund|(?:not|stopped|\w+n['’]t) (?!know|think|mind|sure)\w+)/i;
const MONEY = /[$€£] ?\d|\b(dollars?|bucks|euros?|pounds?|free of charge)\b/i;
/** "it's a hundred and ten", "that'd be three seventy five" */
const IN_WORDS =
  /\b(?:(?:a|\w+) hundred(?: and)? (?:\w+teen|ten|eleven|twelve|\w+ty)\b|(?:(?:that|it|they|those|you)['’]d be|would be|it['’]?s|that['’]?s) (?:around |about )?(?:(?:one|two|three|four|five|six|seven|eight|nine) \w+ty\b|(?:a|\w+) hundred\b|\w+ty[- ]?\w* to (?:come|have)))/i;
const TIME =
  /\b(today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|morning|afternoon|evening|noon|next week|this week|\d{1,2}:\d{2}|\d{1,2} ?(?:am|pm)|o['’]?clock)\b/i;
const SETS =
  /\b(?:all set|see you|(?:got|have|put|putting|moved|have got) you|book\w*|schedul\w*|confirm\w*|pencil\w*|appointment)\b/i;
const PROMISE =
  /\b(?:(?:we|i)(?:['’]ll| will|['’](?:re|m) (?:going to|gonna)| are going to)|see you|you are all set|you['’]re all set)\b/i;
/** What a business that calls opens with; one that is called tells its name. */
const CALLS_OUT =
  /^(?!.*\bfor calling\b).*\b(?:this is [\w.'’ ]{1,30}(?:with|from|over at|at|calling)\b|calling (?:from|about|to|for|on)|following up|returning your|am i speaking|is this (?:mrs?|ms)\b)/i;
const PURPOSE =
  /\b(?:calling (?:about|to|because|on|for)|follow(?:ing)? up|wanted to|checking|remind|confirm|let you know)\b/i;
const ASKS_WHO =
  /\b(?:name|numbers?|address|phone|zip|e-?mail|birth\w*|spell|account|vin|license|plate|cross street)\b/i;
/** A longer answer tells more than what it was asked for. */
const LONGEST_ANSWER = 12;
/** More content words tell why one calls, whatever they are. */
const LEAST_STEMS = 3;
/** Why they call is told in so many turns. */
const OPENING_TURNS = 3;

/** Whether a sentence may stand in a summary. */
export function isTelling({ words }: Sentence): boolean {
  return words >= LEAST_WORDS;
}

/** What is drawn before it: what came of the talk, and what is left to do. */
export interface Drawn {
  signals: WrittenInsight | null;
  tasks: WrittenInsight | null;
}

const lastOf = (sentences: readonly Sentence[], fits: (one: Sentence) => boolean) =>
  sentences.findLast((one) => fits(one) && !one.isQuestion) ?? sentences.findLast(fits);

const callsOut = (sentences: readonly Sentence[]) => {
  const first = sentences.findIndex(({ speaker }) => speaker !== 'AGENT');
  return sentences.slice(0, Math.max(0, first)).some(({ quote }) => CALLS_OUT.test(quote));
};

/** Without the greeting of the business that is called, and without who answers with a name, a number or an address. */
function withoutForms(sentences: readonly Sentence[], isOutgoing: boolean): Sentence[] {
  const opens = sentences.find(({ speaker }) => speaker !== 'AGENT')?.n ?? 0;
  let asked: Sentence | undefined;
  return sentences.filter((one) => {
    if (one.speaker === 'AGENT') {
      asked = one;
      return isOutgoing || one.n > opens;
    }
    const isAnswer = asked && ASKS_WHO.test(asked.quote) && one.n === asked.n + 1;
    return !isAnswer || one.words > LONGEST_ANSWER;
  });
}

/** Why the call was made: of the first turns of who made it, the first that tells something. */
function findReason(sentences: readonly Sentence[], isOutgoing: boolean): Sentence | undefined {
  const theirs = sentences.filter(({ speaker }) => (speaker === 'AGENT') === isOutgoing);
  const turns = [...Map.groupBy(theirs, ({ n }) => n).values()].slice(0, OPENING_TURNS);
  const tells = ({ quote, stems }: Sentence) =>
    isOutgoing ? PURPOSE.test(quote) : stems.length >= LEAST_STEMS;
  for (const turn of turns) {
    const reason = turn.find(({ quote }) => NEED.test(quote)) ?? turn.find(tells);
    if (reason) return reason;
  }
  return theirs[0] ?? sentences.find(({ speaker }) => speaker !== 'AGENT');
}

/** What a talk may come to, as far as that is an end. */
const OUTCOMES: Partial<Record<Signal, string>> = {
  APPOINTMENT_BOOKED: 'Appointment',
  APPOINTMENT_MOVED: 'Appointment moved',
  APPOINTMENT_DECLINED: 'Appointment called off',
  SALE_MADE: 'Sale',
  SALE_LOST: 'Sale lost',
};

const sentenceOf = (sentences: readonly Sentence[], shown: Finding | undefined) =>
  shown && sentences.find(({ n, quote }) => n === shown.n && quote === shown.quote);

/** What shows an outcome; of an appointment rather the business's own words that it is made, where those tell the day. */
function findOutcome(sentences: readonly Sentence[], shown: Finding): Sentence | undefined {
  const isMade = shown.signal === 'APPOINTMENT_BOOKED' || shown.signal === 'APPOINTMENT_MOVED';
  const told = sentences.findLast(
    ({ n, speaker, quote, isQuestion }) =>
      isMade &&
      n >= shown.n &&
      speaker === 'AGENT' &&
      !isQuestion &&
      SETS.test(quote) &&
      TIME.test(quote),
  );
  return told ?? sentenceOf(sentences, shown);
}

/** What is chosen by what it tells, the most telling first. */
function chooseTelling(
  all: readonly Sentence[],
  telling: readonly Sentence[],
  { signals, tasks }: Drawn,
  isOutgoing: boolean,
): [string, Sentence | undefined][] {
  const outcomes = (signals?.findings ?? []).flatMap((one) => {
    const says = one.signal && OUTCOMES[one.signal];
    return says ? [[says, findOutcome(all, one)] as [string, Sentence | undefined]] : [];
  });
  const isPriced = ({ quote, speaker }: Sentence) =>
    MONEY.test(quote) ||
    // "five fifteen or eight forty five" is none where a day is told
    (speaker !== 'CALLER' &&
      !TIME.test(quote) &&
      [TELLS_PRICE, IN_WORDS].some((is) => is.test(quote)));
  const price =
    telling.find((one) => isPriced(one) && !one.isQuestion) ?? telling.find((one) => isPriced(one));
  const isMeeting = outcomes.some(([says]) => says.startsWith('Appointment'));
  return [
    ['Why they called', findReason(telling, isOutgoing)],
    ...outcomes,
    ['Price', price],
    [
      'What comes next',
      sentenceOf(all, tasks?.findings.at(-1)) ??
        lastOf(telling, ({ speaker, quote }) => speaker !== 'CALLER' && PROMISE.test(quote)),
    ],
    [
      'When',
      isMeeting
        ? undefined
        : telling.findLast(
            ({ speaker, quote, isQuestion }) =>
              speaker !== 'CALLER' && !isQuestion && TIME.test(quote),
          ),
    ],
  ];
}

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
export function extractSummary(
  sentences: readonly Sentence[],
  drawn: Drawn,
): WrittenInsight | null {
  const isOutgoing = callsOut(sentences);
  const told = withoutForms(sentences, isOutgoing).filter(isTelling);
  const telling = told.length > 0 ? told : sentences.filter(isTelling);
  const chosen = new Map<Sentence, string>();
  for (const [says, one] of chooseTelling(sentences, telling, drawn, isOutgoing)) {
    if (one && !chosen.has(one) && chosen.size < MOST) chosen.set(one, says);
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
  const inOrder = sentences.filter((one) => chosen.has(one));
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
