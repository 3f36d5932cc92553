// Connections that are lost under the log: the tailer, the followers and the reactions go on from where they were.
import { rmSync } from 'node:fs';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { applyMigrations, openDb, startEmbeddedPostgres } from '#platform/db/index.ts';
import { openEventLog } from '#platform/events/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { makeFolder } from '../../support/temporary-folder.ts';
import { append, event, newAccount, numbers, openLog, silent, take } from './makers.ts';

const never = new AbortController().signal;
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** Runs until it succeeds: what a caller does while the database is away. */
async function insist(work: () => Promise<void>): Promise<void> {
  await expect
    .poll(
      () =>
        work().then(
          () => 'done',
          () => 'failed',
        ),
      { timeout: 15_000 },
    )
    .toBe('done');
}

describe('when every connection is cut', () => {
  it('a follower inside the window and one that catches up lose nothing', async () => {
    const { db, url } = await freshDatabase();
    const log = await openLog(db, { events: 5, bytes: 1e9 });
    const accountId = newAccount();
    const start = await log.head();
    const live = log.follow({ accountId, filter: {}, signal: never });
    const slow = log.follow({ accountId, after: start, filter: {}, signal: never });
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    const cut = () =>
      admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()`);
    const got: unknown[] = [];
    for (const round of range(0, 4)) {
      for (const n of range(round * 10, round * 10 + 9)) {
        await insist(() => append(db, log, accountId, [event(n)]));
      }
      await cut();
      got.push(...numbers(await take(live, 10)));
    }
    expect(got).toEqual(range(0, 49));
    expect(numbers(await take(slow, 50))).toEqual(range(0, 49));
    await admin.end();
    await Promise.all([live.return(), slow.return()]);
  });
});

describe('when the server restarts', () => {
  it('the log goes on, also for one who has just caught up', { timeout: 60_000 }, async () => {
    const dataDir = makeFolder();
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const server = await startEmbeddedPostgres({ dataDir, log: silent });
    await applyMigrations(server.url);
    const db = await openDb({
      url: server.url,
      applicationName: 'restart',
      poolSize: 4,
      log: silent,
    });
    const log = await openEventLog({ db, log: silent });
    const accountId = newAccount();
    const start = await log.head();
    const follower = log.follow({ accountId, filter: {}, signal: never });
    await append(db, log, accountId, [event(0)]);
    expect(numbers(await take(follower, 1))).toEqual([0]);
    const next = follower.next();
    // ids of transactions that wrote nothing are forgotten with the server, and given again
    for (const _ of range(1, 20)) await db.pool.query('select pg_current_xact_id()');
    const later = await openEventLog({ db, log: silent });
    const latecomer = later.follow({ accountId, after: start, filter: {}, signal: never });
    expect(numbers(await take(latecomer, 1))).toEqual([0]);
    const nextOfLatecomer = latecomer.next();
    const before = server.pid();
    process.kill(before, 'SIGQUIT'); // an immediate shutdown; the embedded server is then started again
    await expect.poll(() => server.pid(), { timeout: 15_000 }).not.toBe(before);
    await insist(() => append(db, log, accountId, [event(1)]));
    expect((await next).value).toMatchObject({ payload: { n: 1 } });
    expect((await nextOfLatecomer).value).toMatchObject({ payload: { n: 1 } });
    await expect.poll(() => log.lagMs(), { timeout: 10_000 }).toBe(0);
    await Promise.all([log.stop(), later.stop()]);
    await db.close();
    await server.stop();
  });
});
