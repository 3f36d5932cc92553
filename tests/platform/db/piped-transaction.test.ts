// Piped transactions: all or nothing as other ones, with statements that go together and still take place in their order.
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import {
  afterCommit,
  DatabaseUnavailable,
  inOneTrip,
  type PipedTx,
  sqlStateOf,
  unawaited,
} from '#platform/db/index.ts';
import { runPipedTransaction } from '#platform/db/piped-transaction.ts';
import { freshDatabase } from '#tests/support/database.ts';

const { db } = await freshDatabase();
const at = new Date('2026-03-01T12:00:00Z');
const find = (id: string) => db.prisma.user.findUnique({ where: { id } });
const insert = (tx: PipedTx, id: string, name = 'Somebody') =>
  tx.query({
    text: 'insert into app_user (id, email, name, created_at) values ($1, $2, $3, $4)',
    values: [id, `${id}@example.com`, name, at],
  });
const rename = (tx: PipedTx, id: string, name: string) =>
  tx.query({ text: 'update app_user set name = $2 where id = $1', values: [id, name] });
const raise = (tx: PipedTx, code: string) =>
  tx.query({ text: `do $$ begin raise exception using errcode = '${code}'; end $$` });

describe('a piped transaction', () => {
  it('keeps what it wrote and runs its callbacks once others can see it', async () => {
    const id = randomUUID();
    let look: ReturnType<typeof find> | undefined;
    const result = await db.pipedTransaction(async (tx) => {
      afterCommit(tx, () => {
        look = find(id);
      });
      await insert(tx, id);
      expect(await find(id)).toBeNull();
      expect(look).toBeUndefined();
      return 'done';
    });
    expect(result).toBe('done');
    expect((await look)?.id).toBe(id);
  });

  it('leaves nothing and runs no callback when its work throws', async () => {
    const id = randomUUID();
    let called = 0;
    const work = db.pipedTransaction(async (tx) => {
      afterCommit(tx, () => called++);
      await insert(tx, id);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await find(id)).toBeNull();
    expect(called).toBe(0);
  });

  it('takes statements of one trip in their order', async () => {
    const id = randomUUID();
    await db.pipedTransaction(async (tx) => {
      await inOneTrip(
        tx,
        () => insert(tx, id),
        () => rename(tx, id, 'Somebody else'),
      );
    });
    expect((await find(id))?.name).toBe('Somebody else');
  });

  it('tells the first fault of a trip, leaves nothing of it, and its connection is as good as new', async () => {
    const id = randomUUID();
    for (let n = 0; n < 2 * db.pool.options.max; n += 1) {
      const error = await db
        .pipedTransaction((tx) =>
          inOneTrip(
            tx,
            () => raise(tx, '22023'),
            () => insert(tx, id),
          ),
        )
        .catch((caught) => caught);
      expect(sqlStateOf(error)).toBe('22023');
    }
    expect(await find(id)).toBeNull();
    expect(db.pool.idleCount).toBe(db.pool.totalCount);
  });

  it('waits for a write that its work did not wait for, and for what follows from it', async () => {
    const id = randomUUID();
    const seen: unknown[] = [];
    await db.pipedTransaction(async (tx) => {
      await unawaited(tx, async () => {
        await insert(tx, id);
        afterCommit(tx, () => seen.push('committed'));
      });
      seen.push('worked');
    });
    expect(seen).toEqual(['worked', 'committed']);
    expect(await find(id)).not.toBeNull();
  });

  it.each([
    ['at its end', (tx: PipedTx) => unawaited(tx, () => raise(tx, '22023'))],
    [
      'before another statement',
      async (tx: PipedTx) => {
        await unawaited(tx, () => raise(tx, '22023'));
        await insert(tx, randomUUID());
      },
    ],
  ])('fails with the fault of a write that nobody waited for, %s', async (_, work) => {
    const id = randomUUID();
    const error = await db
      .pipedTransaction(async (tx) => {
        await insert(tx, id);
        await work(tx);
      })
      .catch((caught) => caught);
    expect(sqlStateOf(error)).toBe('22023');
    expect(await find(id)).toBeNull();
    expect(db.pool.idleCount).toBe(db.pool.totalCount);
  });

  it('leaves nothing when such a write failed before it was sent', async () => {
    const id = randomUUID();
    const work = db.pipedTransaction(async (tx) => {
      await insert(tx, id);
      await unawaited(tx, async () => {
        throw new Error('no such payload');
      });
    });
    await expect(work).rejects.toThrow('no such payload');
    expect(await find(id)).toBeNull();
    expect(db.pool.idleCount).toBe(db.pool.totalCount);
  });

  it('ends with its connection, and nothing else does, when that is cut behind its commit', async () => {
    const id = randomUUID();
    const work = db.pipedTransaction(async (tx) => {
      await insert(tx, id);
      await unawaited(tx, () =>
        tx.query({ text: 'select pg_terminate_backend(pg_backend_pid())' }),
      );
    });
    await expect(work).rejects.toBeInstanceOf(DatabaseUnavailable);
    expect(await find(id)).toBeNull();
    await db.pipedTransaction((tx) => insert(tx, id));
    expect(await find(id)).not.toBeNull();
  });

  it('is run again when such a write asks for it', async () => {
    const id = randomUUID();
    let attempts = 0;
    await db.pipedTransaction(async (tx) => {
      attempts += 1;
      if (attempts < 3) await unawaited(tx, () => raise(tx, '40P01'));
      await insert(tx, id);
    });
    expect(attempts).toBe(3);
    expect(await find(id)).not.toBeNull();
  });

  it('does not end well when a fault was caught', async () => {
    const id = randomUUID();
    const work = db.pipedTransaction(async (tx) => {
      await insert(tx, id);
      await raise(tx, '22023').catch(() => {});
    });
    await expect(work).rejects.toThrow(/had failed/);
    expect(await find(id)).toBeNull();
  });

  it.each(['40001', '40P01'])('is run again after %s', async (code) => {
    const id = randomUUID();
    let attempts = 0;
    await db.pipedTransaction(async (tx) => {
      attempts += 1;
      await insert(tx, id);
      if (attempts < 3) await raise(tx, code);
    });
    expect(attempts).toBe(3);
    expect(await find(id)).not.toBeNull();
  });

  it('takes no statement once it is over', async () => {
    const id = randomUUID();
    let kept: PipedTx | undefined;
    await db.pipedTransaction(async (tx) => {
      kept = tx;
    });
    await expect(insert(kept as PipedTx, id)).rejects.toThrow(/over/);
    expect(await find(id)).toBeNull();
  });

  it('leaves nothing and hangs nowhere when its connection is cut in the middle of a trip', async () => {
    const id = randomUUID();
    const work = db.pipedTransaction(async (tx) => {
      await insert(tx, id);
      await inOneTrip(
        tx,
        () => tx.query({ text: 'select pg_terminate_backend(pg_backend_pid())' }),
        () => rename(tx, id, 'Somebody else'),
      );
    });
    await expect(work).rejects.toBeInstanceOf(DatabaseUnavailable);
    expect(await find(id)).toBeNull();
    await db.pipedTransaction((tx) => insert(tx, id));
    expect(await find(id)).not.toBeNull();
  });

  it('answers nothing when it could not begin', async () => {
    const refused = Object.assign(new Error('no transaction now'), { code: '57014' });
    const query = (statement: unknown) =>
      String(statement).startsWith('begin')
        ? Promise.reject(refused)
        : Promise.resolve({ rows: [] });
    const pool = { connect: async () => ({ query, release: () => {} }) } as unknown as Pool;
    let went = '';
    const work = runPipedTransaction(pool, async (tx) => {
      await tx.query({ text: 'select 1' });
      went = 'on';
    });
    await expect(work).rejects.toBe(refused);
    expect(went).toBe('');
  });
});
