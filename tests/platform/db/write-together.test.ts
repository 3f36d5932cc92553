// Rows that arrive together share a statement, and each hears of its own fate.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatabaseUnavailable, TooMuchWaits, writeTogether } from '#platform/db/index.ts';

/** A table whose statements end when the test says so. */
function table(
  refuse: (row: number) => boolean = () => false,
  options: { mostWaiting?: number } = {},
) {
  const statements: number[][] = [];
  const ends: (() => void)[] = [];
  const { write, stop } = writeTogether(async (rows: readonly number[]) => {
    statements.push([...rows]);
    await new Promise<void>((end) => ends.push(end));
    if (rows.some(refuse)) throw new Error(`refused: ${rows.find(refuse)}`);
    return rows.map((row) => row * 10);
  }, options);
  const endAll = async () => {
    await new Promise(setImmediate);
    while (ends.length > 0) {
      ends.shift()?.();
      await new Promise(setImmediate);
      await new Promise(setImmediate);
    }
  };
  return { write, stop, statements, endAll };
}

describe('writing together', () => {
  it('writes rows of one turn in one statement, and those that come meanwhile in the next ones', async () => {
    const { write, statements, endAll } = table();
    const first = [1, 2, 3].map((row) => write(row));
    await new Promise(setImmediate);
    expect(statements).toEqual([[1, 2, 3]]);
    const second = [write(4)];
    await new Promise(setImmediate);
    const third = [5, 6].map((row) => write(row));
    await new Promise(setImmediate);
    expect(statements).toEqual([[1, 2, 3], [4]]);
    await endAll();
    expect(await Promise.all([...first, ...second, ...third])).toEqual([10, 20, 30, 40, 50, 60]);
    expect(statements).toEqual([[1, 2, 3], [4], [5, 6]]);
  });

  it('writes at most 200 rows in a statement', async () => {
    const { write, statements, endAll } = table();
    const rows = Array.from({ length: 500 }, (_, n) => n);
    const written = Promise.all(rows.map((row) => write(row)));
    await endAll();
    expect(await written).toEqual(rows.map((row) => row * 10));
    expect(statements.map(({ length }) => length)).toEqual([200, 200, 100]);
  });

  it('refuses only the bad row of a statement, and all when the database is away', async () => {
    const { write, endAll } = table((row) => row === 4);
    const written = Promise.allSettled([1, 2, 3, 4, 5].map((row) => write(row)));
    await endAll();
    expect((await written).map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    let asked = 0;
    let isAway = true;
    const away = writeTogether(async (rows: readonly number[]) => {
      asked += 1;
      if (isAway) throw new DatabaseUnavailable(new Error('gone'));
      return rows;
    });
    const refused = await Promise.allSettled([1, 2, 3, 4, 5].map((row) => away.write(row)));
    expect(refused.every(({ status }) => status === 'rejected')).toBe(true);
    expect(asked).toBe(1);
    isAway = false;
    expect(await away.write(6)).toBe(6);
  });

  it('refuses rows when more wait than it may keep', async () => {
    const { write, endAll } = table(undefined, { mostWaiting: 2 });
    const written = Promise.allSettled([1, 2, 3, 4, 5].map((row) => write(row)));
    await endAll();
    const outcomes = await written;
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'fulfilled'],
      ...['rejected', 'rejected', 'rejected'],
    ]);
    expect(outcomes[2]).toMatchObject({ reason: expect.any(TooMuchWaits) });
    const later = write(6);
    await endAll();
    expect(await later).toBe(60);
  });

  it('takes nothing after a stop, which waits until all that was taken is written', async () => {
    const idle = table();
    await idle.stop();
    await expect(idle.write(1)).rejects.toBeInstanceOf(TooMuchWaits);
    const busy = table();
    let isStopped = false;
    const written = Promise.all([1, 2, 3].map((row) => busy.write(row)));
    const stopped = busy.stop().then(() => {
      isStopped = true;
    });
    await expect(busy.write(4)).rejects.toBeInstanceOf(TooMuchWaits);
    expect(isStopped).toBe(false);
    await busy.endAll();
    await stopped;
    expect([await written, busy.statements]).toEqual([[10, 20, 30], [[1, 2, 3]]]);
  });

  it('gives each row its own answer, whichever are refused and however they come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 40 }), async (bad) => {
        const { write, endAll } = table((row) => bad[row] === true);
        const written = Promise.allSettled(bad.map((_, row) => write(row)));
        await endAll();
        expect(await written).toMatchObject(
          bad.map((isBad, row) =>
            isBad ? { reason: new Error(`refused: ${row}`) } : { value: row * 10 },
          ),
        );
      }),
      { numRuns: 50 },
    );
  });
});
