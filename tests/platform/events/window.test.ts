// The shared window: bounded, and a follower that falls out of it reads the database and comes back without a gap.
import { describe, expect, it } from 'vitest';
import { createWindow } from '#platform/events/window.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { append, event, newAccount, numbers, openLog, take } from './makers.ts';

const { db } = await freshDatabase();
const never = new AbortController().signal;

const stored = (n: number, filling = '') => ({
  id: `1-${n}-${n}`,
  position: { epoch: 1, xid: BigInt(n), seq: BigInt(n) },
  accountId: 'a',
  companyId: null,
  type: 'call.updated' as const,
  subject: 'call:1',
  subjectVersion: n,
  occurredAt: new Date(0),
  payload: { n, filling },
});
const place = (n: number) => ({ epoch: 1, xid: BigInt(n), seq: BigInt(n) });
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe('the window', () => {
  it('keeps the newest events within its number', () => {
    const window = createWindow(place(0), { events: 10, bytes: 1e9 });
    for (const n of range(1, 5_000)) window.push([stored(n)]);
    expect([window.first, window.next]).toEqual([4_990, 5_000]);
    expect(window.floor).toEqual(place(4_990));
    expect(window.head).toEqual(place(5_000));
    expect(window.at(4_989)).toBeUndefined();
    expect(window.at(4_990)?.payload.n).toBe(4_991);
    expect(window.numberAfter(place(4_995))).toBe(4_995);
    expect(window.numberAfter(place(5_000))).toBe(5_000);
  });

  it('keeps within its bytes', () => {
    const window = createWindow(place(0), { events: 1e6, bytes: 100_000 });
    window.push(range(1, 100).map((n) => stored(n, 'x'.repeat(10_000))));
    expect(window.next - window.first).toBe(4);
    expect(window.floor).toEqual(place(96));
  });
});

describe('a follower', () => {
  it('that falls out of a small window loses nothing and repeats nothing', async () => {
    const log = await openLog(db, { events: 5, bytes: 1e9 });
    const accountId = newAccount();
    const start = await log.head();
    const follower = log.follow({ accountId, after: start, filter: {}, signal: never });
    const got: unknown[] = [];
    let written = 0;
    // bursts larger, equal and smaller than the window, with the follower now ahead and now behind
    for (const [burst, taken] of [
      [3, 2],
      [40, 1],
      [2, 20],
      [5, 22],
      [1, 1],
      [300, 7],
      [1, 300],
    ] as const) {
      const events = range(written + 1, written + burst).map((n) => event(n));
      await append(db, log, accountId, events);
      await append(db, log, newAccount(), [event(0)]);
      written += burst;
      got.push(...numbers(await take(follower, Math.min(taken, written - got.length))));
    }
    got.push(...numbers(await take(follower, written - got.length)));
    expect(got).toEqual(range(1, written));
    await follower.return();
  });

  it('of a quiet account comes back after others have pushed the window past it', async () => {
    const log = await openLog(db, { events: 5, bytes: 1e9 });
    const accountId = newAccount();
    const follower = log.follow({ accountId, filter: {}, signal: never });
    const next = follower.next();
    for (const n of range(1, 30)) await append(db, log, newAccount(), [event(n)]);
    await append(db, log, accountId, [event(31)]);
    expect((await next).value).toMatchObject({ payload: { n: 31 } });
    await follower.return();
  });
});
