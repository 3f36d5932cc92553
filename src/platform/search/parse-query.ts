// Reads what a person typed into a search box. Pure; every string is a query, and nothing of it but letters and digits is
// handed on:  word  "a phrase"  «a phrase»  plumb*  -word  -"a phrase"  caller:word  agent:"a phrase"  -caller:word
import { cutWords } from './cut-words.ts';
import type { QueryClause, Speaker } from './port.ts';

export const MAX_QUERY_CHARACTERS = 200;
export const MAX_QUERY_WORDS = 10;
/** a beginning of one letter would stand for most of what was ever said */
const MIN_PREFIX_LETTERS = 2;

// -  caller:  -  then a quoted phrase (up to the end when the mark is not closed) or what stands up to the next space or mark
const CLAUSE =
  /(-+)?(?:(caller|agent):\s*(-+)?)?(?:["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|([^\s"“”„«»]+))/giu;

/** What a query asks for. */
interface ParsedQuery {
  clauses: QueryClause[];
  /** in all clauses */
  words: number;
}

/**
 * Reads a query. Words written together (twenty-four, 10:30) are a phrase. The last word, unless a space or a mark
 * follows, counts as a beginning too: it may still be typed.
 * @param text any string
 */
export function parseQuery(text: string): ParsedQuery {
  const clauses = new Map<string, QueryClause>();
  for (const found of text.matchAll(CLAUSE)) {
    const [all, before, who, behind, phrase, bare] = found;
    const words = cutWords(phrase ?? bare ?? '').flatMap(({ word }) => word ?? []);
    const last = words.at(-1);
    if (last === undefined) continue;
    const negated = before !== undefined || behind !== undefined;
    const isOpen = bare !== undefined && !negated && found.index + all.length === text.length;
    const clause: QueryClause = {
      words,
      negated,
      prefix: prefixOf(last, bare?.endsWith('*') ?? false, isOpen, words.length > 1),
      quoted: phrase !== undefined,
      speaker: (who?.toUpperCase() as Speaker | undefined) ?? null,
    };
    clauses.set(JSON.stringify(clause), clause);
  }
  const list = [...clauses.values()];
  return { clauses: list, words: list.reduce((sum, clause) => sum + clause.words.length, 0) };
}

function prefixOf(
  last: string,
  isWritten: boolean,
  isOpen: boolean,
  isPhrase: boolean,
): QueryClause['prefix'] {
  if ((!isWritten && !isOpen) || [...last].length < MIN_PREFIX_LETTERS) return 'NONE';
  // a phrase is found in one way only, so its open end counts as written
  return isWritten || isPhrase ? 'WRITTEN' : 'ASSUMED';
}
