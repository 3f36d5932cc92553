// What is remembered for two seconds: asked once by all who come at the same time, asked anew before it is too old, and
// never what was asked before it was forgotten.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openShortMemory } from '#platform/db/short-memory.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTime(ms);

/** A memory of one name, and the questions that were asked for it: each is answered by hand. */
function open() {
  const memory = openShortMemory<string>();
  const asked: PromiseWithResolvers<string>[] = [];
  const handed: (string | undefined)[] = [];
  const read = () =>
    memory.read('key', (known) => {
      const question = Promise.withResolvers<string>();
      asked.push(question);
      handed.push(known);
      return question.promise;
    });
  const answer = async (n: number, text: string) => {
    asked[n]?.resolve(text);
    await asked[n]?.promise;
  };
  return { memory, asked, handed, read, answer };
}

it('is asked once by all who come at the same time', async () => {
  const { asked, read, answer } = open();
  const answers = [read(), read()];
  await answer(0, 'first');
  expect(await Promise.all([...answers, read()])).toEqual(['first', 'first', 'first']);
  expect(asked).toHaveLength(1);
});

it('is asked anew after a second, for which nobody waits, beside what it answered last', async () => {
  const { asked, handed, read, answer } = open();
  void read();
  await answer(0, 'first');
  pass(1_000);
  expect(await read()).toBe('first');
  expect(await read()).toBe('first');
  expect(asked).toHaveLength(2);
  pass(500);
  await answer(1, 'second');
  expect(await read()).toBe('second');
  // as old as its question, not as its answer
  pass(499);
  expect(asked).toHaveLength(2);
  pass(1);
  expect(await read()).toBe('second');
  expect(handed).toEqual([undefined, 'first', 'second']);
});

it('is never older than two seconds, whether it could be asked anew or not', async () => {
  const { asked, read, answer } = open();
  void read();
  await answer(0, 'first');
  pass(1_500);
  await read();
  asked[1]?.reject(new Error('The database is away.'));
  await vi.waitFor(() => Promise.resolve());
  expect(await read()).toBe('first');
  expect(asked).toHaveLength(3);
  pass(500);
  const late = read();
  expect(asked).toHaveLength(4);
  await answer(3, 'fourth');
  expect(await late).toBe('fourth');
  // what was asked before comes too late
  await answer(2, 'third');
  expect(await read()).toBe('fourth');
});

it('does not take back what was asked before it was forgotten', async () => {
  const { memory, asked, read, answer } = open();
  void read();
  await answer(0, 'old');
  pass(1_000);
  void read();
  memory.forget('key');
  await answer(1, 'old');
  const fresh = read();
  expect(asked).toHaveLength(3);
  await answer(2, 'new');
  expect(await fresh).toBe('new');
});

it('forgets a question that failed', async () => {
  const { asked, read, answer } = open();
  const failed = read();
  asked[0]?.reject(new Error('The database is away.'));
  await expect(failed).rejects.toThrow('away');
  const again = read();
  await answer(1, 'there');
  expect(await again).toBe('there');
});
