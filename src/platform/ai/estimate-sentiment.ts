// The mood of each speaker, estimated from word lists (VADER; Hutto and Gilbert, 2014): a mean over their turns in which the
// end of the talk weighs more. Words for a problem ("leak", "stuck") count as bad, so it is an estimate and says so.
import vader from 'vader-sentiment';
import { nameSpeaker } from './extract-summary.ts';
import type { Turn, WrittenInsight } from './port.ts';
import { cutSentences, saidWords } from './sentences.ts';

/** "Okay, sure" is a nod, not a mood. */
const LEAST_WORDS = 4;
const LAST_THIRD_WEIGHT = 2;
/** VADER's own bounds of what is neither good nor bad. */
const NEUTRAL = 0.05;

const scoreOf = (text: string) =>
  vader.SentimentIntensityAnalyzer.polarity_scores(saidWords(text).join(' ')).compound;

interface Mood {
  speaker: Turn['speaker'];
  /** -1 to 1, two decimals */
  score: number;
  word: 'positive' | 'negative' | 'neutral';
}

function moodOf(speaker: Turn['speaker'], turns: readonly Turn[], lastThirdMs: number): Mood {
  let sum = 0;
  let weights = 0;
  for (const { text, startMs } of turns) {
    const weight = startMs >= lastThirdMs ? LAST_THIRD_WEIGHT : 1;
    sum += weight * scoreOf(text);
    weights += weight;
  }
  const score = Math.round((100 * sum) / weights) / 100;
  const word = score >= NEUTRAL ? 'positive' : score <= -NEUTRAL ? 'negative' : 'neutral';
  return { speaker, score, word };
}

/** The sentence that shows a mood best: the strongest in its direction, the earlier one of equals. */
function showingOf({ word }: Mood, turns: readonly Turn[]) {
  const strength = (quote: string) => {
    const score = scoreOf(quote);
    if (word === 'neutral') return Math.abs(score);
    return word === 'positive' ? score : -score;
  };
  return cutSentences(turns).reduce((best, one) =>
    strength(one.quote) > strength(best.quote) ? one : best,
  );
}

/**
 * Estimates the mood of each speaker who said enough.
 * @returns null when nobody did
 */
export function estimateSentiment(turns: readonly Turn[]): WrittenInsight | null {
  const enough = turns.filter(({ text }) => saidWords(text).length >= LEAST_WORDS);
  const lastThirdMs = (2 * Math.max(0, ...turns.map(({ startMs }) => startMs))) / 3;
  const speakers = (['CALLER', 'AGENT', 'UNKNOWN'] as const).filter((speaker) =>
    enough.some((turn) => turn.speaker === speaker),
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
