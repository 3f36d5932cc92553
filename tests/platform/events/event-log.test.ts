// The event log as its readers meet it: pages, followers, filters, bad input.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openEventLog } from '#platform/events/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { comparePositions } from '#values/cursor.ts';
import {
  append,
  at,
  event,
  newAccount,
  numbers,
  openLog,
  settled,
  silent,
  take,
} from './makers.ts';

const { db } = await freshDatabase();
const log = await openLog(db);
const never = new AbortController().signal;

describe('append', () => {
  it('stores what a reader gets back, under an id made of its position', async () => {
    const accountId = newAccount();
    const companyId = randomUUID();
    await append(db, log, accountId, [event(7, { companyId, subject: 'call:7' })]);
    const follower = log.follow({
      accountId,
      after: { epoch: 1, xid: 0n, seq: 0n },
      filter: {},
      signal: never,
    });
    const [stored] = await take(follower, 1);
    const { epoch, xid, seq } = stored?.position ?? {};
    expect(stored).toEqual({
      id: `${epoch}-${xid}-${seq}`,
      position: { epoch: 1, xid: expect.any(BigInt), seq: expect.any(BigInt) },
      accountId,
      companyId,
      type: 'call.updated',
      subject: 'call:7',
      subjectVersion: 7,
      occurredAt: at,
      payload: { n: 7 },
    });
    await follower.return();
  });

  it('keeps the order of its list', async () => {
    const accountId = newAccount();
    const wanted = Array.from({ length: 100 }, (_, n) => n);
    const follower = log.follow({ accountId, filter: {}, signal: never });
    await append(
      db,
      log,
      accountId,
      wanted.map((n) => event(n)),
    );
    expect(numbers(await take(follower, 100))).toEqual(wanted);
    await follower.return();
  });

  it('leaves nothing behind when its transaction rolls back', async () => {
    const accountId = newAccount();
    await expect(
      db.transaction(async (tx) => {
        await log.append(tx, accountId, [event(1)]);
        throw new Error('on purpose');
      }),
    ).rejects.toThrow('on purpose');
    await append(db, log, accountId, [event(2)]);
    const [first] = await take(
      log.follow({
        accountId,
        after: { epoch: 1, xid: 0n, seq: 0n },
        filter: {},
        signal: never,
      }),
      1,
    );
    expect(first?.payload).toEqual({ n: 2 });
  });

  it.each([
    ['a wrong type', { n: 'one' }, /call\.updated has a wrong payload\. n: /],
    ['a key that the shape does not name', { n: 1, name: 'x' }, /Unrecognized key: "name"/],
    ['more than 16 KB', { n: 1, filling: 'x'.repeat(17_000) }, /at most 16384/],
  ])('refuses a payload with %s', async (_, payload, message) => {
    const appended = db.transaction((tx) => log.append(tx, newAccount(), [event(1, { payload })]));
    await expect(appended).rejects.toThrow(message);
  });
});

describe('page', () => {
  it('gives pages of one account in order and says whether more follow', async () => {
    const accountId = newAccount();
    const head = await log.head();
    for (let n = 0; n < 5; n += 1) {
      await append(db, log, accountId, [event(n)]);
      await append(db, log, newAccount(), [event(99)]);
    }
    await settled(db);
    const first = await log.page({ accountId, after: head, limit: 3, filter: {} });
    expect(numbers(first.events)).toEqual([0, 1, 2]);
    expect(first.hasMore).toBe(true);
    const after = first.events.at(-1)?.position ?? null;
    const rest = await log.page({ accountId, after, limit: 3, filter: {} });
    expect(numbers(rest.events)).toEqual([3, 4]);
    expect(rest.hasMore).toBe(false);
    const all = await log.page({ accountId, after: null, limit: 100, filter: {} });
    expect(numbers(all.events)).toEqual([0, 1, 2, 3, 4]);
  });

  it('filters by type, company and subject as a follower does', async () => {
    const accountId = newAccount();
    const [mine, other] = [randomUUID(), randomUUID()];
    const before = await log.head();
    await append(db, log, accountId, [
      event(1, { companyId: mine, subject: 'call:a' }),
      event(2, { companyId: other, subject: 'call:a' }),
      event(3, { companyId: null, subject: 'call:b' }),
      event(4, { companyId: mine, subject: 'call:b' }),
    ]);
    await settled(db);
    const cases = [
      [{}, [1, 2, 3, 4]],
      [{ companyIds: null }, [1, 2, 3, 4]],
      [{ companyIds: [mine] }, [1, 4]],
      [{ companyIds: [] }, []],
      [{ subjects: ['call:a'] }, [1, 2]],
      [{ companyIds: [mine], subjects: ['call:b'], types: ['call.updated'] }, [4]],
      [{ types: ['call.ended'] }, []],
    ] as const;
    for (const [filter, wanted] of cases) {
      const page = await log.page({ accountId, after: before, limit: 100, filter });
      expect(numbers(page.events)).toEqual(wanted);
      const follower = log.follow({ accountId, after: before, filter, signal: never });
      expect(numbers(await take(follower, wanted.length))).toEqual(wanted);
      await follower.return();
    }
  });

  it.each([0, 1_001, 1.5])('refuses a limit of %s', async (limit) => {
    const page = log.page({ accountId: newAccount(), after: null, limit, filter: {} });
    await expect(page).rejects.toThrow('ask for 1 to 1000 events');
  });
});

