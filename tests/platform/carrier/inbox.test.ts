// The inbox of signed webhooks: stored once, read in the order in which they happened, and never lost.
import { beforeEach, describe, expect, it } from 'vitest';
import { openInbox } from '#platform/carrier/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { freshDatabase } from '#tests/support/database.ts';

const secrets = openSecrets(Buffer.alloc(32, 7));

const ACCOUNT = '0190a1b2-0000-7000-8000-00000000000a';
const OTHER = '0190a1b2-0000-7000-8000-00000000000b';
const { db } = await freshDatabase();
const inbox = openInbox(db, secrets, { error() {} });
const at = (seconds: number) => new Date(Date.UTC(2026, 2, 2, 15, 0, seconds));

beforeEach(() => db.prisma.carrierEvent.deleteMany());

const store = (
  id: string,
  seconds = 0,
  more: {
    kind?: string;
    session?: string;
    account?: string;
    isRead?: boolean;
    dialled?: string;
    isSpoken?: boolean;
  } = {},
) => {
  const { kind = 'call.answered', session = 'session-1', account = ACCOUNT, isRead = true } = more;
  const { dialled = null, isSpoken = false } = more;
  return inbox.store(
    account,
    { id, kind, session, dialled, occurredAt: at(seconds), isRead, isSpoken },
    `{"id":"${id}"}`,
    at(seconds),
  );
};
const waiting = (session = 'session-1', account = ACCOUNT) =>
  db.transaction(async (tx) => (await inbox.waiting(tx, account, session)).map((row) => row.id));

describe('the inbox', () => {
  it('stores an event once, also when it comes five times at the same moment', async () => {
    const stored = await Promise.all(Array.from({ length: 5 }, () => store('one')));
    expect(stored.filter(Boolean)).toHaveLength(1);
    expect(await waiting()).toEqual(['one']);
  });

  it('knows when each number was last dialled, from a moment on and in this account only', async () => {
    const [one, two] = ['+14155550101', '+14155550102'];
    await store('a', 1, { dialled: one });
    await store('b', 5, { dialled: one });
    await store('c', 9, { dialled: one, account: OTHER });
    await store('d', 3, { dialled: two });
    const last = await inbox.lastDialled(ACCOUNT, [
      { number: two, since: at(4) },
      { number: one, since: at(0) },
      { number: two, since: at(3) },
    ]);
    expect(last).toEqual([null, at(5), at(3)]);
  });

  it('keeps the same id of two accounts apart', async () => {
    expect(await store('one')).toBe(true);
    expect(await store('one', 0, { account: OTHER })).toBe(true);
    expect(await waiting('session-1', OTHER)).toEqual(['one']);
  });

  it('stores what arrives beside a body that cannot be stored', async () => {
    const head = {
      kind: 'call.answered',
      session: 'session-1',
      dialled: null,
      isRead: true,
      isSpoken: false,
    };
    const arrive = (id: string, body: string) =>
      inbox.store(ACCOUNT, { ...head, id, occurredAt: at(0) }, body, at(0));
    const stored = await Promise.allSettled([
      ...['a', 'b', 'c'].map((id) => arrive(id, '{}')),
      arrive('broken', '{'),
      arrive('d', '{}'),
    ]);
    expect(stored.map(({ status }) => status === 'fulfilled')).toEqual([
      true,
      true,
      true,
      false,
      true,
    ]);
    expect(await waiting()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gives a session’s events in the order in which they happened, not came', async () => {
    await store('third', 3);
    await store('first', 1);
    await store('second', 2);
    await store('elsewhere', 0, { session: 'session-2' });
    expect(await waiting()).toEqual(['first', 'second', 'third']);
  });

  it('keeps a kind that nobody reads, and gives it to nobody', async () => {
    expect(await store('one', 0, { isRead: false })).toBe(true);
    expect(await waiting()).toEqual([]);
    expect(await inbox.leftover('call', at(10), 10)).toEqual([]);
    expect(await db.prisma.carrierEvent.count()).toBe(1);
  });

  it('gives only what nobody has acted on', async () => {
    await store('one');
    await store('two', 1);
    await db.transaction((tx) => inbox.settle(tx, ACCOUNT, ['one'], 'DONE'));
    expect(await waiting()).toEqual(['two']);
  });

  it('keeps an event when the transaction that acted on it fails', async () => {
    await store('one');
    const broken = db.transaction(async (tx) => {
      await inbox.settle(tx, ACCOUNT, ['one'], 'DONE');
      throw new Error('the step broke');
    });
    await expect(broken).rejects.toThrow('the step broke');
    expect(await waiting()).toEqual(['one']);
  });

  it('names sessions that were left behind, of one family, the oldest first', async () => {
    await store('b', 2, { session: 'late' });
    await store('a', 1, { session: 'early' });
    await store('c', 0, { session: 'order', kind: 'number_order.complete' });
    await store('d', 50, { session: 'fresh' });
    const left = await inbox.leftover('call', at(10), 10);
    expect(left.map(({ session }) => session)).toEqual(['early', 'late']);
    expect(await inbox.leftover('call', at(10), 1)).toHaveLength(1);
  });

  it('gives an event up after the last attempt, and keeps it with the reason', async () => {
    await store('one');
    await inbox.countFailure(ACCOUNT, 'session-1', { error: 'broken', most: 2, now: at(0) });
    expect(await waiting()).toEqual(['one']);
    await inbox.countFailure(ACCOUNT, 'session-1', { error: 'broken again', most: 2, now: at(0) });
    expect(await waiting()).toEqual([]);
    const [row] = await db.prisma.carrierEvent.findMany();
    expect(row).toMatchObject({ state: 'FAILED', error: 'broken again', attempts: 2 });
  });
});

describe('what somebody says', () => {
  const kept = async (id: string) =>
    (await db.prisma.carrierEvent.findFirstOrThrow({ where: { id } })).body;
  const settle = (id: string, state: 'DONE' | 'FAILED') =>
    db.transaction((tx) => inbox.settle(tx, ACCOUNT, [id], state));

  it('is sealed until it is settled, and then gone', async () => {
    await store('said', 0, { isSpoken: true });
    expect(JSON.stringify(await kept('said'))).toMatch(/^{"sealed":"v1[.][\w-]+"}$/);
    const read = () => db.transaction((tx) => inbox.waiting(tx, ACCOUNT, 'session-1'));
    expect(await read()).toMatchObject([{ id: 'said', body: { id: 'said' } }]);
    await settle('said', 'DONE');
    expect(await kept('said')).toEqual({});
    await store('broken', 0, { isSpoken: true });
    await settle('broken', 'FAILED');
    expect(await kept('broken')).toEqual({});
    expect(await store('said', 0, { isSpoken: true })).toBe(false);
  });

  it('that nobody reads is not kept at all', async () => {
    await store('guessed', 0, { isSpoken: true, isRead: false });
    expect(await kept('guessed')).toEqual({});
  });

  it('has a family of its own', async () => {
    await store('said', 0, { kind: 'call.transcription', session: 'said:session-1' });
    expect(await inbox.leftover('call', at(10), 10)).toEqual([]);
    expect(await inbox.leftover('call.transcription', at(10), 10)).toEqual([
      { accountId: ACCOUNT, session: 'said:session-1' },
    ]);
  });
});
