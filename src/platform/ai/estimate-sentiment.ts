// The mood of each speaker, estimated from word lists (VADER; Hutto and Gilbert, 2014) and plain complaints and praise: a mean over their
// turns in which the end of the talk weighs more. Words for a problem ("leak", "stuck") count as bad, so it is an estimate
// and says so.
import vader from 'vader-sentiment';
import { nameSpeaker } from './extract-summary.ts';
import { complains, moodWords, praises } from './mood-words.ts';
import type { Turn, WrittenInsight } from './port.ts';
import { cutSentences, saidWords } from './sentences.ts';

/** "Okay, sure" is a nod, not a mood. */
const LEAST_WORDS = 4;
const LAST_THIRD_WEIGHT = 2;
/** Less is neither good nor bad: one kind word in a plain talk. */
const NEUTRAL = 0.1;
/** What a complaint or praise counts at least, whatever else is said with it. */
const PLAIN = 0.6;

const polarityOf = (said: string) =>
  vader.SentimentIntensityAnalyzer.polarity_scores(said).compound;

function scoreOf(turn: Turn): number {
  const { speaker, text } = turn;
  // a question for what is good or better tells no mood
  const told = cutSentences([turn]).filter(({ isQuestion }) => !isQuestion);
  const score = polarityOf(told.map(({ quote }) => moodWords(quote)).join(' '));
  if (speaker !== 'AGENT' && complains(text)) return Math.min(score, -PLAIN);
  return praises(text) ? Math.max(score, PLAIN) : score;
}

interface Mood {
  speaker: Turn['speaker'];
  /** -1 to 1, two decimals */
  score: number;
  word: 'positive' | 'negative' | 'neutral';
}

function moodOf(speaker: Turn['speaker'], turns: readonly Turn[], lastThirdMs: number): Mood {
  let sum = 0;
  let weights = 0;
  for (const turn of turns) {
    const weight = turn.startMs >= lastThirdMs ? LAST_THIRD_WEIGHT : 1;
    sum += weight * scoreOf(turn);
    weights += weight;
  }
  const score = Math.round((100 * sum) / weights) / 100;
  const word = score >= NEUTRAL ? 'positive' : score <= -NEUTRAL ? 'negative' : 'neutral';
  return { speaker, score, word };
}

/** The sentence that shows a mood best: the strongest in its direction, the earlier one of equals. */
function showingOf({ word }: Mood, turns: readonly Turn[]) {
  const shown = cutSentences(turns).map(({ n, speaker, startMs, quote }) => {
    const score = scoreOf({ n, speaker, startMs, text: quote });
    const strength = { neutral: Math.abs(score), positive: score, negative: -score }[word];
    return { n, quote, strength };
  });
  return shown.reduce((best, one) => (one.strength > best.strength ? one : best));
}

/** Without the greeting of the business: its name may be anything. */
function withoutGreeting(turns: readonly Turn[]): readonly Turn[] {
  const first = turns.findIndex(({ speaker }) => speaker !== 'AGENT');
  return turns.slice(Math.max(0, first));
}

/**
 * Estimates the mood of each speaker who said enough.
 * @returns null when nobody did
 */
export function estimateSentiment(turns: readonly Turn[]): WrittenInsight | null {
  const isLong = ({ text }: Turn) => saidWords(text).length >= LEAST_WORDS;
  // "wonderful!" is a mood, "okay, sure" is a nod
  const enough = withoutGreeting(turns).filter((turn) => isLong(turn) || scoreOf(turn) !== 0);
  const lastThirdMs = (2 * Math.max(0, ...turns.map(({ startMs }) => startMs))) / 3;
  const speakers = (['CALLER', 'AGENT', 'UNKNOWN'] as const).filter((speaker) =>
    enough.some((turn) => turn.speaker === speaker && isLong(turn)),
  );
  if (speakers.length === 0) return null;
  const findings = speakers.map((speaker) => {
    const theirs = enough.filter((turn) => turn.speaker === speaker);
    const mood = moodOf(speaker, theirs, lastThirdMs);
    const { n, quote } = showingOf(mood, theirs);
    return { text: `${nameSpeaker(speaker)}: ${mood.word}`, n, quote, score: mood.score };
  });
  const told = findings.map(({ text, score }) => `${text} (${score.toFixed(2)})`);
  return { kind: 'SENTIMENT', text: `Estimate from word lists. ${told.join(', ')}.`, findings };
}