describe('follow', () => {
  it('begins where it was called, not where it is first pulled', async () => {
    const accountId = newAccount();
    const follower = log.follow({ accountId, filter: {}, signal: never });
    await append(db, log, accountId, [event(1)]);
    const [got] = await take(follower, 1);
    expect(got?.payload).toEqual({ n: 1 });
    await follower.return();
  });

  it('replays from a position and goes on live, without gap or repetition', async () => {
    const accountId = newAccount();
    const start = await log.head();
    for (let n = 0; n < 20; n += 1) await append(db, log, accountId, [event(n)]);
    const follower = log.follow({ accountId, after: start, filter: {}, signal: never });
    const early = await take(follower, 10);
    const writing = (async () => {
      for (let n = 20; n < 40; n += 1) await append(db, log, accountId, [event(n)]);
    })();
    const all = [...early, ...(await take(follower, 30))];
    await writing;
    expect(numbers(all)).toEqual(Array.from({ length: 40 }, (_, n) => n));
    const resumed = log.follow({
      accountId,
      after: all[24]?.position ?? start,
      filter: {},
      signal: never,
    });
    expect(numbers(await take(resumed, 15))).toEqual(Array.from({ length: 15 }, (_, n) => n + 25));
    for (let i = 1; i < all.length; i += 1) {
      const [a, b] = [all[i - 1], all[i]];
      expect(a && b && comparePositions(a.position, b.position)).toBeLessThan(0);
    }
  });

  it('ends while it waits, by its signal or by return()', async () => {
    const control = new AbortController();
    const byAbort = log.follow({ accountId: newAccount(), filter: {}, signal: control.signal });
    const pending = byAbort.next();
    control.abort();
    expect(await pending).toEqual({ done: true, value: undefined });
    const byReturn = log.follow({ accountId: newAccount(), filter: {}, signal: never });
    const waiting = byReturn.next();
    await byReturn.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('shows nothing while an older transaction is open, tells the lag, and goes on when it ends', async () => {
    const accountId = newAccount();
    const follower = log.follow({ accountId, filter: {}, signal: never });
    const seen: unknown[] = [];
    const reading = take(follower, 2).then((events) => seen.push(...numbers(events)));
    await db.transaction(async (older) => {
      await log.append(older, accountId, [event(1)]);
      await append(db, log, accountId, [event(2)]);
      await expect.poll(() => log.lagMs()).toBeGreaterThan(30);
      expect(seen).toEqual([]);
    });
    await reading;
    expect(seen).toEqual([1, 2]);
    await expect.poll(() => log.lagMs(), { timeout: 5_000 }).toBe(0);
    await follower.return();
  });

  it('ends with the log, also while it reads pages', async () => {
    const accountId = newAccount();
    const start = await log.head();
    const other = await openEventLog({ db, log: silent, bounds: { events: 1, bytes: 1e9 } });
    const behind = other.follow({ accountId, after: start, filter: {}, signal: never });
    const waiting = other.follow({ accountId: newAccount(), filter: {}, signal: never }).next();
    for (let n = 0; n < 3; n += 1) await append(db, other, accountId, [event(n)]);
    expect(numbers(await take(behind, 1))).toEqual([0]);
    await other.stop();
    expect(numbers(await take(behind, 3)).every((n) => n !== 0)).toBe(true);
    expect(await behind.next()).toEqual({ done: true, value: undefined });
    expect((await waiting).done).toBe(true);
  });

  it('never shows another account its events', async () => {
    const [mine, theirs] = [newAccount(), newAccount()];
    const follower = log.follow({ accountId: mine, filter: {}, signal: never });
    await append(db, log, theirs, [event(1)]);
    await append(db, log, mine, [event(2)]);
    expect(numbers(await take(follower, 1))).toEqual([2]);
    await follower.return();
  });
});
