// The largest groups, found without reading all of them, are those of a count of every call.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CREDIT_CUTS, type Fact } from '#domains/reports/fact.ts';
import { NOTHING } from '#domains/reports/measures.ts';
import { momentsOf } from '#domains/reports/period.ts';
import { readLargest } from '#domains/reports/read-largest.ts';
import { type Group, readGroups, type SumWish } from '#domains/reports/read-sums.ts';
import { addShares, holdCount } from '#domains/reports/store.ts';
import { tally } from '#domains/reports/tally.ts';
import { openLedger } from './ledger.ts';

const ledger = await openLedger();
const DAY_MS = 86_400_000;
const BEGIN = Date.parse('2026-01-20T00:00:00Z');
const DAYS = 60;

/** A call of a keyword: rank r of 120 comes 1/r as often as the first, and every fifth call has none. */
function draw(random: () => number, companyId: string): Fact {
  const keyword = random() < 0.2 ? '' : `word ${Math.floor(121 ** random())}`;
  const at = new Date(BEGIN + Math.floor(random() * DAYS * DAY_MS));
  const touch = { id: 'one', sourceId: companyId, keyword };
  const credits = Object.fromEntries(CREDIT_CUTS.map((cut) => [cut, [1_000_000]]));
  return {
    ...{ kind: 'CALL', companyId, trackerId: null, sourceId: null, sessionId: null, keyword },
    ...{ occurredAt: at.toISOString(), landingPage: '', referrer: '', touches: [touch] },
    adds: { ...numbers(), interactions: 1, durationSeconds: Math.floor(random() * 100) },
    credits: credits as Fact['credits'],
  };
}

const numbers = () =>
  Object.fromEntries(Object.keys(NOTHING).map((name) => [name, 0])) as Fact['adds'];

it('groups by keyword are right for every range, zone and number, from some of the words or from all', {
  timeout: 60_000,
}, async () => {
  const { accountId, companyId } = await ledger.settle();
  let state = 20_261_126;
  // a linear congruential generator (Numerical Recipes)
  const random = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
  const facts = Array.from({ length: 2_000 }, () => draw(random, companyId));
  const shares = tally(facts.map((after) => ({ before: null, after })));
  const read = shares.filter(({ key }) => ['KEYWORD', 'EVERY_MODEL_KEYWORD'].includes(key.cut));
  for (let n = 0; n < read.length; n += 2_000) {
    await ledger.db.transaction(async (tx) => {
      await holdCount(tx, accountId);
      await addShares(tx, accountId, read.slice(n, n + 2_000));
    });
  }

  const counted = (from: number, until: number, weight: bigint): Group[] => {
    const within = facts.filter(({ occurredAt }) => {
      const at = Date.parse(occurredAt);
      return at >= from && at < until;
    });
    const groups = [...Map.groupBy(within, ({ keyword }) => keyword)].map(([key, ones]) => ({
      key: key || null,
      sums: {
        ...NOTHING,
        interactions: BigInt(ones.length) * weight,
        durationSeconds:
          BigInt(ones.reduce((sum, { adds }) => sum + adds.durationSeconds, 0)) * weight,
      },
    }));
    return groups.sort(
      (a, b) =>
        Number(b.sums.interactions - a.sums.interactions) ||
        (a.key === null ? 1 : b.key === null ? -1 : a.key < b.key ? -1 : 1),
    );
  };

  const reads = { some: 0, all: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata'),
      fc.integer({ min: -3, max: 50 }),
      fc.integer({ min: 1, max: 63 }),
      fc.constantFrom(1, 3, 8, 50),
      fc.boolean(),
      async (timeZone, start, length, limit, isCredit) => {
        const from = Temporal.PlainDate.from('2026-01-20').add({ days: start });
        const to = from.add({ days: length - 1 });
        const moments = momentsOf({ from: `${from}`, to: `${to}`, timeZone }, 'ALL');
        const wish: SumWish = {
          ...{ accountId, companyIds: [companyId], kinds: ['CALL', 'FORM'], moments },
          cuts: isCredit ? ['LINEAR_KEYWORD', 'EVERY_MODEL_KEYWORD'] : ['KEYWORD'],
          trackerIds: null,
        };
        const expected = counted(
          moments[0] as number,
          moments[1] as number,
          isCredit ? 1_000_000n : 1n,
        ).slice(0, limit);
        expect(await readGroups(ledger.db, wish, 'KEYWORD', limit)).toEqual(expected);
        let last: SumWish | undefined;
        await readLargest(ledger.db, wish, limit, async (some) => {
          last = some;
          return readGroups(ledger.db, some, 'KEYWORD', limit);
        });
        reads[last?.words ? 'some' : 'all'] += 1;
      },
    ),
    { numRuns: 50, seed: 20_261_126, endOnFailure: true },
  );
  expect(reads.some).toBeGreaterThan(8);
  expect(reads.all).toBeGreaterThan(8);
});
