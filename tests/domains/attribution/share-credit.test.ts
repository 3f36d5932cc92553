// Credits of all models: they sum to exactly one, and go where the model says.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CreditModel,
  type Journey,
  portion,
  shareCredit,
  WHOLE_CREDIT,
} from '#domains/attribution/share-credit.ts';

const DAY = 24 * 60 * 60 * 1_000;
const MODELS: CreditModel[] = [
  'FIRST_TOUCH',
  'LAST_TOUCH',
  'LEAD_CREATION',
  'QUALIFIED',
  'FIFTY_FIFTY',
  'W_SHAPED',
  'POSITION_BASED',
  'LINEAR',
  'TIME_DECAY',
];
const sum = (credits: readonly number[]) => credits.reduce((a, b) => a + b, 0);
/** Touchpoints on these days before the interaction. */
const journey = (daysBefore: number[], marks: Partial<Journey> = {}): Journey => ({
  at: daysBefore.map((days) => -days * DAY),
  leadCreated: null,
  qualified: null,
  ...marks,
});
const percent = (credits: readonly number[]) => credits.map((credit) => credit / 10_000);

describe('credit', () => {
  const five = journey([28, 21, 14, 7, 0], { leadCreated: 1, qualified: 3 });

  it.each<[CreditModel, number[]]>([
    ['FIRST_TOUCH', [100, 0, 0, 0, 0]],
    ['LAST_TOUCH', [0, 0, 0, 0, 100]],
    ['LEAD_CREATION', [0, 100, 0, 0, 0]],
    ['QUALIFIED', [0, 0, 0, 100, 0]],
    ['FIFTY_FIFTY', [50, 50, 0, 0, 0]],
    ['W_SHAPED', [30, 30, 5, 30, 5]],
    ['POSITION_BASED', [40, 20 / 3, 20 / 3, 20 / 3, 40]],
    ['LINEAR', [20, 20, 20, 20, 20]],
    ['TIME_DECAY', [100 / 31, 200 / 31, 400 / 31, 800 / 31, 1600 / 31]],
  ])('by %s goes to the right places', (model, expected) => {
    percent(shareCredit(model, five)).forEach((credit, n) => {
      expect(credit).toBeCloseTo(expected[n] as number, 3);
    });
  });

  it('of places that fall together is theirs together', () => {
    const one = journey([0], { leadCreated: 0, qualified: 0 });
    for (const model of MODELS) expect(shareCredit(model, one)).toEqual([WHOLE_CREDIT]);
    const two = journey([1, 0], { leadCreated: 0 });
    expect(percent(shareCredit('FIFTY_FIFTY', two))).toEqual([100, 0]);
    expect(percent(shareCredit('POSITION_BASED', two))).toEqual([50, 50]);
  });

  it('of a place that is missing goes to the others in proportion', () => {
    const open = journey([3, 2, 1], { leadCreated: 1 });
    expect(shareCredit('QUALIFIED', open)).toEqual([0, 0, 0]);
    expect(shareCredit('W_SHAPED', open)).toEqual([428_572, 428_571, 142_857]);
    expect(shareCredit('LINEAR', journey([]))).toEqual([]);
  });

  it('by weights of one’s own follows them', () => {
    const weights = { first: 10, leadCreated: 20, qualified: 30, last: 40, others: 0 };
    expect(percent(shareCredit(weights, five))).toEqual([10, 20, 0, 30, 40]);
  });

  it('by weights of one’s own counts a place of weight 0 among the others, as the models do', () => {
    const none = { first: 0, leadCreated: 0, qualified: 0, last: 0, others: 0 };
    const two = journey([1, 0]);
    expect(percent(shareCredit({ ...none, last: 60, others: 40 }, two))).toEqual([40, 60]);
    const w = { ...none, first: 30, leadCreated: 30, qualified: 30, others: 10 };
    expect(shareCredit(w, five)).toEqual(shareCredit('W_SHAPED', five));
    const ends = { ...none, first: 40, last: 40, others: 20 };
    expect(shareCredit(ends, five)).toEqual(shareCredit('POSITION_BASED', five));
  });

  it('sums to exactly one whenever anything is given, whatever the journey', () => {
    const journeys = fc
      .array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 60 })
      .chain((days) => {
        const place = fc.option(fc.integer({ min: 0, max: days.length - 1 }));
        return fc.record({ leadCreated: place, qualified: place }).map((marks) =>
          journey(
            [...days].sort((a, b) => b - a),
            marks,
          ),
        );
      });
    const weight = fc.integer({ min: 0, max: 100 });
    const own = fc.record({
      first: weight,
      leadCreated: weight,
      qualified: weight,
      last: weight,
      others: weight,
    });
    fc.assert(
      fc.property(journeys, fc.oneof(fc.constantFrom(...MODELS), own), (one, model) => {
        const credits = shareCredit(model, one);
        expect(credits).toHaveLength(one.at.length);
        expect(credits.every((credit) => Number.isInteger(credit) && credit >= 0)).toBe(true);
        expect([0, WHOLE_CREDIT]).toContain(sum(credits));
        if (model === 'LINEAR' || model === 'TIME_DECAY' || model === 'FIRST_TOUCH') {
          expect(sum(credits)).toBe(WHOLE_CREDIT);
        }
      }),
    );
  });

  it('differs by no more than one millionth from the exact share', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1 }), (weights) => {
        fc.pre(weights.some((weight) => weight > 0));
        const whole = sum(weights);
        portion(weights).forEach((credit, n) => {
          const exact = ((weights[n] as number) / whole) * WHOLE_CREDIT;
          expect(Math.abs(credit - exact)).toBeLessThan(1.000001);
        });
      }),
    );
  });
});
