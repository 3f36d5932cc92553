// Idempotency with a real database: repetitions, conflicts, races, rollbacks and expiry.
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { createAccount } from '#domains/accounts/create-account.ts';
import { createCompany } from '#domains/accounts/create-company.ts';
import { ANSWER_LIFETIME_MS, once } from '#domains/accounts/once.ts';
import { purgeIdempotencyKeys } from '#domains/accounts/purge-idempotency-keys.ts';
import { stableJson } from '#domains/accounts/stable-json.ts';
import { systemViewer } from '#domains/accounts/viewers.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { foundAccount, openConnections, refusalOf } from './town.ts';

const { db } = await freshDatabase();

/** A request that makes a company, counting how often the work ran. */
async function counter() {
  const town = await foundAccount(db);
  const state = { runs: 0 };
  const ask = (key: string | null, request: unknown = { size: 1 }, mutation = 'measure') =>
    once(
      town,
      town.admin,
      { mutation, key, request },
      async () => {
        state.runs++;
        return { id: `run-${state.runs}`, repeated: false };
      },
      {
        store: (answer) => ({ id: answer.id }),
        restore: async (_tx, stored) => ({ id: String(stored.id), repeated: true }),
      },
    );
  return { ...town, state, ask };
}

describe('a request with an idempotency key', () => {
  it('is done once and answered again', async () => {
    const { ask, state } = await counter();
    expect(await ask('k')).toEqual({ id: 'run-1', repeated: false });
    expect(await ask('k')).toEqual({ id: 'run-1', repeated: true });
    expect(state.runs).toBe(1);
  });

  it('is the same request in whatever order its fields stand', async () => {
    const { ask, state } = await counter();
    await ask('k', { a: 1, b: { c: [1, 2], d: undefined } });
    await ask('k', { b: { c: [1, 2] }, a: 1 });
    expect(state.runs).toBe(1);
  });

  it('conflicts with another body and with another mutation under the same key', async () => {
    const { ask, state } = await counter();
    await ask('k');
    const conflict = { code: 'IDEMPOTENCY_KEY_CONFLICT', field: 'idempotencyKey' };
    expect(await refusalOf(ask('k', { size: 2 }))).toEqual(conflict);
    expect(await refusalOf(ask('k', { size: 1 }, 'weigh'))).toEqual(conflict);
    expect(state.runs).toBe(1);
  });

  it('waits for the same request that is under way, however many come', async () => {
    const { clock, admin } = await foundAccount(db);
    await openConnections(db, 8);
    const ask = () => createCompany({ db, clock }, admin, { name: 'Twin', idempotencyKey: 'race' });
    const answers = await Promise.all(Array.from({ length: 8 }, ask));
    expect(new Set(answers.map((company) => company.id)).size).toBe(1);
    const where = { accountId: admin.accountId, name: 'Twin' };
    expect(await db.prisma.company.count({ where })).toBe(1);
  });

  it('does not begin its work while the first one is at work', async () => {
    const { clock, admin } = await foundAccount(db);
    let runs = 0;
    const ask = () =>
      once(
        { db, clock },
        admin,
        { mutation: 'm', key: 'gate', request: 1 },
        async () => {
          runs += 1;
          // until somebody waits for our lock, or has come past it
          await vi.waitFor(
            async () => {
              const waiters = await db.pool.query(
                `select 1 from pg_locks where locktype = 'advisory' and not granted
                    and database = (select oid from pg_database where datname = current_database())`,
              );
              expect(runs > 1 || waiters.rowCount === 1).toBe(true);
            },
            { timeout: 3_000, interval: 10 },
          );
          return { id: `run-${runs}` };
        },
        { store: ({ id }) => ({ id }), restore: async (_tx, { id }) => ({ id: String(id) }) },
      );
    const answers = await Promise.all([ask(), ask()]);
    expect(answers).toEqual([{ id: 'run-1' }, { id: 'run-1' }]);
  });

  it('lets one of several different bodies win a race and refuses the others', async () => {
    const { clock, admin } = await foundAccount(db);
    await openConnections(db, 4);
    const names = ['one', 'two', 'three', 'four'];
    const answers = await Promise.allSettled(
      names.map((name) => createCompany({ db, clock }, admin, { name, idempotencyKey: 'race' })),
    );
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused).toHaveLength(3);
    for (const { reason } of refused) expect(reason.code).toBe('IDEMPOTENCY_KEY_CONFLICT');
    const where = { accountId: admin.accountId, name: { in: names } };
    expect(await db.prisma.company.count({ where })).toBe(1);
  });

  it('leaves the key free when the work was refused', async () => {
    const { clock, admin } = await foundAccount(db);
    let runs = 0;
    const ask = () =>
      once(
        { db, clock },
        admin,
        { mutation: 'm', key: 'k', request: 1 },
        async () => {
          if (runs++ === 0) throw new Error('not now');
          return { id: 'done' };
        },
        { store: ({ id }) => ({ id }), restore: async (_tx, { id }) => ({ id: String(id) }) },
      );
    await expect(ask()).rejects.toThrow('not now');
    expect(await ask()).toEqual({ id: 'done' });
  });

  it('is unique in its account only', async () => {
    const first = await counter();
    const second = await counter();
    await first.ask('k', { of: 'first' });
    expect(await second.ask('k', { of: 'second' })).toMatchObject({ repeated: false });
  });

  it('is forgotten after 24 hours to the millisecond', async () => {
    const { ask, clock, state } = await counter();
    await ask('k');
    clock.advance(ANSWER_LIFETIME_MS - 1);
    expect(await ask('k')).toMatchObject({ repeated: true });
    clock.advance(1);
    expect(await ask('k', { size: 9 })).toEqual({ id: 'run-2', repeated: false });
    expect(await ask('k', { size: 9 })).toMatchObject({ id: 'run-2', repeated: true });
    expect(state.runs).toBe(2);
  });

  it('takes no lock before the work that gives the transaction an id', async () => {
    const { clock, admin } = await foundAccount(db);
    const xid = await once(
      { db, clock },
      admin,
      { mutation: 'm', key: 'xid', request: 1 },
      async (tx) => {
        const [row] = await tx.$queryRaw<
          { xid: string | null }[]
        >`select pg_current_xact_id_if_assigned()::text as xid`;
        return { id: row?.xid ?? 'none' };
      },
      { store: ({ id }) => ({ id }), restore: async (_tx, { id }) => ({ id: String(id) }) },
    );
    expect(xid.id).toBe('none');
  });

  it('refuses keys that are empty or too long', async () => {
    const { ask } = await counter();
    const refused = { code: 'INVALID_INPUT', field: 'idempotencyKey' };
    expect(await refusalOf(ask(''))).toEqual(refused);
    expect(await refusalOf(ask('x'.repeat(201)))).toEqual(refused);
    expect(await refusalOf(ask('x'.repeat(200)))).toBeNull();
  });

  it('refuses to store a text that may be somebody’s name or number', async () => {
    const { clock, admin } = await foundAccount(db);
    const answer = (text: string) =>
      once({ db, clock }, admin, { mutation: 'm', key: text, request: 1 }, async () => ({ text }), {
        store: (stored) => stored,
        restore: async (_tx, stored) => ({ text: String(stored.text) }),
      });
    await expect(answer('+14155550134')).rejects.toThrow('store ids only');
    await expect(answer('Any Body')).rejects.toThrow('store ids only');
    expect(await db.prisma.idempotencyKey.count({ where: { accountId: admin.accountId } })).toBe(0);
  });
});

