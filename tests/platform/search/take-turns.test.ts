// The gate before searches: so many at once, the others one after the other, nobody for ever.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { takeTurns } from '#platform/search/take-turns.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function gate(most: number) {
  const inTurn = takeTurns(most, 1_000, () => new Error('late'));
  const begun: string[] = [];
  const enter = (name: string) => {
    const work = Promise.withResolvers<string>();
    const done = inTurn(() => {
      begun.push(name);
      return work.promise;
    });
    return { done, finish: () => work.resolve(name), fail: () => work.reject(new Error(name)) };
  };
  return { begun, enter };
}

it('lets so many in, and the next ones in the order in which they came', async () => {
  const { begun, enter } = gate(2);
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(enter);
  await vi.advanceTimersByTimeAsync(0);
  expect(begun).toEqual(['a', 'b']);
  b?.finish();
  expect(await b?.done).toBe('b');
  expect(begun).toEqual(['a', 'b', 'c']);
  a?.fail();
  await expect(a?.done).rejects.toThrow('a');
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  c?.finish();
  d?.finish();
  expect(await Promise.all([c?.done, d?.done])).toEqual(['c', 'd']);
});

it('turns away who has waited too long, and lets in who comes after', async () => {
  const { begun, enter } = gate(1);
  const a = enter('a');
  const late = expect(enter('b').done).rejects.toThrow('late');
  await vi.advanceTimersByTimeAsync(1_000);
  await late;
  const c = enter('c');
  a.finish();
  await a.done;
  c.finish();
  expect(await c.done).toBe('c');
  expect(begun).toEqual(['a', 'c']);
});
