// Transactions: all or nothing, callbacks after the commit only, another attempt when PostgreSQL asks for it.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { afterCommit, sqlStateOf, type Tx } from '#platform/db/index.ts';
import { freshDatabase } from '#tests/support/database.ts';

const { db } = await freshDatabase();
const at = new Date('2026-03-01T12:00:00Z');
const newUser = (name = 'Somebody') => {
  const id = randomUUID();
  return { id, email: `${id}@example.com`, name, createdAt: at };
};
const find = (id: string) => db.prisma.user.findUnique({ where: { id } });
const raise = (tx: Tx, code: string) =>
  tx.$executeRawUnsafe(
    `do $$ begin raise exception 'on purpose' using errcode = '${code}'; end $$`,
  );

describe('a transaction', () => {
  it('keeps what it wrote and runs its callbacks once others can see it', async () => {
    const data = newUser();
    let look: ReturnType<typeof find> | undefined;
    const result = await db.transaction(async (tx) => {
      afterCommit(tx, () => {
        look = find(data.id);
      });
      await tx.user.create({ data });
      expect(look).toBeUndefined();
      return 'done';
    });
    expect(result).toBe('done');
    expect((await look)?.email).toBe(data.email);
  });

  it('leaves nothing and runs no callback when its work throws', async () => {
    const data = newUser();
    let called = 0;
    const work = db.transaction(async (tx) => {
      afterCommit(tx, () => called++);
      await tx.user.create({ data });
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await find(data.id)).toBeNull();
    expect(called).toBe(0);
  });

  it('takes no callback once it is over', async () => {
    let kept: Tx | undefined;
    await db.transaction(async (tx) => {
      kept = tx;
    });
    expect(() => afterCommit(kept as Tx, () => {})).toThrow(/Db\.transaction/);
  });

  it.each(['40001', '40P01'])(
    'is run again after %s, with the callbacks of the last attempt only',
    async (code) => {
      let attempts = 0;
      const called: number[] = [];
      await db.transaction(async (tx) => {
        const attempt = ++attempts;
        afterCommit(tx, () => called.push(attempt));
        if (attempt < 3) await raise(tx, code);
      });
      expect(attempts).toBe(3);
      expect(called).toEqual([3]);
    },
  );

  it('gives up after three attempts, and tries other errors once', async () => {
    let attempts = 0;
    const failing = (code: string) =>
      db.transaction(async (tx) => {
        attempts++;
        await raise(tx, code);
      });
    const error = await failing('40001').catch((caught) => caught);
    expect(sqlStateOf(error)).toBe('40001');
    expect(attempts).toBe(3);
    attempts = 0;
    await expect(failing('22012')).rejects.toThrow();
    expect(attempts).toBe(1);
  });

  it('survives a real deadlock', async () => {
    const [a, b] = [newUser(), newUser()];
    await db.prisma.user.createMany({ data: [a, b] });
    const holding = new Set<string>();
    let release = () => {};
    const bothHold = new Promise<void>((resolve) => {
      release = resolve;
    });
    let attempts = 0;
    const rename = (first: string, second: string, name: string) =>
      db.transaction(async (tx) => {
        attempts++;
        await tx.user.update({ where: { id: first }, data: { name } });
        if (holding.add(first).size === 2) release();
        await bothHold;
        await tx.user.update({ where: { id: second }, data: { name } });
      });
    await Promise.all([rename(a.id, b.id, 'one'), rename(b.id, a.id, 'two')]);
    expect(attempts).toBe(3);
    expect((await find(a.id))?.name).toBe((await find(b.id))?.name);
  });
});
