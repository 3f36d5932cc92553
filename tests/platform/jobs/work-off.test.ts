// Work in many places: none waits for one that fails, or for one that has much.
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { DatabaseUnavailable } from '#platform/db/index.ts';
import { workOff } from '#platform/jobs/index.ts';

const places = ['a', 'b', 'c'].map((accountId) => ({ accountId }));
const { signal } = new AbortController();
/** How often each was asked, in which order, where `due` is what each has. */
function open(due: Record<string, number>) {
  const asked: string[] = [];
  const told: object[] = [];
  const log = pino({ level: 'silent' });
  log.error = ((about: object) => told.push(about)) as never;
  const take = async ({ accountId }: { accountId: string }) => {
    asked.push(accountId);
    const left = due[accountId];
    if (left === undefined) throw new Error('No such place.');
    const done = Math.min(left, 2);
    due[accountId] = left - done;
    return done;
  };
  return { asked, told, log, take };
}

it('takes a chunk of each in turn until all are short', async () => {
  const { asked, take, log } = open({ a: 5, b: 1, c: 2 });
  expect(await workOff(places, { log, signal, chunk: 2 }, take)).toBe(8);
  expect(asked.join('')).toBe('abcaca');
});

it('asks each once without a chunk', async () => {
  const { asked, take, log } = open({ a: 5, b: 1, c: 2 });
  expect(await workOff(places, { log, signal }, take)).toBe(5);
  expect(asked.join('')).toBe('abc');
});

it('one that throws is logged, stops no other, and is told of at the end', async () => {
  const { asked, told, take, log } = open({ b: 3, c: 0 });
  await expect(workOff(places, { log, signal, chunk: 2 }, take)).rejects.toThrow('1 of 3');
  expect(asked.join('')).toBe('abcb');
  expect(told).toMatchObject([{ accountId: 'a', err: { message: 'No such place.' } }]);
});

it('ends at once when it is told to, and when the database is away', async () => {
  const { asked, told, take, log } = open({ a: 5, b: 5, c: 5 });
  const stop = new AbortController();
  const stopping = async (place: { accountId: string }) => {
    if (place.accountId === 'b') stop.abort();
    return take(place);
  };
  const options = { log, signal: stop.signal, chunk: 2 };
  await expect(workOff(places, options, stopping)).rejects.toThrow('abort');
  expect(asked.join('')).toBe('ab');
  const away = () => Promise.reject(new DatabaseUnavailable(new Error('away')));
  await expect(workOff(places, { log, signal }, away)).rejects.toThrow(DatabaseUnavailable);
  expect(told).toEqual([]);
});
