// A document as PostgreSQL keeps it: its words in the order of speech, a line for each passage, each word behind the
// letter of who said it: `3 cmy cgarage cdoor - \n`. Pure. Written once, read for phrases and for the choice of passages.
import { cutWords } from './cut-words.ts';
import { type MatchRule, matchWords } from './match-passage.ts';
import { MAX_PASSAGES, type Passage, SPEAKERS, type Speaker } from './port.ts';
import { LETTERS } from './postgres-query.ts';

/** stands for a label, so that no phrase reaches across it */
const GAP = '-';
const SPEAKER_OF = Object.fromEntries(SPEAKERS.map((speaker) => [LETTERS[speaker], speaker]));

/** Writes the lines of a document. */
export function writeLines(passages: readonly Passage[]): string {
  return passages
    .map(({ n, speaker, text }) => {
      const words = cutWords(text).map(({ word }) =>
        word === null ? GAP : LETTERS[speaker] + word,
      );
      return `${n} ${words.join(' ')} `;
    })
    .join('\n');
}

/** The different words of lines, each behind its speaker's letter. */
export function listWords(lines: string): Set<string> {
  const words = new Set<string>();
  for (const line of lines.split('\n')) {
    for (const word of line.split(' ').slice(1, -1)) {
      if (word !== '' && word !== GAP) words.add(word);
    }
  }
  return words;
}

/**
 * The passages that hold most of what was asked: first by the number of clauses, then of words, then the earlier one.
 * @returns their places, at most MAX_PASSAGES, in the order of speech
 */
export function choosePassages(lines: string, rules: readonly MatchRule[]): number[] {
  const found: { n: number; rules: number; words: number }[] = [];
  for (const line of lines.split('\n')) {
    const [n, ...words] = line.split(' ');
    words.pop();
    const speaker = speakerOf(words);
    if (speaker === undefined) continue;
    const said = words.map((word) => (word === GAP ? null : word.slice(1)));
    const matched = matchWords(rules, speaker, said);
    if (matched.rules > 0) {
      found.push({ n: Number(n), rules: matched.rules, words: matched.at.length });
    }
  }
  return found
    .sort((a, b) => b.rules - a.rules || b.words - a.words || a.n - b.n)
    .slice(0, MAX_PASSAGES)
    .map(({ n }) => n)
    .sort((a, b) => a - b);
}

function speakerOf(words: readonly string[]): Speaker | undefined {
  return SPEAKER_OF[words.find((word) => word !== GAP)?.[0] ?? ''];
}
