// What crossed the wire for a call is emptied, and what arrives in that very moment is not lost from sight.
import { beforeEach, expect, it } from 'vitest';
import { eraseSessions, isErasedSession, openInbox } from '#platform/carrier/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { until } from '#tests/support/town.ts';

const secrets = openSecrets(Buffer.alloc(32, 7));

const ACCOUNT = '0190a1b2-0000-7000-8000-00000000000a';
const { db } = await freshDatabase();
const inbox = openInbox(db, secrets, { error() {} });
const at = new Date('2026-03-02T15:00:00Z');
const store = (id: string, more: { session?: string; isRead?: boolean } = {}) => {
  const head = {
    kind: 'call.answered',
    session: 'session-1',
    dialled: null,
    isRead: true,
    isSpoken: false,
  };
  return inbox.store(ACCOUNT, { ...head, ...more, id, occurredAt: at }, '{"who":"+1206"}', at);
};
beforeEach(async () => {
  await db.prisma.carrierEvent.deleteMany();
  await db.prisma.erasedSession.deleteMany();
});
const erase = () =>
  db.transaction((tx) =>
    eraseSessions(tx, ACCOUNT, { sessions: ['session-1'], subject: 'call:1', at }),
  );
const rows = async () => {
  const all = await db.prisma.carrierEvent.findMany({ orderBy: { id: 'asc' } });
  return all.map(({ id, state, body }) => [id, state, JSON.stringify(body)]);
};

it('webhooks of an erased session are emptied, of whatever state, and nobody else’s', async () => {
  for (const id of ['done', 'failed', 'waiting']) await store(id);
  await store('unread', { isRead: false });
  await store('other', { session: 'session-2' });
  await db.transaction((tx) => inbox.settle(tx, ACCOUNT, ['done'], 'DONE'));
  await db.transaction((tx) => inbox.settle(tx, ACCOUNT, ['failed'], 'FAILED', 'of +1206'));
  expect(await erase()).toBe(4);
  expect(await rows()).toEqual([
    ['done', 'DONE', '{}'],
    ['failed', 'IGNORED', '{}'],
    ['other', 'RECEIVED', '{"who":"+1206"}'],
    ['unread', 'IGNORED', '{}'],
    ['waiting', 'IGNORED', '{}'],
  ]);
  await store('late', { isRead: false });
  expect((await rows()).find(([id]) => id === 'late')).toEqual(['late', 'IGNORED', '{}']);
});

it('a webhook that is stored while its session is erased still waits for whoever empties it', async () => {
  await store('first');
  let erasing: Promise<number> | undefined;
  await db.transaction(async (tx) => {
    await inbox.settle(tx, ACCOUNT, ['first'], 'DONE');
    erasing = erase();
    await until('the erasure waits for the first webhook’s row', async () => {
      const { rows: found } = await db.pool.query(
        `select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%carrier_event%'`,
      );
      return found.length === 1;
    });
    await store('second');
  });
  expect(await erasing).toBe(1);
  expect(await rows()).toEqual([
    ['first', 'DONE', '{}'],
    ['second', 'RECEIVED', '{"who":"+1206"}'],
  ]);
  const isErased = (tx: Parameters<typeof isErasedSession>[0]) =>
    isErasedSession(tx, ACCOUNT, 'session-1');
  expect(await db.transaction(isErased)).toBe(true);
});
