// A document as PostgreSQL keeps it: its words in the order of speech, a line for each passage, each word behind the
// letter of who said it: `3 cmy cgarage cdoor - \n`. Pure. Written once, read for phrases and for the choice of passages.
import { cutWords } from './cut-words.ts';
import { MAX_PASSAGES, type Passage } from './port.ts';
import { LETTERS } from './postgres-query.ts';

/** stands for a label, so that no phrase reaches across it */
const GAP = '-';
/** of a passage's number */
const MOST_DIGITS = 10;

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

/** The words of each line in order, each behind its speaker's letter; null stands for a label. */
export function wordsOfLines(lines: string): (string | null)[][] {
  return lines.split('\n').map((line) =>
    line
      .split(' ')
      .slice(1, -1)
      .filter((word) => word !== '')
      .map((word) => (word === GAP ? null : word)),
  );
}

/**
 * The passages that hold most of what was asked: first by the number of clauses, then of places, then the earlier one.
 * @param wanted the pieces of each clause; see CompiledQuery
 * @returns their numbers, at most MAX_PASSAGES, in the order of speech
 */
export function choosePassages(lines: string, wanted: readonly { pieces: string[] }[]): number[] {
  const found = new Map<number, { clauses: Set<number>; places: number }>();
  for (const [clause, { pieces }] of wanted.entries()) {
    for (const piece of pieces) {
      for (let at = lines.indexOf(piece); at >= 0; at = lines.indexOf(piece, at + 1)) {
        const start = lines.lastIndexOf('\n', at) + 1;
        const passage = found.get(start) ?? { clauses: new Set(), places: 0 };
        passage.clauses.add(clause);
        passage.places += 1;
        found.set(start, passage);
      }
    }
  }
  return [...found]
    .sort(([a, one], [b, other]) => {
      return other.clauses.size - one.clauses.size || other.places - one.places || a - b;
    })
    .slice(0, MAX_PASSAGES)
    .map(([start]) => Number.parseInt(lines.slice(start, start + MOST_DIGITS), 10))
    .sort((a, b) => a - b);
}
