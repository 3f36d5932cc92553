// Writes down what a stretch of sound says: of the texts that could be begun the few likeliest are gone on with, not only the
// likeliest one (child process only).

import type { Networks, Sound } from './networks.ts';
import { type ExpectedWay, type Saying, sayNext } from './say-next.ts';

const BEGIN = 1;
const END = 2;
/** How much less likely than the best one a text may be, in natural logarithms: each costs a step of the decoder a token. */
const MARGIN = 3;
/** Texts beside those that may be saying an expected word. */
const MOST_HOPED = 4;
/** Texts that end in as many of the same tokens go on in the same way, so the likelier one is enough. */
const SAME_TOKENS = 3;
/** A text with a comma more is a token behind another; further back the same tokens are said once more. */
const SAME_WITHIN = 2;

interface Text {
  tokens: number[];
  /** natural logarithm of how likely it is, and what the expected words in it add */
  score: number;
  /** the expected word that it may be saying */
  saying: Saying | undefined;
}

/** A text, and the row of the step before that it goes on with. */
type Next = Text & { row: number };

/** 32,768 tokens that are e^20 times less likely add nothing to a sum. */
const NEARLY_NOTHING = 20;

const NOTHING: Text = { tokens: [], score: 0, saying: undefined };

/** What one search needs beside the sound. */
export interface Search {
  expected: readonly ExpectedWay[];
  /** the letters of a token */
  pieces: readonly string[];
  /** how many texts are gone on with at once, expected words apart; 1 follows the likeliest token */
  beams: number;
  /** tokens after which a text is broken off */
  most: number;
}

/**
 * The natural logarithm of the sum of all likelihoods: what a weight must be lessened by to be one.
 * @param most the largest weight
 */
function scaleOf(weights: Float32Array, most: number): number {
  const least = most - NEARLY_NOTHING;
  let sum = 0;
  for (let token = 0; token < weights.length; token++) {
    const weight = weights[token] ?? least;
    if (weight > least) sum += Math.exp(weight - most);
  }
  return most + Math.log(sum);
}

/** The likeliest tokens, one more than texts are gone on with, since one of them may be the end. */
function likeliest(weights: Float32Array, beams: number): number[] {
  const best: number[] = [];
  let bar = -Infinity;
  // by index: an iterator over 32,768 pairs at each token takes as long as the decoder
  for (let token = 0; token < weights.length; token++) {
    const weight = weights[token] ?? bar;
    if (weight <= bar) continue;
    const at = best.findIndex((other) => (weights[other] ?? 0) < weight);
    best.splice(at < 0 ? best.length : at, 0, token);
    if (best.length > beams + 1) best.pop();
    if (best.length === beams + 1) bar = weights[best.at(-1) ?? 0] ?? bar;
  }
  return best;
}

/** The text gone on with by each of its likeliest next tokens, and by those of the expected words. */
function goOn(
  text: Text,
  { row, weights }: { row: number; weights: Float32Array },
  { expected, pieces, beams }: Search,
): Next[] {
  const best = likeliest(weights, beams);
  const scale = scaleOf(weights, weights[best[0] ?? END] ?? 0);
  // A text that is a little likely to end anywhere would be likelier, for being shorter, than one that goes on to the end.
  const next = new Set(best[0] === END ? best : best.filter((token) => token !== END));
  for (const { tokens } of expected) next.add(tokens[0] ?? END);
  const { ways = [], done = 0 } = text.saying ?? {};
  for (const { tokens } of ways) next.add(tokens[done] ?? END);
  return [...next].map((token) => {
    const { saying, added } = sayNext(expected, text.saying, token, pieces[token] ?? '');
    const score = text.score + (weights[token] ?? -Infinity) - scale + added;
    return { tokens: [...text.tokens, token], score, saying, row };
  });
}

/** Whether `text` has nothing ahead of it that `other` has not, and is no likelier. */
function isNeedless(text: Text, other: Text): boolean {
  if (text.score > other.score || other.tokens.length < SAME_TOKENS) return false;
  // "four four four four" has gone on from "four four four"
  if (other.tokens.every((token, at) => token === text.tokens[at])) return false;
  const end = other.tokens.slice(-SAME_TOKENS);
  return text.tokens.slice(-SAME_TOKENS).every((token, at) => token === end[at]);
}

/** What a text is worth if the word that it may be saying is the expected one. */
const hopeOf = ({ score, saying }: Text) => score + (saying?.bonus ?? 0);

/**
 * Those to go on with. What may turn out to be an expected word is gone on with beside the others, and drives none of them
 * out before it is said.
 * @param next by their score, the best first
 */
function choose(
  next: readonly Next[],
  recent: readonly Text[],
  { bar, beams }: { bar: number; beams: number },
): Next[] {
  const likely: Next[] = [];
  for (const text of next) {
    if (text.score < bar || likely.length === beams) break;
    if (![...likely, ...recent].some((other) => isNeedless(text, other))) likely.push(text);
  }
  const hoped = next
    .filter((text) => text.saying && hopeOf(text) >= bar && !likely.includes(text))
    .sort((a, b) => hopeOf(b) - hopeOf(a));
  return [...likely, ...hoped.slice(0, MOST_HOPED)];
}

/**
 * Finds the likeliest text.
 * @returns its tokens, without those that begin and end it
 */
export async function searchText(
  networks: Networks,
  sound: Sound,
  search: Search,
): Promise<number[]> {
  let step = await networks.begin(sound, BEGIN);
  let texts = [NOTHING];
  let recent: Text[] = [];
  let ended: Text | undefined;
  let brokenOff: Text | undefined;
  for (let length = 1; ; length++) {
    const all = step.weights
      .flatMap((weights, row) => goOn(texts[row] ?? NOTHING, { row, weights }, search))
      .sort((a, b) => b.score - a.score);
    for (const text of all) {
      if (text.tokens.at(-1) === END && !(ended && ended.score > text.score)) ended = text;
    }
    const next = all.filter(({ tokens }) => tokens.at(-1) !== END);
    const best = Math.max(next[0]?.score ?? -Infinity, ended?.score ?? -Infinity);
    const kept = choose(next, recent, { bar: best - MARGIN, beams: search.beams });
    const [first] = kept;
    if (!first || (ended && kept.every((text) => ended && ended.score > hopeOf(text)))) break;
    if (length > search.most) {
      brokenOff = first;
      break;
    }
    recent = [...kept, ...recent.filter(({ tokens }) => length - tokens.length < SAME_WITHIN)];
    const tokens = kept.map(({ row, tokens }) => ({ row, token: tokens.at(-1) ?? END }));
    step = await networks.follow(sound, step, tokens);
    texts = kept;
  }
  networks.end(step);
  return brokenOff?.tokens ?? ended?.tokens.slice(0, -1) ?? [];
}
