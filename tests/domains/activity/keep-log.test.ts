// The daily job of the log: months are made ahead, and dropped when they are older than the setting keeps.
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { keepLogHandler } from '#domains/activity/index.ts';
import { turnedClock } from '#platform/clock/index.ts';
import { readConfig } from '#platform/config/index.ts';
import { freshDatabase } from '#tests/support/database.ts';

const { db } = await freshDatabase();
const months = async () => {
  const { rows } = await db.pool.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits
      where inhparent = 'event'::regclass order by 1`,
  );
  return rows.map((row) => row.name).filter((name) => name !== 'event_default');
};

it('keeps the months of the retention and three ahead, and nothing is done twice', async () => {
  const clock = turnedClock(new Date('2031-01-15T00:00:00.000Z'));
  const config = { ...readConfig({}), EVENT_MONTHS: 2 };
  const log = pino({ level: 'silent' });
  const handler = keepLogHandler({ db, clock, config, log });
  const job = { id: '1', attempt: 1, signal: new AbortController().signal };
  await handler.run({}, job);
  expect(await handler.run({}, job)).toBe('made 0, dropped 0, purged 0');
  const before = await months();
  clock.set(new Date('2031-04-15T00:00:00.000Z'));
  expect(await handler.run({}, job)).toBe('made 3, dropped 1, purged 0');
  const after = await months();
  expect(after).toHaveLength(before.length + 2);
  expect(after).not.toContain(before.at(-4));
});
