// The words that a company expects on its calls, for the engine that writes them down: its name, and what its keyword sets
// listen for. What people have set up, never what was said.
import type { Db } from '#platform/db/index.ts';
import { COMMON_WORDS } from '../topics/common-words.ts';
import type { StoredKeyword } from './keyword-set-shape.ts';
import type { Keyword } from './matching/match-keywords.ts';
import { type Expression, readExpression } from './matching/read-expression.ts';
import { keywordSetsOf } from './read-keyword-sets.ts';

/** what engines take */
const MOST_WORDS = 100;
const MOST_IN_PHRASE = 4;
const LEAST_LETTERS = 3;
const LETTERS_ONLY = /^[\p{L}\p{M}]+$/u;
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}'’]+/u;
/** numbers, addresses of mail and beginnings of words are no words */
const NO_WORDS = /[\p{N}@*]/u;
/** that of a firm, which nobody says */
const LEGAL_FORM = /[\s,]+(?:llc|llp|inc|incorporated|ltd|limited|corp|gmbh)\.?$/i;

/**
 * At most 100 words and phrases of 1 to 4 words, letters only: the company's name first, then the keywords of its own sets,
 * then those of sets for every company, the oldest set first.
 */
export async function expectedWords(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  companyId: string,
): Promise<string[]> {
  const { name } = await prisma.company.findUniqueOrThrow({
    where: { accountId_id: { accountId, id: companyId } },
    select: { name: true },
  });
  return listExpected(name, await keywordSetsOf({ prisma }, accountId, companyId));
}

/**
 * The same of a company's name and the sets that count for it. Pure.
 * @param sets the oldest first
 */
export function listExpected(
  name: string,
  sets: readonly { companyId: string | null; keywords: readonly StoredKeyword[] }[],
): string[] {
  const ownFirst = sets.toSorted(
    (a, b) => Number(a.companyId === null) - Number(b.companyId === null),
  );
  const terms = ownFirst.flatMap(({ keywords }) => keywords.flatMap(termsToExpect));
  const words = [
    ...phrasesOf(name.replace(LEGAL_FORM, '').replaceAll('&', ' and ')),
    ...terms.filter((text) => !NO_WORDS.test(text)).flatMap(phrasesOf),
  ];
  const once = new Map<string, string>();
  for (const one of words) once.set(one.toLowerCase(), once.get(one.toLowerCase()) ?? one);
  return [...once.values()].slice(0, MOST_WORDS);
}

/** What is listened for word by word; what is listened for as NOT said is not expected. */
function termsToExpect({ text, match, speaker }: StoredKeyword): string[] {
  if (match === 'EXPRESSION') return saidIn(readExpression(text, speaker)).map((term) => term.text);
  return match === 'PREFIX' ? [] : [text];
}

function saidIn(one: Expression): Keyword[] {
  if (one.kind === 'TERM') return one.term.match === 'PREFIX' ? [] : [one.term];
  if (one.kind === 'NOT') return [];
  if (one.kind !== 'NEAR') return one.of.flatMap(saidIn);
  const near = one.to.flatMap(({ isNegated, other }) => (isNegated ? [] : saidIn(other)));
  return [...saidIn(one.of), ...near];
}

/** A text as one phrase; its telling words alone where it is longer, or not of letters only; nothing where none is telling. */
function phrasesOf(text: string): string[] {
  const words = text.normalize('NFKC').split(BETWEEN_WORDS).filter(Boolean);
  const telling = words.map((word) => word.replace(/['’]s$/i, '')).filter(isTelling);
  if (telling.length === 0) return [];
  const isPhrase = words.length <= MOST_IN_PHRASE && words.every((word) => LETTERS_ONLY.test(word));
  return isPhrase ? [words.join(' ')] : telling;
}

function isTelling(word: string): boolean {
  const isLong = [...word].length >= LEAST_LETTERS;
  return isLong && LETTERS_ONLY.test(word) && !COMMON_WORDS.has(word.toLowerCase());
}
