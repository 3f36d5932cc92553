// Gathers what is to be added to sums and taken off them, so that each sum is written once. Pure.
import { type BucketKey, type Fact, type Share, sharesOf } from './fact.ts';
import { addMeasures, MEASURES, NOTHING } from './measures.ts';

/**
 * The differences that counting these facts makes.
 * @param changes before = what an interaction was counted with, after = what it is counted with now; null = not at all
 * @returns each sum once, in the order of their keys; those that stay as they are are left out
 */
export function tally(changes: readonly { before: Fact | null; after: Fact | null }[]): Share[] {
  const sums = new Map<string, Share>();
  const add = (fact: Fact, times: bigint) => {
    for (const { key, adds } of sharesOf(fact)) {
      const name = nameOf(key);
      sums.set(name, { key, adds: addMeasures(sums.get(name)?.adds ?? NOTHING, adds, times) });
    }
  };
  for (const { before, after } of changes) {
    if (before) add(before, -1n);
    if (after) add(after, 1n);
  }
  return [...sums]
    .filter(([, { adds }]) => MEASURES.some((measure) => adds[measure] !== 0n))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, share]) => share);
}

function nameOf(key: BucketKey): string {
  const { companyId, kind, cut, span, startsAt, trackerId, sourceId, word } = key;
  return [companyId, kind, cut, span, startsAt, trackerId, sourceId, word].join('\n');
}
