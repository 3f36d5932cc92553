// Sixteen writers whose transactions commit in another order than their events were numbered: nothing missed, nothing
// doubled, neither live nor by pages.
import { expect, it } from 'vitest';
import { openDb } from '#platform/db/index.ts';
import { openEventLog, type StoredEvent } from '#platform/events/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { comparePositions, type Position } from '#values/cursor.ts';
import { event, newAccount, numbers, openLog, silent, take } from './makers.ts';

const WRITERS = 16;
const ROUNDS = 25;
const TOTAL = WRITERS * ROUNDS;

const { db, url } = await freshDatabase({ poolSize: 20 });
const log = await openLog(db);
const never = new AbortController().signal;

/** Pages with a cursor while the writers write, as a polling client would. */
async function pageThrough(accountId: string, from: Position): Promise<StoredEvent[]> {
  const got: StoredEvent[] = [];
  let after = from;
  while (got.length < TOTAL) {
    const { events } = await log.page({ accountId, after, limit: 50, filter: {} });
    got.push(...events);
    after = events.at(-1)?.position ?? after;
  }
  return got;
}

it('every reader gets each event once, in one order', async () => {
  const accountId = newAccount();
  const elsewhere = await openDb({
    url,
    applicationName: 'another process',
    poolSize: 4,
    log: silent,
  });
  const otherLog = await openEventLog({ db: elsewhere, log: silent });
  const start = await log.head();
  const followers = [log, otherLog].map((one) =>
    one.follow({ accountId, after: start, filter: {}, signal: never }),
  );
  const readers = [...followers.map((one) => take(one, TOTAL)), pageThrough(accountId, start)];
  const committed: number[] = [];
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const n = writer * ROUNDS + round;
      await db.transaction(async (tx) => {
        await log.append(tx, accountId, [event(n, { subject: `call:${writer}` })]);
        await tx.$executeRawUnsafe(`select pg_sleep(${((n * 7) % 11) / 1000})`);
      });
      committed.push(n);
    }
  });
  await Promise.all(writers);
  const [live, other, paged] = await Promise.all(readers);
  const wanted = Array.from({ length: TOTAL }, (_, n) => n);
  expect(numbers(live ?? []).toSorted((a, b) => Number(a) - Number(b))).toEqual(wanted);
  expect(numbers(other ?? [])).toEqual(numbers(live ?? []));
  expect(numbers(paged ?? [])).toEqual(numbers(live ?? []));
  for (const [n, one] of (live ?? []).entries()) {
    const before = live?.[n - 1];
    if (before) expect(comparePositions(before.position, one.position)).toBeLessThan(0);
  }
  // they did commit in another order than they were numbered: the test is about something
  expect(committed).not.toEqual(numbers(live ?? []));
  await Promise.all(followers.map((one) => one.return()));
  await otherLog.stop();
  await elsewhere.close();
});
