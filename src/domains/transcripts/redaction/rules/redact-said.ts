// Finds what is said in one channel by patterns, and when.
import type { TimedToken } from './redact-runs.ts';

/** letters */
const CONTEXT = 60;

/** Times in milliseconds. */
export interface Said {
  /** it begins with a number, behind another one */
  mayBeInside: boolean;
  said: string;
  /** what stands around it */
  before: string;
  after: string;
  startMs: number;
  endMs: number;
}

function findLastAtOrBefore(offsets: readonly number[], position: number): number {
  let low = 0;
  let high = offsets.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) <= position) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

/**
 * Finds all that some patterns match, for each of them.
 * @param tokens the channel's tokens in the order of speech
 * @param patterns they run over lower-case words joined by single spaces
 */
export function findSaid(tokens: readonly TimedToken[], patterns: readonly RegExp[]): Said[][] {
  const offsets: number[] = [];
  let text = '';
  for (const token of tokens) {
    offsets.push(text.length);
    text += `${token.bare} `;
  }
  return patterns.map((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const lastChar = match.index + match[0].length - 1;
      const at = findLastAtOrBefore(offsets, match.index);
      const first = tokens[at];
      const last = tokens[findLastAtOrBefore(offsets, lastChar)];
      // looked for from there backwards: a copy of all in front of each match takes seconds on a long call
      let beside = at - 1;
      while (tokens[beside]?.kind === 'FILLER') beside--;
      const mayBeInside = first?.kind === 'NUMBER' && tokens[beside]?.kind === 'NUMBER';
      const { startMs = 0 } = first ?? {};
      const end = match.index + match[0].length;
      const around = {
        before: text.slice(Math.max(0, match.index - CONTEXT), match.index),
        after: text.slice(end, end + CONTEXT),
      };
      return first && last
        ? [{ said: match[0], ...around, startMs, endMs: last.endMs, mayBeInside }]
        : [];
    }),
  );
}

/** Whether any of it begins between two times. */
export function isSaidBetween(
  said: readonly Pick<Said, 'startMs'>[],
  fromMs: number,
  toMs: number,
): boolean {
  return said.some(({ startMs }) => startMs >= fromMs && startMs <= toMs);
}
