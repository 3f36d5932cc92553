// What a claim in another language than English tells that can be wrong by a word: numbers in words, days, months, and whether
// something is denied. Only of languages whose words for numbers are known; less is known of those than of English.
import { numberWordsOf } from '#domains/transcripts/index.ts';
import { openSaid, type Said } from './match-said.ts';

const NEGATIONS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    es: /^(?:no|nunca|jamas|nada|nadie|ningun[oa]?s?|sin|tampoco|ni)$/,
    fr: /^(?:pas|jamais|rien|personne|aucune?s?|sans|ni|non)$/,
    de: /^(?:nicht|nie|niemals|nichts|niemand\w*|kein\w*|ohne|weder)$/,
    it: /^(?:non|mai|niente|nulla|nessun[oa]?|senza|ne)$/,
    pt: /^(?:nao|nunca|jamais|nada|ninguem|nenhum[as]?|nenhuma|sem|nem)$/,
    nl: /^(?:niet|nooit|niets|niemand|geen|zonder)$/,
  }),
);
const OF_ENGLISH = numberWordsOf('en');

const nameOf = (tag: string) => /^[a-z]+/i.exec(tag)?.[0].toLowerCase() ?? '';

/** The words of a text without accents and capitals. */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
  return plain.match(/\p{L}+/gu) ?? [];
}
const readWords = (text: string) => new Set(wordsOf(text));

/** The names of the days and months of a language, by its own calendar; "may" may be a verb anywhere. */
function timesOf(language: string): ReadonlySet<string> {
  const names = (options: Intl.DateTimeFormatOptions, count: number, ms: number) =>
    Array.from({ length: count }, (_, n) =>
      new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(n * ms),
    );
  const all = [
    ...names({ weekday: 'long' }, 7, 86_400_000),
    ...names({ month: 'long' }, 12, 31 * 86_400_000),
  ];
  return new Set(all.map((one) => wordsOf(one)[0] ?? '').filter((one) => one.length > 3));
}
const TIMES = new Map([...NEGATIONS.keys()].map((name) => [name, timesOf(name)]));

/**
 * Whether the numbers, days and months that a claim tells in words were said.
 * @param language a BCP 47 tag
 * @param promised where the numbers have to stand; absent = where the days do
 */
export function hasForeignFacts(
  claim: string,
  said: string | Said,
  language: string,
  promised = said,
): boolean {
  const times = TIMES.get(nameOf(language));
  if (!times) return true;
  const kindOf = numberWordsOf(language);
  const isNumber = (word: string) => {
    const kind = kindOf(word);
    return (kind === 'SINGLE' || kind === 'MORE') && OF_ENGLISH(word) === null;
  };
  const told = wordsOf(claim);
  const stand = (words: readonly string[], where: string | Said) =>
    words.length === 0 || words.every((word) => openSaid(where).once(readWords).has(word));
  return (
    stand(told.filter(isNumber), promised) &&
    stand(
      told.filter((word) => times.has(word)),
      said,
    )
  );
}

/** Whether a claim denies where what it tells of does not, in the sentence that shows it, or the other way round. */
export function deniesOtherwise(claim: string, sentence: string, language: string): boolean {
  const negation = NEGATIONS.get(nameOf(language));
  if (!negation) return false;
  const told = wordsOf(claim);
  const shared = (words: readonly string[]) =>
    words.filter((word) => word.length > 3 && told.includes(word)).length;
  const clauses = sentence.split(/[.,;:!?¿¡…]+/).map(wordsOf);
  const most = Math.max(...clauses.map(shared));
  if (most === 0) return false;
  const denies = (words: readonly string[]) => words.some((word) => negation.test(word));
  return clauses.filter((one) => shared(one) === most).every((one) => denies(one) !== denies(told));
}
