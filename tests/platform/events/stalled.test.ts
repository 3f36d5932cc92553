// One subscriber that stalls through 20,000 events of 1 KB: the others get all of them, memory stays bounded, and the
// stalled one gets them too when it wakes up.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { freshDatabase } from '#tests/support/database.ts';
import { append, event, newAccount, openLog } from './makers.ts';

const { db } = await freshDatabase();
const log = await openLog(db);
const never = new AbortController().signal;
const TOTAL = 20_000;
const WINDOW = 10_000;
const BATCH = 500;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** MB that live on after a collection: objects, and buffers outside the heap. */
function livingMb(): number {
  collectGarbage();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return (heapUsed + external + arrayBuffers) / 1e6;
}

it('costs nothing and loses nothing', { timeout: 60_000 }, async () => {
  const accountId = newAccount();
  const filling = 'x'.repeat(1_000);
  const open = () => log.follow({ accountId, filter: {}, signal: never });
  const stalled = open();
  const healthy = [open(), open(), open()];
  const first = stalled.next();

  /** Counts up to a number, keeping nothing, and fails at the first event out of turn. */
  async function count(follower: ReturnType<typeof open>, from: number, to: number): Promise<void> {
    for (let seen = from; seen < to; seen += 1) {
      const { value } = await follower.next();
      if (value?.payload.n !== seen) throw new Error(`expected ${seen}, got ${value?.payload.n}`);
    }
  }

  async function happen(from: number, to: number): Promise<void> {
    const counting = healthy.map((one) => count(one, from, to));
    for (let n = from; n < to; n += BATCH) {
      const events = Array.from({ length: BATCH }, (_, i) =>
        event(n + i, { payload: { n: n + i, filling } }),
      );
      await append(db, log, accountId, events);
    }
    await Promise.all(counting);
  }

  // by then the window is full, and everything that is made once has been made
  await happen(0, WINDOW);
  const before = livingMb();
  await happen(WINDOW, TOTAL);
  // whatever kept them for the one that sleeps would hold ten thousand events of 1 KB more
  expect(livingMb() - before).toBeLessThan(5);
  expect((await first).value?.payload.n).toBe(0);
  await count(stalled, 1, TOTAL);
  await Promise.all([stalled, ...healthy].map((one) => one.return()));
});
