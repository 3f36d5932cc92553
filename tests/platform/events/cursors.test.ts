// Cursors that are no place in this log any more, and the lives of the database.
import { describe, expect, it } from 'vitest';
import { raiseEpoch } from '#platform/db/index.ts';
import { CursorExpired } from '#platform/events/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import type { Position } from '#values/cursor.ts';
import { append, event, newAccount, numbers, openLog, settled, take } from './makers.ts';

const { db } = await freshDatabase();
const log = await openLog(db);
const accountId = newAccount();
const never = new AbortController().signal;

async function newEpoch(): Promise<number> {
  const client = await db.pool.connect();
  return raiseEpoch(client, 'test').finally(() => client.release());
}

async function written(n: number): Promise<Position> {
  const follower = log.follow({ accountId, filter: {}, signal: never });
  await append(db, log, accountId, [event(n)]);
  const [one] = await take(follower, 1);
  await follower.return();
  if (!one) throw new Error('the follower ended');
  return one.position;
}

const AHEAD = new CursorExpired('AHEAD');
const LOST = new CursorExpired('HISTORY_LOST');
const follow = (after: Position) => log.follow({ accountId, after, filter: {}, signal: never });

describe('a cursor', () => {
  it('of an event is good, and so is the head', async () => {
    const position = await written(1);
    await log.checkCursor(position, accountId);
    await log.checkCursor(await log.head(), accountId);
  });

  it.each([
    ['of a later epoch', (at: Position) => ({ ...at, epoch: at.epoch + 1 })],
    ['of a transaction that has not been', (at: Position) => ({ ...at, xid: at.xid + 1_000_000n })],
  ])('%s is ahead', async (_, shift) => {
    const ahead = shift(await written(1));
    await expect(log.checkCursor(ahead, accountId)).rejects.toThrow(AHEAD);
    await expect(follow(ahead).next()).rejects.toThrow(AHEAD);
    const page = log.page({ accountId, after: ahead, limit: 1, filter: {} });
    await expect(page).rejects.toThrow(AHEAD);
  });
});

describe('a new epoch', () => {
  it('is followed without a gap, live and from a cursor of the one before', async () => {
    const before = await written(10);
    const live = follow(before);
    await append(db, log, accountId, [event(11)]);
    const epoch = await newEpoch();
    await append(db, log, accountId, [event(12)]);
    expect(numbers(await take(live, 2))).toEqual([11, 12]);
    const [eleven, twelve] = await take(follow(before), 2);
    expect([eleven?.position.epoch, twelve?.position.epoch]).toEqual([epoch - 1, epoch]);
  });

  it('shows the whole of earlier ones, whose transaction ids may be above those of today', async () => {
    const before = await written(20);
    const high = before.xid + 5_000_000n;
    await db.pool.query(
      `insert into event (xid, account_id, type, subject, subject_version, occurred_at, payload)
       values ($1, $2, 'call.updated', 'call:1', 1, '2026-03-01', '{"n": 21}')`,
      [high, accountId],
    );
    await newEpoch();
    await append(db, log, accountId, [event(22)]);
    expect(numbers(await take(follow(before), 2))).toEqual([21, 22]);
    await settled(db);
    const page = await log.page({ accountId, after: before, limit: 9, filter: {} });
    expect(numbers(page.events)).toEqual([21, 22]);
  });

  it('refuses a cursor to events that the earlier one lost', async () => {
    const last = await written(30);
    await newEpoch();
    await written(31);
    await log.checkCursor(last, accountId);
    const lost = { ...last, seq: last.seq + 1_000n };
    await expect(log.checkCursor(lost, accountId)).rejects.toThrow(LOST);
    await expect(follow(lost).next()).rejects.toThrow(LOST);
    const page = log.page({ accountId, after: lost, limit: 9, filter: {} });
    await expect(page).rejects.toThrow(LOST);
  });
});
