// What a claim tells that can be wrong by a letter: numbers, negations, names, times and addresses. Pure: each is compared
// exactly with the words that it is said to rest on, since a likeness takes 9:30 for 8:30 and loses a "not".
import { addressesIn } from './match-addresses.ts';
import { hasAmounts } from './match-amounts.ts';
import { hasDates } from './match-dates.ts';
import { hasNames, hasTimes } from './match-names.ts';
import { hasNumbers } from './match-numbers.ts';
import { openSaid, type Said } from './match-said.ts';

const WORD = /\p{L}+(?:['’]\p{L}+)*/gu;

const NEGATION =
  /^(?:no|not|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|.+n['’]t|(?:do|does|did|is|are|was|were|has|have|had|ca|wo|would|could|should)nt)$/i;

/** How often a text says no. */
export function negationsIn(text: string): number {
  return (text.match(WORD) ?? []).filter(isNegation).length;
}

/** Whether a word says no: not, never, can't. */
export function isNegation(word: string): boolean {
  return NEGATION.test(word);
}

/** Whether every number and address of a claim stands in what was said. */
export function hasPlainFacts(claim: string, said: string | Said): boolean {
  const there = openSaid(said);
  const isThere = (address: string) => there.once(addressesIn).includes(address);
  return hasNumbers(claim, there) && hasAmounts(claim, there) && addressesIn(claim).every(isThere);
}

/** Whether every number, time, name and address of a claim stands in what was said; of names see hasNames. */
export function hasFacts(
  claim: string,
  said: string | Said,
  options?: Parameters<typeof hasNames>[2],
): boolean {
  const there = openSaid(said);
  const hasDays = hasTimes(claim, there) && hasDates(claim, there);
  return hasPlainFacts(claim, there) && hasDays && hasNames(claim, there, options);
}
