// Monthly partitions: made ahead, taking over what the default partition holds; dropped with a note of the last position.
import { describe, expect, it } from 'vitest';
import { turnedClock } from '#platform/clock/index.ts';
import {
  CursorExpired,
  dropPartitions,
  openEventLog,
  providePartitions,
} from '#platform/events/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { append, event, newAccount, numbers, openLog, settled, silent, take } from './makers.ts';

const { db } = await freshDatabase();
const log = await openLog(db);
const never = new AbortController().signal;
const on = (day: string) => new Date(`${day}T12:00:00Z`);

async function rowsIn(table: string): Promise<number> {
  const { rows } = await db.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return rows[0]?.n ?? -1;
}

describe('partitions', () => {
  it('are made for this month and the next three, once, also when asked twice at once', async () => {
    const made = await Promise.all([
      providePartitions(db.pool, on('2031-11-30')),
      providePartitions(db.pool, on('2031-11-30')),
    ]);
    expect(made.flat()).toEqual([
      'event_2031_11',
      'event_2031_12',
      'event_2032_01',
      'event_2032_02',
    ]);
  });

  it('take over the events of their month without changing the log', async () => {
    const accountId = newAccount();
    const start = await log.head();
    const days = ['2029-12-31', '2030-01-01', '2030-01-31', '2030-02-01'];
    for (const [n, day] of days.entries()) {
      await append(db, log, accountId, [event(n, { occurredAt: on(day) })]);
    }
    const follow = () => log.follow({ accountId, after: start, filter: {}, signal: never });
    const before = await take(follow(), 4);
    await providePartitions(db.pool, on('2030-01-15'));
    expect(await rowsIn('event_2030_01')).toBe(2);
    expect(await rowsIn('event_2030_02')).toBe(1);
    await settled(db);
    const page = await log.page({ accountId, after: start, limit: 10, filter: {} });
    expect(page.events).toEqual(before);
  });

  it('take new events', async () => {
    await providePartitions(db.pool, on('2033-05-05'));
    await append(db, log, newAccount(), [event(1, { occurredAt: on('2033-06-01') })]);
    expect(await rowsIn('event_2033_06')).toBe(1);
  });

  it('of long ago take nothing that is told only now, nor does the one of none', async () => {
    const clock = turnedClock(on('2035-05-05'));
    const ours = await openEventLog({ db, log: silent, clock });
    await providePartitions(db.pool, on('2035-04-05'));
    const accountId = newAccount();
    const days = ['2016-01-01', '2035-04-30', '2035-05-05'];
    await append(
      db,
      ours,
      accountId,
      days.map((day, n) => event(n, { occurredAt: on(day) })),
    );
    const late = new Date(on('2035-05-05').getTime() - 86_400_000);
    await append(db, ours, accountId, [event(3, { occurredAt: late })]);
    const { rows } = await db.pool.query(
      'select tableoid::regclass::text as month, occurred_at as at from event where account_id = $1 order by subject_version',
      [accountId],
    );
    const told = { month: 'event_2035_05', at: on('2035-05-05') };
    expect(rows).toEqual([told, told, told, { ...told, at: late }]);
    await ours.stop();
  });

  it('that are over are dropped, and cursors before them have expired', async () => {
    const accountId = newAccount();
    await providePartitions(db.pool, on('2020-01-15'));
    const start = await log.head();
    for (const [n, day] of ['2020-01-20', '2020-02-20', '2020-03-20'].entries()) {
      await append(db, log, accountId, [event(n, { occurredAt: on(day) })]);
    }
    const follower = log.follow({ accountId, after: start, filter: {}, signal: never });
    const [first, second] = await take(follower, 2);
    const { dropped } = await dropPartitions(db.pool, on('2020-03-31'));
    expect(dropped.filter((table) => table >= 'event_2020_01')).toEqual([
      'event_2020_01',
      'event_2020_02',
    ]);
    if (!first || !second) throw new Error('two events were appended');
    await expect(log.checkCursor(start, accountId)).rejects.toThrow(new CursorExpired('TOO_OLD'));
    await expect(log.checkCursor(first.position, accountId)).rejects.toThrow(
      new CursorExpired('TOO_OLD'),
    );
    await log.checkCursor(second.position, accountId);
    const page = log.page({ accountId, after: first.position, limit: 10, filter: {} });
    await expect(page).rejects.toThrow(new CursorExpired('TOO_OLD'));
    const resumed = log.follow({
      accountId,
      after: second.position,
      filter: {},
      signal: never,
    });
    expect(numbers(await take(resumed, 1))).toEqual([2]);
    await resumed.return();
    const late = log.follow({ accountId, after: start, filter: {}, signal: never });
    await expect(late.next()).rejects.toThrow(new CursorExpired('TOO_OLD'));
  });

  it('that a reaction has not read to its end are not dropped, and it is said which', async () => {
    await providePartitions(db.pool, on('2017-01-15'));
    const name = 'tests.asleep';
    const { reactionCursor } = db.prisma;
    const add = (day: string) => append(db, log, newAccount(), [event(1, { occurredAt: on(day) })]);
    await add('2017-01-10');
    await add('2017-01-20');
    await settled(db);
    const head = await log.head();
    const place = { ...head, seq: head.seq - 1n };
    await reactionCursor.create({ data: { name, ...place } });
    const drop = async () => {
      const { dropped, held } = await dropPartitions(db.pool, on('2017-02-15'));
      return { dropped: dropped.includes('event_2017_01'), held };
    };
    const held = [{ table: 'event_2017_01', reactions: [name] }];
    expect(await drop()).toEqual({ dropped: false, held });
    expect(await rowsIn('event_2017_01')).toBe(2);
    await reactionCursor.update({ where: { name }, data: head });
    expect(await drop()).toEqual({ dropped: true, held: [] });
    await reactionCursor.delete({ where: { name } });
  });

  it('end a follower that stalled until what it had not read was dropped', async () => {
    const accountId = newAccount();
    const small = await openEventLog({ db, log: silent, bounds: { events: 2, bytes: 1e9 } });
    await providePartitions(db.pool, on('2019-01-15'));
    const stalled = small.follow({
      accountId,
      after: await small.head(),
      filter: {},
      signal: never,
    });
    const occurredAt = on('2019-01-20');
    const witness = small.follow({ accountId, filter: {}, signal: never });
    await append(db, small, accountId, [event(0, { occurredAt })]);
    expect(numbers(await take(stalled, 1))).toEqual([0]);
    for (let n = 1; n < 10; n += 1) await append(db, small, accountId, [event(n, { occurredAt })]);
    await take(witness, 10);
    await dropPartitions(db.pool, on('2019-02-01'));
    await expect(stalled.next()).rejects.toThrow(new CursorExpired('TOO_OLD'));
    await witness.return();
    await small.stop();
  });
});