it('does a request without a key as often as it is asked', async () => {
  const { ask, state } = await counter();
  await ask(null);
  await ask(null);
  expect(state.runs).toBe(2);
});

it('purges what is older than 24 hours by each account’s own clock, and only that', async () => {
  const { ask, clock, admin } = await counter();
  await ask('old');
  clock.advance(ANSWER_LIFETIME_MS - 1_000);
  await ask('young');
  clock.advance(1_000);
  const other = await createAccount({ db, clock }, { name: 'Other', mode: 'TEST' });
  const viewer = systemViewer(other.id, 'TEST', 'tests');
  await createCompany({ db, clock }, viewer, { name: 'C', idempotencyKey: 'theirs' });
  // the others' keys in this file were stored in 2026 too; only ours are looked at
  await purgeIdempotencyKeys(
    { db, clock, log: pino({ level: 'silent' }) },
    new AbortController().signal,
  );
  const left = await db.prisma.idempotencyKey.findMany({
    where: { accountId: { in: [admin.accountId, other.id] } },
    select: { key: true },
  });
  expect(left.map((row) => row.key).sort()).toEqual(['theirs', 'young']);
});

describe('stable JSON', () => {
  it('writes equal values as equal texts', () => {
    const at = new Date('2026-01-02T03:04:05.678Z');
    expect(stableJson({ b: 1, a: [{ d: at, c: 2n }] })).toBe(
      '{"a":[{"c":"2","d":"2026-01-02T03:04:05.678Z"}],"b":1}',
    );
    expect(stableJson(undefined)).toBe('null');
    expect(stableJson({ a: null })).not.toBe(stableJson({}));
  });
});
