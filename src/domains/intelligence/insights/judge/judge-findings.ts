// What is kept of what was brought. Whatever an engine says, only an item whose quote stands in the talk is kept, with the
// talk's own words; and only if every number and name that it tells was said, and it does not say the opposite of the
// sentence that shows it. Nothing rests on what a customer tells the machine. A mail may tell no time or address besides, no number that only the customer
// said, and give nothing that the business did not. Coaching names criteria of its rubric alone.
import {
  type Criterion,
  canShow,
  type Finding,
  SIGNALS,
  TASK_OWNERS,
  type WrittenInsight,
} from '#platform/ai/index.ts';
import { isEnglish } from '#values/is-english.ts';
import type { StoredItem } from '../store-insights.ts';
import { deniesOtherwise, hasForeignFacts } from './foreign-facts.ts';
import { levelText } from './level-text.ts';
import { type Profile, withoutProfile } from './match-addresses.ts';
import { hasFacts, hasPlainFacts } from './match-claims.ts';
import { hasDates } from './match-dates.ts';
import { hasNames, hasTimes } from './match-names.ts';
import { saysOpposite } from './match-negations.ts';
import { hasNumbers } from './match-numbers.ts';
import { isAddressedToMachine, tellsOfBusiness } from './match-orders.ts';
import { hasPromises } from './match-promises.ts';
import { findQuote, type QuotePlace } from './match-quote.ts';
import { openSaid, type Said } from './match-said.ts';
import { leavesNegationOut, saidUntil, sentenceAt, withItsNegations } from './match-sentence.ts';

interface Segment {
  n: number;
  text: string;
  speaker: string;
  /** of a history, the conversation that it is of. An item then tells what stands in that one only */
  source?: string;
  /** of a history, the language of that conversation; absent = the talk's */
  language?: string;
}

/** A talk, with what is known of the business besides. */
export interface Talk {
  segments: readonly Segment[];
  business: string;
  /** what coaching was asked to look at; absent = nothing */
  rubric?: readonly Criterion[];
  /** what a mail may tell without its being said; absent = nothing but the name */
  profile?: Profile;
  /** a BCP 47 tag; absent = English. Of other languages it is not known which words names are */
  language?: string;
}

type Kind = WrittenInsight['kind'];
/** Kinds that tell what was said, in words of their own: not advice, and no labels. */
const TELLS: ReadonlySet<Kind> = new Set(['SUMMARY', 'LEAD_SCORE', 'ACTION_PLAN']);
/** Kinds whose words are ours. */
const LABELS: ReadonlySet<Kind> = new Set(['SENTIMENT', 'SIGNALS']);
/** The same, with what is told to the customer. */
const TOLD: ReadonlySet<Kind> = new Set([...TELLS, 'FOLLOW_UP_EMAIL']);
const NO_PROFILE: Profile = { hosts: [], numbers: [] };

