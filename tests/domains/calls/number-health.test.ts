// What is wrong with a number: each threshold on both sides.
import { describe, expect, it } from 'vitest';
import { NUMBER_PROBLEMS, type NumberFacts, problemsOf } from '#domains/calls/number-health.ts';
import { CARRIER_PROBLEMS } from '#domains/numbers/carrier-problems.ts';

const NOW = new Date('2026-03-02T15:00:00.000Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

const well: NumberFacts = {
  createdAt: daysAgo(100),
  checkedAt: daysAgo(0.5),
  problems: [],
  releaseRefused: false,
  calls: 40,
  answered: 30,
  short: 4,
  spam: 2,
};
const judge = (facts: Partial<NumberFacts>) => problemsOf({ ...well, ...facts }, NOW);

describe('problemsOf', () => {
  it('finds nothing wrong with a number that does well', () => {
    expect(judge({})).toEqual([]);
  });

  it.each<[string, Partial<NumberFacts>, Partial<NumberFacts>]>([
    ['NO_CALLS_30_DAYS', { calls: 0, answered: 0, short: 0, spam: 0 }, { calls: 1, answered: 1 }],
    [
      'MOSTLY_SHORT_CALLS',
      { calls: 10, answered: 9, short: 6 },
      { calls: 10, answered: 9, short: 5 },
    ],
    ['MOSTLY_UNANSWERED', { calls: 12, answered: 2 }, { calls: 12, answered: 3 }],
    ['MOSTLY_SPAM', { calls: 10, answered: 9, spam: 6 }, { calls: 10, answered: 9, spam: 5 }],
    ['NOT_CHECKED_LATELY', { checkedAt: daysAgo(3.01) }, { checkedAt: daysAgo(3) }],
    ['RELEASE_REFUSED', { releaseRefused: true }, { releaseRefused: false }],
  ])('%s begins where it says', (kind, wrong, right) => {
    expect(judge(wrong)).toEqual([kind]);
    expect(judge(right)).toEqual([]);
  });

  it('says nothing of few calls, nor of a new number', () => {
    expect(judge({ calls: 9, answered: 0, short: 9, spam: 9 })).toEqual([]);
    const fresh = { createdAt: daysAgo(30), calls: 0, answered: 0, short: 0, spam: 0 };
    expect(judge(fresh)).toEqual([]);
    expect(judge({ createdAt: daysAgo(2), checkedAt: null })).toEqual([]);
    expect(judge({ createdAt: daysAgo(4), checkedAt: null })).toEqual(['NOT_CHECKED_LATELY']);
  });

  it('puts the carrier’s problems first and says what to do about every one', () => {
    expect(judge({ problems: ['CARRIER_LOST'], checkedAt: daysAgo(5) })).toEqual([
      'CARRIER_LOST',
      'NOT_CHECKED_LATELY',
    ]);
    for (const kind of CARRIER_PROBLEMS) expect(NUMBER_PROBLEMS[kind].whatToDo).toBeTruthy();
  });
});
