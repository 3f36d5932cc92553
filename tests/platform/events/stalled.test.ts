// One subscriber that stalls through 20,000 events of 1 KB: the others get all of them, memory stays bounded, and the
// stalled one gets them too when it wakes up.
import { expect, it } from 'vitest';
import { freshDatabase } from '#tests/support/database.ts';
import { append, event, newAccount, openLog } from './makers.ts';

const { db } = await freshDatabase();
const log = await openLog(db);
const never = new AbortController().signal;
const TOTAL = 20_000;
const BATCH = 500;

it('costs nothing and loses nothing', { timeout: 60_000 }, async () => {
  const accountId = newAccount();
  const filling = 'x'.repeat(1_000);
  const open = () => log.follow({ accountId, filter: {}, signal: never });
  const stalled = open();
  const healthy = [open(), open(), open()];
  const first = stalled.next();

  /** Counts to TOTAL, keeping nothing, and fails at the first event out of turn. */
  async function countFrom(follower: ReturnType<typeof open>, from: number): Promise<number> {
    let seen = from;
    while (seen < TOTAL) {
      const { value } = await follower.next();
      if (value?.payload.n !== seen) throw new Error(`expected ${seen}, got ${value?.payload.n}`);
      seen += 1;
    }
    return seen;
  }

  const before = process.memoryUsage().heapUsed;
  const counting = healthy.map((one) => countFrom(one, 0));
  for (let n = 0; n < TOTAL; n += BATCH) {
    const events = Array.from({ length: BATCH }, (_, i) =>
      event(n + i, { payload: { n: n + i, filling } }),
    );
    await append(db, log, accountId, events);
  }
  expect(await Promise.all(counting)).toEqual([TOTAL, TOTAL, TOTAL]);
  // the window holds at most 10,000 of them; the bound leaves room for garbage not yet collected
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200e6);
  expect((await first).value?.payload.n).toBe(0);
  expect(await countFrom(stalled, 1)).toBe(TOTAL);
  await Promise.all([stalled, ...healthy].map((one) => one.return()));
});
