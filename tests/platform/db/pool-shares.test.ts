// The shares of a pool's connections: each kind of work has one at least, and together they leave a fifth of any pool that
// can be shared out.
import { expect, it } from 'vitest';
import { shareOfPool } from '#platform/db/index.ts';

const SHARES = [
  'calls',
  'texts',
  'visits',
  'signs',
  'sessions',
  'askingSessions',
  'searches',
] as const;
const sharesOf = (max: number) =>
  SHARES.map((share) => shareOfPool({ pool: { options: { max } } } as never, share));

it('of the pool that a process has by itself', () => {
  expect(sharesOf(20)).toEqual([4, 3, 2, 2, 2, 1, 2]);
});

it('leave a fifth to all else', () => {
  for (let max = 10; max <= 100; max += 1) {
    const shares = sharesOf(max);
    expect(Math.min(...shares), `${max}`).toBeGreaterThan(0);
    expect(
      shares.reduce((sum, one) => sum + one),
      `${max}`,
    ).toBeLessThanOrEqual(max * 0.8);
  }
});

it('are one each of a pool that is too small', () => {
  expect(sharesOf(2)).toEqual([1, 1, 1, 1, 1, 1, 1]);
});
