// Reports that read calls themselves take turns on a share of the connections, and end when nobody waits for them any more.
import { expect, it } from 'vitest';
import { ReportTimedOut, readInTurn } from '#domains/reports/read-in-turn.ts';
import type { Db } from '#platform/db/index.ts';

/** No statement is sent here: only how many connections there are is asked. */
const poolOf = (max: number) => ({ pool: { options: { max } } }) as Pick<Db, 'pool'>;

it('all reports of a process together read by a twentieth of its connections', async () => {
  const db = poolOf(40);
  let running = 0;
  const most: number[] = [];
  const open: (() => void)[] = [];
  const reports = Array.from({ length: 6 }, () =>
    readInTurn(db)(async () => {
      running += 1;
      most.push(running);
      await new Promise<void>((done) => open.push(done));
      running -= 1;
    }),
  );
  while (most.length < reports.length || open.length > 0) {
    await new Promise(setImmediate);
    open.shift()?.();
  }
  await Promise.all(reports);
  expect(Math.max(...most)).toBe(2);
});

it('a report whose time is up reads no more, and lets the next one have its turn', async () => {
  const db = poolOf(1);
  const late = readInTurn(db, 0);
  await expect(late(() => Promise.resolve('read'))).rejects.toThrow(ReportTimedOut);
  expect(await readInTurn(db)(() => Promise.resolve('read'))).toBe('read');
});