/** Judges the findings of one talk, or of a history of talks. */
export function openJudge({
  segments,
  business,
  rubric = [],
  profile = NO_PROFILE,
  language = 'en',
}: Talk) {
  const criteria = new Set(rubric.map(({ key }) => key));
  const readsEnglish = (turn?: Pick<Segment, 'language'>) => isEnglish(turn?.language ?? language);
  const textOf = (some: readonly { text: string }[]) =>
    openSaid(levelText([`The ${business}`, ...some.map(({ text }) => text)].join('\n')));
  const saidIn = (source: string | undefined) => {
    const there = segments.filter((one) => source === undefined || one.source === source);
    const others = there.filter(({ speaker }) => speaker !== 'CALLER');
    return { all: textOf(there), promised: textOf(others) };
  };
  const sources = new Map(
    [...new Set(segments.map(({ source }) => source))].map((one) => [one, saidIn(one)]),
  );
  const holds = (told: string, kind: Kind, turn?: Pick<Segment, 'source' | 'language'>) => {
    const text = levelText(told);
    const source = turn?.source;
    const inEnglish = readsEnglish(turn);
    const { all, promised } = sources.get(source) ?? saidIn(source);
    const spoken = turn?.language ?? language;
    const own = kind === 'FOLLOW_UP_EMAIL' ? promised : all;
    if (!LABELS.has(kind) && !inEnglish && !hasForeignFacts(text, all, spoken, own)) return false;
    if (kind === 'FOLLOW_UP_EMAIL') {
      const rest = withoutProfile(text, profile);
      const isPromised =
        hasPlainFacts(rest, promised) && (!inEnglish || hasPromises(rest, promised.text, all.text));
      return isPromised && hasFacts(rest, all, { isEnglish: inEnglish });
    }
    if (source !== undefined && !LABELS.has(kind))
      return hasFacts(text, all, { isEnglish: inEnglish });
    const isPlain = !inEnglish || !TELLS.has(kind);
    return hasPlainFacts(text, all) && (isPlain || hasDays(text, all));
  };
  /** Whether it rests on what a customer told the machine, or tells a sum of theirs as one of the business's. */
  const isOrdered = (finding: Finding, kind: Kind, turn: Segment, place: QuotePlace) => {
    const { text, speaker, source } = turn;
    const inEnglish = readsEnglish(turn);
    // what follows an order in its turn belongs to it
    if (speaker !== 'AGENT' && isAddressedToMachine(saidUntil(text, place))) return true;
    const isTheirs = speaker === 'CALLER' && inEnglish && TELLS.has(kind);
    if (!isTheirs || !tellsOfBusiness(finding.text, business)) return false;
    const { promised } = sources.get(source) ?? saidIn(source);
    const claim = levelText(finding.text);
    return (
      !hasNumbers(claim, promised) || (!/\d/.test(claim) && !hasPromises(claim, promised.text))
    );
  };
  /** Whether it denies what was told in another language than English, or tells what was denied there. */
  const isDenied = (finding: Finding, turn: Segment, place: QuotePlace) =>
    deniesOtherwise(finding.text, sentenceAt(turn.text, place), turn.language ?? language);
  /** Whether the words can show the signal; of other languages than English nobody knows. */
  const isShown = ({ signal }: Finding, turn: Segment, place: QuotePlace) => {
    if (!signal || !readsEnglish(turn)) return true;
    const quote = turn.text.slice(place.from, place.from + place.length);
    return canShow(signal, quote, sentenceAt(turn.text, place));
  };
  return {
    /**
     * The item as it is kept; null when nothing shows it.
     * @param by.isModel it may have obeyed what it read; rules cannot
     */
    keep(finding: Finding, kind: Kind, { isModel = true } = {}): StoredItem | null {
      const place = findQuote(segments, finding);
      const turn = segments.find(({ n }) => n === finding.n);
      if (!place || !turn || (isModel && isOrdered(finding, kind, turn, place))) return null;
      if (isTurned(finding.text, kind, turn.text, place)) return null;
      if (TOLD.has(kind) && !readsEnglish(turn) && isDenied(finding, turn, place)) return null;
      if (isModel && kind === 'SIGNALS' && !isShown(finding, turn, place)) return null;
      const { text, score, signal, criterion, owner, due = null } = finding;
      const { source } = turn;
      if (!holds(text, kind, turn)) return null;
      if (kind === 'COACHING' && !criteria.has(criterion ?? '')) return null;
      return {
        ...{ text, score, ...withItsNegations(turn.text, place) },
        ...(signal && SIGNALS.includes(signal) && { signal }),
        ...(criterion && { criterion }),
        ...(owner && TASK_OWNERS.includes(owner) && { owner }),
        // a date that nobody said is no date
        ...(due !== null && hasFacts(levelText(due), sources.get(source)?.all ?? '') && { due }),
      };
    },
    /** Whether a heading tells nothing that was not said. */
    holds,
  };
}

/** Whether every name, day and part of a day of a claim was said. */
const hasDays = (text: string, all: Said) =>
  hasNames(text, all) && hasTimes(text, all) && hasDates(text, all);

/** Whether an item says the opposite of the sentence that its quote is of. */
function isTurned(told: string, kind: Kind, said: string, place: QuotePlace): boolean {
  const sentence = sentenceAt(said, place);
  switch (kind) {
    // advice speaks of what was not done
    case 'COACHING':
      return false;
    // their words are ours: a mood, or what happened to "Appointment" or "Sale"
    case 'SENTIMENT':
      return leavesNegationOut(said, place);
    case 'SIGNALS':
      return (
        leavesNegationOut(said, place) ||
        saysOpposite(told.replace(/^(?:Appointment|Sale) /, ''), sentence)
      );
    case 'ACTION_PLAN':
      return saysOpposite(told, sentence, { isTask: true });
    default:
      return saysOpposite(told, sentence, { isPromise: kind === 'FOLLOW_UP_EMAIL' });
  }
}
