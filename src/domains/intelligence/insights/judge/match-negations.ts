// Whether a claim says the opposite of the sentence that it is said to rest on. Pure, and English. What a "not" denies is
// read up to its clause's end: "we do not charge, but we come" denies the charge and leaves the coming. In doubt about the
// wording of a claim it is taken to agree; about a word that one side denies and the other asserts there is no doubt.

import { stemOfWord } from '../../keywords/matching/match-forms.ts';
import { isNegation, negationsIn } from './match-claims.ts';
import { numbersIn } from './match-said-numbers.ts';

const WORD = /\p{L}+(?:['’]\p{L}+)*|\p{N}+/gu;

/** What says no and denies nothing, or denies what denies: "no problem", "not only", "don't forget to call". */
const NO_DENIAL =
  /\b(?:not (?:only|just)|no (?:problem|worries|doubt|matter|wonder)|(?:not|never|don['’]?t) (?:forget|hesitate|worry|mind|miss|fail)|(?:cannot|can['’]?t) wait|(?:why|if|or|whether or) not)\b/gi;
/** Of these the word itself may be turned all the same: "cannot wait" does not mean that somebody can, nor "no problem with it" one. */
const MAY_BE_TURNED =
  /(\b[\p{L}'’]+ )?\b(?:(?:not|never|don['’]?t) (forget|mind|miss|fail)|(?:cannot|can['’]?t) (wait)|(?<=\b(?:there (?:is|was|are|were)|there['’]s|have|has|had|found|saw|see) )no (problem)|no (problem)(?= with\b))\b/giu;
/** How often a text denies something. */
export function denialsIn(text: string): number {
  return negationsIn(text.replace(NO_DENIAL, ' '));
}

/** "Can't you come?" asks whether you can. */
const ASKS_IF = /\b\p{L}+n['’]t (?=(?:i|you|we|he|she|it|they|that|this|there|the)\b)/giu;
/** Where what a "not" denies ends. */
const CLAUSE_END =
  /[.?!;:,–—]+(?=\s|$)|\b(?:and|but|because|so|until|till|unless|if|when|while|although|though|before|after|since|except|instead)\b/gi;

/** Words that carry no meaning that could be denied. */
const EMPTY = new Set(
  `a all also am an any anymore another are at away be been being by can could did do does doing done either else even ever
   for from had has have having he her hers here him his how i in into is it its just
   let like longer may me might mine more much must my now of off on onto or our out over please own quite really right s said say
   says shall she should some still such suppose than thank thanks that the their them then there these they thing think this those to
   too up us very was we well were what which who whom whose will with would yet you your yours ours theirs able actually`.split(
    /\s+/,
  ),
);
/** Words that say no by their meaning: what they tell of a denial cannot be told by its words. */
const NEGATIVE =
  /^(?:free|cancel\w*|declin\w*|refus\w*|reject\w*|stop\w*|fail\w*|lack\w*|miss(?:ed|ing)|lost|lose\w*|broke\w*|stuck|unable|avoid\w*|den(?:y|ie[sd])|only|instead|off|out|gone|closed?|late|less|few\w*|hardly|barely|rarely|prevent\w*|dead|empty|despite|un(?!der|til|less|it|ion|ique)\w{4,}|dis(?!cuss|play|t|count|patch)\w{4,}|non\w{3,})$/i;

/** What a text asserts and denies, by stems; `heads` are the first words behind a "not". */
interface Polarity {
  asserted: Set<string>;
  denied: Set<string>;
  heads: Set<string>;
  /** the heads of what is denied of now and later: "we have not called" does not mean that nobody will */
  lasting: Set<string>;
  isNegative: boolean;
  denies: boolean;
  /** something is denied that has no word of its own: "it is not yours" */
  deniesBare: boolean;
}

const PAST = /^(?:did|has|have|had|was|were)/i;

function polarityOf(text: string): Polarity {
  const found: Polarity = {
    ...{ asserted: new Set(), denied: new Set(), heads: new Set(), lasting: new Set() },
    ...{ isNegative: false, denies: false, deniesBare: false },
  };
  const plain = text.replace(/\bfree of\b/gi, 'without').replace(NO_DENIAL, ' ');
  for (const [, before = '', ...words] of text.matchAll(MAY_BE_TURNED)) {
    const stem = stemOfWord(words.find(Boolean)?.toLowerCase() ?? '');
    found.heads.add(stem);
    found.denied.add(stem);
    if (!PAST.test(before)) found.lasting.add(stem);
  }
  const asked = text.includes('?') ? plain.replace(ASKS_IF, ' ') : plain;
  for (const clause of asked.split(CLAUSE_END)) addClause(found, clause.match(WORD) ?? []);
  return found;
}

function addClause(found: Polarity, words: readonly string[]): void {
  let negation: { isLasting: boolean; hasHead: boolean } | null = null;
  for (const [at, word] of words.entries()) {
    const before = words[at - 1] ?? '';
    // "No, I turned it off" answers, and denies nothing of what follows
    if (isNegation(word) && words.length > 1) {
      const verb = /.n['’]?t$/i.test(word) ? word : before;
      negation = { isLasting: !PAST.test(verb), hasHead: false };
      found.isNegative = true;
      found.denies = true;
      continue;
    }
    if (NEGATIVE.test(word)) found.isNegative = true;
    const stem = stemOf(word);
    const next = words[at + 1]?.toLowerCase();
    // "they need no visit" asserts no need, and "you pay nothing" denies that you pay
    if (stem === null || next === 'no') continue;
    // "not two" denies the two, "cannot come at two" the coming
    if (negation && numbersIn(word).length > 0 && !isNegation(before)) continue;
    if (next === 'nothing') negation = { isLasting: true, hasHead: false };
    if (negation && !negation.hasHead) {
      found.heads.add(stem);
      if (negation.isLasting) found.lasting.add(stem);
      negation.hasHead = true;
    }
    (negation ? found.denied : found.asserted).add(stem);
  }
  if (negation && !negation.hasHead) found.deniesBare = true;
}

/** The stem of a word with a meaning of its own. */
function stemOf(word: string): string | null {
  const bare = word.toLowerCase().replace(/['’]s$/, '');
  if (EMPTY.has(bare) || isNegation(word) || /['’]/.test(bare)) return null;
  return stemOfWord(bare);
}

/** How strictly a claim is held against its sentence. */
export interface Strictness {
  /** it says what is to be done: that it was not done yet is no reason against it */
  isTask?: boolean;
  /** it may deny nothing at all where its sentence does not */
  isPromise?: boolean;
}

/** Whether a claim denies what the sentence that shows it asserts, or asserts what that denies. */
export function saysOpposite(
  claim: string,
  sentence: string,
  { isTask = false, isPromise = false }: Strictness = {},
): boolean {
  const told = polarityOf(claim);
  const said = polarityOf(sentence);
  const hasOnly = (one: Polarity, stem: string) => one.asserted.has(stem) && !one.denied.has(stem);
  const deniesOnly = (one: Polarity, stem: string) =>
    one.denied.has(stem) && !one.asserted.has(stem);
  const isTurned = (heads: Iterable<string>, from: Polarity, to: Polarity) =>
    [...heads].some((stem) => deniesOnly(from, stem) && hasOnly(to, stem));
  if (isTurned(isTask ? said.lasting : said.heads, said, told)) return true;
  if (isTurned(told.heads, told, said)) return true;
  if (!said.isNegative && (told.deniesBare || (isPromise && told.denies))) return true;
  return !isTask && !told.isNegative && isTurned(said.denied, said, told);
}
