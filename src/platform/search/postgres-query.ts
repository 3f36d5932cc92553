// Turns the clauses of a query into what PostgreSQL looks up: tsqueries from the strictest to the widest, and pieces of
// the spoken line for phrases. Pure. All of it is built of letters and digits (cut-words.ts), and bound as parameters.
import type { MatchRule } from './match-passage.ts';
import { pairKeys } from './pairs.ts';
import { type QueryClause, type SearchRequest, SPEAKERS, type Speaker } from './port.ts';

/** The letter that stands before a word in the index and says who said it. */
export const LETTERS: Record<Speaker, string> = { CALLER: 'c', AGENT: 'a', UNKNOWN: 'u' };

/** the trigger of the migration cuts off as many, and the speaker's letter */
const MARK_LETTERS = 6;

/**
 * What stands before every word of an account in the index, so that a lookup reads this account's entries only, however
 * many others there are. Two accounts may share it: the wall between them is account_id.
 */
export function markOf(accountId: string): string {
  return accountId.slice(-MARK_LETTERS);
}
/** What a document scores that is found by a step and by none before it. */
export const SCORES = { asWritten: 1, completed: 0.5, corrected: 0.25 };

export interface CompiledQuery {
  /** each finds what those before it find, and more; the last finds all. `words` null: the pairs find all that is wanted */
  steps: { score: number; words: string | null }[];
  /** for each wanted phrase, the keys of its pairs: all those of one of the lists stand in a document that holds it */
  pairs: number[][][];
  /** pieces of a document's lines, one of which must stand in them, or none of which may */
  phrases: { pieces: string[]; negated: boolean }[];
  /** what was wanted: as rules for a passage's words, and as pieces of a document's lines, one of which stands there */
  wanted: (MatchRule & { pieces: string[] })[];
}

/**
 * Compiles a query.
 * @param near for words that may be misspelt: the words that stand in for them (find-near-words.ts)
 * @returns null when nothing can be found: no clause asks for a word, or one asks for a speaker that the filter excludes
 */
export function compileQuery(
  accountId: string,
  { clauses, filter }: SearchRequest,
  near: ReadonlyMap<string, readonly string[]>,
): CompiledQuery | null {
  const wanted = clauses
    .filter(({ negated }) => !negated)
    .map((clause) => ({ clause, speakers: speakersOf(clause, filter.speaker ?? null) }));
  if (wanted.length === 0 || wanted.some(({ speakers }) => speakers.length === 0)) return null;
  const unwanted = clauses
    .filter(({ negated }) => negated)
    .map((clause) => ({ clause, speakers: speakersOf(clause, null) }));

  const mark = markOf(accountId);
  const paired = wanted
    .map(({ clause, speakers }) => ({ clause, pairs: pairsOf(mark, clause, speakers) }))
    .filter(({ pairs: [one] }) => one !== undefined && one.length > 0);
  const covered = new Set(
    paired.filter(({ clause }) => clause.prefix === 'NONE').map(({ clause }) => clause),
  );
  const single = wanted.filter(({ clause }) => !covered.has(clause));
  // a phrase is judged by its line alone: its words may well stand apart
  const unsaid = unwanted.filter(({ clause }) => clause.words.length === 1);
  // what is excluded is looked up beside something that is wanted, or every document would be read
  const lookedUp = single.length === 0 && unsaid.length > 0 ? wanted : single;
  const stepOf = (completes: boolean, corrects: boolean) =>
    lookedUp.length === 0
      ? null
      : [
          ...lookedUp.map(({ clause, speakers }) =>
            termOf(mark, clause, speakers, completes, corrects ? nearOf(clause, near) : []),
          ),
          ...unsaid.map(({ clause, speakers }) => `!${termOf(mark, clause, speakers, true, [])}`),
        ].join(' & ');
  const steps = [{ score: SCORES.asWritten, words: stepOf(false, false) }];
  if (wanted.some(({ clause }) => clause.prefix === 'ASSUMED')) {
    steps.push({ score: SCORES.completed, words: stepOf(true, false) });
  }
  if (wanted.some(({ clause }) => nearOf(clause, near).length > 0)) {
    steps.push({ score: SCORES.corrected, words: stepOf(true, true) });
  }
  return {
    steps,
    pairs: paired.map(({ pairs }) => pairs),
    phrases: [...wanted, ...unwanted]
      .filter(({ clause }) => clause.words.length > 1)
      .map(({ clause, speakers }) => ({
        pieces: piecesOf(clause, speakers, []),
        negated: clause.negated,
      })),
    wanted: wanted.map(({ clause, speakers }) => ({
      words: clause.words,
      also: new Set(nearOf(clause, near)),
      prefix: clause.prefix !== 'NONE',
      speakers,
      pieces: piecesOf(clause, speakers, nearOf(clause, near)),
    })),
  };
}

/** Can this clause be misspelt? Not in quotation marks, not a phrase, and nobody excludes a word by accident. */
export function mayBeMisspelt({ words, quoted, negated, prefix }: QueryClause): boolean {
  return words.length === 1 && !quoted && !negated && prefix !== 'WRITTEN';
}

function nearOf(clause: QueryClause, near: ReadonlyMap<string, readonly string[]>) {
  return mayBeMisspelt(clause) ? (near.get(clause.words[0] as string) ?? []) : [];
}

function speakersOf({ speaker }: QueryClause, filtered: Speaker | null): Speaker[] {
  return SPEAKERS.filter(
    (one) => (speaker ?? one) === one && (filtered === null || filtered === one),
  );
}

function termOf(
  mark: string,
  { words, prefix }: QueryClause,
  speakers: readonly Speaker[],
  completes: boolean,
  also: readonly string[],
): string {
  const open = prefix === 'WRITTEN' || (prefix === 'ASSUMED' && completes) ? ':*' : '';
  const last = words.length - 1;
  const terms = speakers.flatMap((speaker) => {
    const entry = (word: string, end: string) => `'${mark}${LETTERS[speaker]}${word}'${end}`;
    const together = words.map((word, n) => entry(word, n === last ? open : '')).join(' & ');
    return [`(${together})`, ...also.map((word) => entry(word, ''))];
  });
  return `(${terms.join(' | ')})`;
}

/** A last word that is a beginning makes no pair. */
function pairsOf(
  mark: string,
  { words, prefix }: QueryClause,
  speakers: readonly Speaker[],
): number[][] {
  const whole = prefix === 'NONE' ? words : words.slice(0, -1);
  return speakers.map((speaker) => [
    ...pairKeys(
      mark,
      whole.map((word) => LETTERS[speaker] + word),
    ),
  ]);
}

function piecesOf(
  { words, prefix }: QueryClause,
  speakers: readonly Speaker[],
  also: readonly string[],
): string[] {
  return speakers.flatMap((speaker) => {
    const letter = LETTERS[speaker];
    const together = words.map((word) => letter + word).join(' ');
    const end = prefix === 'NONE' ? ' ' : '';
    return [` ${together}${end}`, ...also.map((word) => ` ${letter}${word} `)];
  });
}
