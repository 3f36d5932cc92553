// Turns one stretch of speech into text, guarding against the two silent failures of greedy decoding that were measured:
// a repetition loop, and no text at all for seconds of clear speech. The cure for both is another padding, then smaller pieces.

import { MODEL_RATE } from './model-rate.ts';
import { findQuietestPoint } from './quietest-point.ts';
import type { Heard } from './recognizer.ts';
import type { SampleWindow } from './sample-window.ts';

const PADDINGS_SECONDS = [0, 0.2, -0.2, 0.4, 0.1];
const LONGEST_LOOP_TOKENS = 8;
const LOOP_REPEATS = 6;
const LOOP_TOKENS = 18;
const SPLIT_LEVELS = 2;

/** What was heard; `uncertain` when every try looked wrong and the longest of them was kept. */
export interface DecodedText {
  text: string;
  uncertain: boolean;
}

/**
 * Finds where a group of 1 to 8 tokens repeats without end (6 times or more, 18 tokens or more).
 * @returns the index just after the first occurrence of the group, or undefined when there is no loop
 */
export function findLoopEnd(tokens: readonly string[]): number | undefined {
  for (let size = 1; size <= LONGEST_LOOP_TOKENS; size++) {
    let equal = 0;
    for (let i = size; i < tokens.length; i++) {
      equal = tokens[i] === tokens[i - size] ? equal + 1 : 0;
      if (equal + size >= Math.max(LOOP_TOKENS, LOOP_REPEATS * size)) {
        return i - equal + 1;
      }
    }
  }
  return undefined;
}

function isTooShort(tokenCount: number, seconds: number): boolean {
  return seconds > 0.6 && (tokenCount === 0 || (seconds > 2 && tokenCount < seconds * 0.8));
}

/** Sound at 16 kHz to words. */
export type Hear = (samples: Float32Array) => Promise<Heard>;

async function decode(hear: Hear, samples: Float32Array, seconds: number) {
  const { text, tokens } = await hear(samples);
  const loopEnd = findLoopEnd(tokens);
  const looksRight = loopEnd === undefined && !isTooShort(tokens.length, seconds);
  const kept = loopEnd === undefined ? text : tokens.slice(0, loopEnd).join('');
  return { text: kept.trim(), looksRight };
}

/** Decodes samples at 16 kHz once; undefined when what came back looks wrong. */
export async function decodeOnce(hear: Hear, samples: Float32Array): Promise<string | undefined> {
  const heard = await decode(hear, samples, samples.length / MODEL_RATE);
  return heard.looksRight ? heard.text : undefined;
}

/**
 * Decodes the samples in [from, to) of a channel.
 * @param window samples at 16 kHz around the stretch
 * @param from first sample, padding included
 * @param to sample after the last, padding included
 */
export async function decodeStretch(
  hear: Hear,
  window: SampleWindow,
  from: number,
  to: number,
  level = 0,
): Promise<DecodedText> {
  const seconds = (to - from) / MODEL_RATE;
  let longest = '';
  for (const padding of PADDINGS_SECONDS.map((value) => value * MODEL_RATE)) {
    const samples = window.slice(from - padding, to + padding);
    if (samples.length === 0) {
      continue;
    }
    const { text, looksRight } = await decode(hear, samples, seconds);
    if (looksRight) {
      return { text, uncertain: false };
    }
    if (text.length > longest.length) {
      longest = text;
    }
  }
  if (level < SPLIT_LEVELS && seconds > 2) {
    const middle = findQuietestPoint(window, from, to);
    const left = await decodeStretch(hear, window, from, middle, level + 1);
    const right = await decodeStretch(hear, window, middle, to, level + 1);
    return {
      text: `${left.text} ${right.text}`.trim(),
      uncertain: left.uncertain || right.uncertain,
    };
  }
  return { text: longest, uncertain: true };
}
