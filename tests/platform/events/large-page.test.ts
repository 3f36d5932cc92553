// A page of events whose work does not fit one transaction: it is tried in smaller pieces, and whoever watches sees who is
// behind.
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { defineMirror, readBehind, runReactions } from '#platform/events/reactions.ts';
import { openJobs } from '#platform/jobs/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { append, event, newAccount, openLog, settled, silent } from './makers.ts';

const { db } = await freshDatabase();
const log = await openLog(db);
const jobs = await openJobs({ db, log: silent, definitions: [] });
afterAll(() => jobs.stop());

/** A mirror that can write no more than so many at a time, and what it has written. */
function narrow(name: string, most: () => number) {
  const tries: number[] = [];
  const written: unknown[] = [];
  const mirror = defineMirror({
    name,
    on: ['call.updated'],
    startAt: 'now',
    write: async (_tx, events) => {
      tries.push(events.length);
      if (events.length > most()) throw new Error('too much for one transaction');
      written.push(...events.map(({ payload }) => payload.n));
    },
  });
  const run = () => runReactions({ db, log: silent, jobs, reactions: [mirror] });
  return { tries, written, run, mirror };
}

const write = (count: number) =>
  append(
    db,
    log,
    newAccount(),
    Array.from({ length: count }, (_, n) => event(n)),
  );

it('is tried by halves until it fits, and by more again afterwards', async () => {
  const { tries, written, run } = narrow('tests.narrow', () => 60);
  const running = await run();
  afterAll(() => running.stop());
  await write(260);
  await running.drained();
  expect(written).toEqual(Array.from({ length: 260 }, (_, n) => n));
  expect(tries.slice(0, 5)).toEqual([200, 100, 50, 100, 50]);
});

it('is told of while it is not read, also where nothing runs', async () => {
  let most = 0;
  const { run } = narrow('tests.behind', () => most);
  const stopped = await run();
  await stopped.stop();
  expect(await readBehind(db.pool)).not.toHaveProperty('tests.behind');
  await write(7);
  await settled(db);
  expect(await readBehind(db.pool)).toMatchObject({ 'tests.behind': 7 });
  most = 7;
  const running = await run();
  afterAll(() => running.stop());
  await running.drained();
  expect(await readBehind(db.pool)).not.toHaveProperty('tests.behind');
});

it('that no page is small enough for is told to the operator, with the event', async () => {
  const { mirror } = narrow('tests.stuck', () => 0);
  const lines: Record<string, unknown>[] = [];
  const told = pino(
    { level: 'error' },
    { write: (line: string) => void lines.push(JSON.parse(line)) },
  );
  const stuck = await runReactions({ db, log: told, jobs, reactions: [mirror] });
  afterAll(() => stuck.stop());
  await write(3);
  await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(1);
  expect(lines[0]).toMatchObject({
    reaction: 'tests.stuck',
    eventId: expect.any(String),
    err: { message: 'too much for one transaction' },
  });
});
