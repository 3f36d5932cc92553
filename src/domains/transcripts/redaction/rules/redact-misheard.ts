// Where "social security" was said and heard as other words: "so shows a quirty number". Recognition changes vowels and where
// words end sooner than consonants, so those are compared.

import type { TimedToken } from './redact-runs.ts';

/** s-s-l s-k-r-t: of sounds that are heard for each other one stands for all */
const SOCIAL_SECURITY = 'SSLSKRT';
const MOST_WORDS = 5;
/** consonants that may be another one, too many, or lost */
const MOST_HARM = 1;
/** How far behind it what was asked for is spoken of, or told. */
const REACH = 2;
/** Said between digits, so between two cues. */
const BETWEEN_DIGITS = /^(?:yes|yep|ok|okay|dash|slash|space|sorry|second|sec)$/;
const ASKS = /^(?:numbers?|digits?|please|is|it's)$/;
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/(.)\1+/g, '$1'],
  [/sh|ch|c(?=[eiy])|[szxj]/g, 'S'],
  [/[ckqg]/g, 'K'],
  [/[td]/g, 'T'],
  [/[pb]/g, 'P'],
  [/[fv]/g, 'F'],
  [/[mn]/g, 'N'],
  [/[^A-Zlr]/g, ''],
];

const consonantsOf = (word: string) =>
  SOUNDS.reduce((left, [sound, one]) => left.replace(sound, one), word).toUpperCase();

/** How many letters have to be changed, added or left out to make one row of another. */
function harmOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (const [n, letter] of [...one].entries()) {
    const next = [n + 1];
    for (const [m, wanted] of [...other].entries()) {
      const changed = (row[m] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(changed, (row[m + 1] ?? 0) + 1, (next[m] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Where one channel seems to speak of a social security number; times in milliseconds. */
export function findMisheardSocial(
  tokens: readonly TimedToken[],
): Pick<TimedToken, 'startMs' | 'endMs'>[] {
  const sounds = tokens.map(({ bare, kind }) =>
    kind === 'NUMBER' || BETWEEN_DIGITS.test(bare) ? '-' : consonantsOf(bare),
  );
  return tokens.flatMap(({ startMs }, from) => {
    // what was heard right is read in redact-cues.ts
    if (!sounds[from]?.startsWith('S') || tokens[from]?.bare === 'social') return [];
    let said = '';
    for (let at = from; at < Math.min(tokens.length, from + MOST_WORDS); at++) {
      said += sounds[at];
      const last = tokens[at];
      const isAsked =
        last?.mark === 'STOP' ||
        tokens
          .slice(at + 1, at + 1 + REACH)
          .some(({ bare, kind }) => kind === 'NUMBER' || ASKS.test(bare));
      const isLike = Math.abs(said.length - SOCIAL_SECURITY.length) <= MOST_HARM;
      if (last && isAsked && isLike && harmOf(said, SOCIAL_SECURITY) <= MOST_HARM)
        return [{ startMs, endMs: last.endMs }];
    }
    return [];
  });
}
