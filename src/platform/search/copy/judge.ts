// How well a document fits a query, judged by its own words: what a search server takes for a match is only believed
// where the words stand. Pure.
import type { QueryClause, SearchRequest, Speaker } from '../port.ts';
import { SPEAKERS } from '../port.ts';
import { LETTERS, mayBeMisspelt } from '../postgres-query.ts';
import { allowedTypos, mayHaveTypos, typosBetween } from '../typos.ts';

/** What a document fits by. */
export type Fit = 'asWritten' | 'completed' | 'corrected';

/** How a document fits, and the words that stand in for misspelt ones. */
export interface Judgement {
  fit: Fit;
  near: ReadonlyMap<string, readonly string[]>;
}

/**
 * Judges a document.
 * @param lines as in document-line.ts
 * @returns null when it does not fit
 */
export function judge(lines: string, { clauses, filter }: SearchRequest): Judgement | null {
  const near = new Map<string, string[]>();
  let fit: Fit = 'asWritten';
  for (const clause of clauses) {
    const speakers = SPEAKERS.filter(
      (one) =>
        (clause.speaker ?? one) === one && (clause.negated || (filter.speaker ?? one) === one),
    );
    const isOpen = clause.prefix === 'WRITTEN';
    const stands = holds(lines, clause.words, speakers, isOpen);
    if (clause.negated) {
      if (stands) return null;
    } else if (!stands) {
      if (clause.prefix === 'ASSUMED' && holds(lines, clause.words, speakers, true)) {
        if (fit === 'asWritten') fit = 'completed';
      } else {
        const words = nearWords(lines, clause, speakers);
        if (words.length === 0) return null;
        near.set(clause.words[0] as string, words);
        fit = 'corrected';
      }
    }
  }
  return { fit, near };
}

function holds(
  lines: string,
  words: readonly string[],
  speakers: readonly Speaker[],
  isOpen: boolean,
): boolean {
  return speakers.some((speaker) => {
    const together = words.map((word) => LETTERS[speaker] + word).join(' ');
    return lines.includes(` ${together}${isOpen ? '' : ' '}`);
  });
}

/** The words of a document that a misspelt word may stand for, or the beginning of which it may. */
function nearWords(lines: string, clause: QueryClause, speakers: readonly Speaker[]): string[] {
  const typed = clause.words[0] as string;
  if (!mayBeMisspelt(clause) || !mayHaveTypos(typed)) return [];
  const letters = [...typed].length;
  const ends = clause.prefix === 'ASSUMED' ? [-2, -1, 0, 1, 2].map((n) => letters + n) : [];
  const near = new Set<string>();
  const said = new Set(lines.split(/[ \n]/));
  for (const entry of said) {
    const heard = entry.slice(1);
    if (!speakers.some((speaker) => entry.startsWith(LETTERS[speaker]))) continue;
    const forms = [heard, ...ends.map((end) => [...heard].slice(0, end).join(''))];
    if (forms.some((form) => typosBetween(typed, form, 2) <= allowedTypos(typed, form))) {
      near.add(heard);
    }
  }
  return [...near];
}
