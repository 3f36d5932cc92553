// Visits' turns: how many are under way at once, who waits for whom, and when too many wait.
import { expect, it } from 'vitest';
import { openVisitTurns } from '#domains/visitors/visit-turns.ts';

/** Work that goes on until it is let go. */
function work() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isBegun = false;
  const run = () => {
    isBegun = true;
    return promise;
  };
  return { run, end: resolve, isBegun: () => isBegun };
}
const settled = () => new Promise((done) => setImmediate(done));

it('lets so many go on at once, and a company wait behind few of another’s', async () => {
  const turns = openVisitTurns({ atOnce: 2 });
  const flood = Array.from({ length: 20 }, work);
  const lone = work();
  const visits = flood.map(({ run }) => turns.take('flooded', run));
  const other = turns.take('quiet', lone.run);
  await settled();
  expect(flood.filter(({ isBegun }) => isBegun())).toHaveLength(2);
  expect(lone.isBegun()).toBe(false);
  flood[0]?.end();
  await settled();
  expect(lone.isBegun()).toBe(true);
  for (const { end } of [lone, ...flood]) end();
  await Promise.all([other, ...visits]);
});

it('refuses what a company has too much of, and goes on after work that fails', async () => {
  const turns = openVisitTurns({ atOnce: 1, mostWaiting: 2 });
  const taken = Array.from({ length: 3 }, work);
  const visits = taken.map(({ run }) => turns.take('flooded', run));
  await expect(turns.take('flooded', work().run)).rejects.toMatchObject({ code: 'OVERLOADED' });
  const other = turns.take('quiet', () => Promise.reject(new Error('broken')));
  for (const { end } of taken) end();
  await expect(other).rejects.toThrow('broken');
  await Promise.all(visits);
  expect(await turns.take('third', async () => 'done')).toBe('done');
});
