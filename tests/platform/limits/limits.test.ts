// Limits across processes: the database counts, so many at once cannot pass together, and a window ends by the clock.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Limit, openLimits } from '#platform/limits/index.ts';
import { freshDatabase } from '#tests/support/database.ts';

const { db } = await freshDatabase();
const here = openLimits(db);
/** another process */
const there = openLimits(db);
const START = new Date('2026-03-02T15:00:00.000Z');
const MINUTE = 60_000;
let names = 0;
const fresh = (): Limit => ({ name: `limit-${++names}`, tries: 3, seconds: 15 * 60 });

// the time of day is all that is turned: the database and its timers go on
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: START }));
afterEach(() => void vi.useRealTimers());

const passed = async (limit: Limit, key: string, limits = here) =>
  (await limits.take(limit, key)) === null;

describe('a limit', () => {
  it('lets so many through, tells how long to wait, and begins anew when its window is over', async () => {
    const limit = fresh();
    for (let n = 0; n < 3; n += 1) expect(await passed(limit, 'a')).toBe(true);
    vi.setSystemTime(START.getTime() + MINUTE);
    expect(await here.take(limit, 'a')).toEqual({ retryAfterMs: 14 * MINUTE });
    vi.setSystemTime(START.getTime() + 15 * MINUTE - 1);
    expect(await here.take(limit, 'a')).toEqual({ retryAfterMs: 1 });
    vi.setSystemTime(START.getTime() + 15 * MINUTE);
    expect(await passed(limit, 'a')).toBe(true);
  });

  it('is not passed by many at once, in one process or two', async () => {
    const limit = fresh();
    const tries = Array.from({ length: 40 }, (_, n) => passed(limit, 'a', n % 2 ? here : there));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(3);
  });

  it('counts each key, and each limit, by itself', async () => {
    const [one, two] = [fresh(), fresh()];
    for (let n = 0; n < 3; n += 1) await here.take(one, 'a');
    expect([await passed(one, 'a'), await passed(one, 'b'), await passed(two, 'a')]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('takes tries back, one or all', async () => {
    const limit = fresh();
    for (let n = 0; n < 3; n += 1) await here.take(limit, 'a');
    await there.giveBack(limit, 'a');
    expect([await passed(limit, 'a'), await passed(limit, 'a')]).toEqual([true, false]);
    await there.forget(limit, 'a');
    expect(await passed(limit, 'a')).toBe(true);
  });
});
