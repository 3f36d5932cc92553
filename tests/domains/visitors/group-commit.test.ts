// Group commits: what is given together is written together, answered after the write, and not lost by a stop or a fault.
import { describe, expect, it } from 'vitest';
import { Full, openGroupCommit } from '#domains/visitors/group-commit.ts';
import { DatabaseUnavailable } from '#platform/db/index.ts';

function open(fault: (rows: readonly number[]) => void = () => {}, mostWaiting = 100) {
  const writes: number[][] = [];
  let release = () => {};
  let held: Promise<void> | null = null;
  const group = openGroupCommit<number, number>({
    async write(rows) {
      await held;
      fault(rows);
      writes.push([...rows]);
      return rows.map((row) => row * 2);
    },
    everyMs: 1,
    atOnce: 10,
    mostWaiting,
  });
  return {
    group,
    writes,
    hold: () => {
      held = new Promise((done) => {
        release = done;
      });
    },
    release: () => release(),
  };
}

describe('a group commit', () => {
  it('writes what comes together at once, and answers each for itself', async () => {
    const { group, writes } = open();
    const answers = await Promise.all([1, 2, 3].map((row) => group.add(row)));
    expect(answers).toEqual([2, 4, 6]);
    expect(writes).toEqual([[1, 2, 3]]);
  });

  it('writes no more at once than it may, in order', async () => {
    const { group, writes } = open();
    await Promise.all(Array.from({ length: 25 }, (_, row) => group.add(row)));
    expect(writes.map((rows) => rows.length)).toEqual([10, 10, 5]);
    expect(writes.flat()).toEqual(Array.from({ length: 25 }, (_, row) => row));
  });

  it('answers nothing before the write is done, and a stop waits for it', async () => {
    const { group, writes, hold, release } = open();
    hold();
    let isAnswered = false;
    const answer = group.add(1).then((told) => {
      isAnswered = true;
      return told;
    });
    const stopped = group.stop();
    await expect(group.add(2)).rejects.toBeInstanceOf(Full);
    expect([isAnswered, writes]).toEqual([false, []]);
    release();
    await stopped;
    expect([await answer, writes]).toEqual([2, [[1]]]);
  });

  it('refuses one bad row and keeps the others', async () => {
    const { group, writes } = open((rows) => {
      if (rows.includes(13)) throw new Error('bad row');
    });
    const answers = await Promise.allSettled([1, 13, 3].map((row) => group.add(row)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(writes).toEqual([[1], [3]]);
  });

  it('tells all when the database is away, and goes on after', async () => {
    let isAway = true;
    let tries = 0;
    const { group } = open(() => {
      tries += 1;
      if (isAway) throw new DatabaseUnavailable(new Error('away'));
    });
    const answers = await Promise.allSettled([1, 2].map((row) => group.add(row)));
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(tries).toBe(1);
    isAway = false;
    expect(await group.add(3)).toBe(6);
  });

  it('takes no more than it can write soon', async () => {
    const { group } = open(undefined, 2);
    const answers = await Promise.allSettled([1, 2, 3].map((row) => group.add(row)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  });
});
