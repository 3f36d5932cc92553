// Signals: to this process and to others, only to their account and topic, bounded, never stored.
import { afterAll, describe, expect, it } from 'vitest';
import { openDb } from '#platform/db/index.ts';
import { openEventLog } from '#platform/events/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { newAccount, openLog, silent } from './makers.ts';

const { db, url } = await freshDatabase();
const here = await openLog(db);
const otherDb = await openDb({ url, applicationName: 'elsewhere', poolSize: 2, log: silent });
const there = await openEventLog({ db: otherDb, log: silent });
afterAll(async () => {
  await there.stop();
  await otherDb.close();
});
const never = new AbortController().signal;

describe('a signal', () => {
  it('reaches hearers in this process and in others', async () => {
    const accountId = newAccount();
    const near = here.signals(accountId, 'typing', never);
    const far = there.signals(accountId, 'typing', never);
    const heardFar = far.next();
    let n = 0;
    // the other process may still be connecting, and what is sent then is lost by design
    const sending = setInterval(() => here.signal(accountId, 'typing', { n: n++ }), 20);
    expect((await near.next()).value).toEqual({ n: 0 });
    expect((await heardFar).value).toEqual({ n: expect.any(Number) });
    clearInterval(sending);
    await Promise.all([near.return(), far.return()]);
  });

  it('reaches other processes again after the connection was lost', async () => {
    const accountId = newAccount();
    const far = there.signals(accountId, 'typing', never);
    const exchanges = `from pg_stat_activity
      where datname = current_database() and application_name = 'switchboard exchange'`;
    const count = async () => (await db.pool.query(`select ${exchanges}`)).rowCount;
    await expect.poll(count, { timeout: 5_000 }).toBe(2);
    await db.pool.query(`select pg_terminate_backend(pid) ${exchanges}`);
    const heard = far.next();
    const sending = setInterval(() => here.signal(accountId, 'typing', { again: true }), 20);
    expect((await heard).value).toEqual({ again: true });
    clearInterval(sending);
    await far.return();
  });

  it('reaches only its account and topic', async () => {
    const [mine, theirs] = [newAccount(), newAccount()];
    const hearer = here.signals(mine, 'typing', never);
    here.signal(theirs, 'typing', { n: 1 });
    here.signal(mine, 'heartbeat', { n: 2 });
    here.signal(mine, 'typing', { n: 3 });
    expect((await hearer.next()).value).toEqual({ n: 3 });
    await hearer.return();
  });

  it('that nobody takes is kept among the last hundred', async () => {
    const accountId = newAccount();
    const hearer = here.signals(accountId, 'busy', never);
    for (let n = 0; n < 150; n += 1) here.signal(accountId, 'busy', { n });
    expect((await hearer.next()).value).toEqual({ n: 50 });
    await hearer.return();
  });

  it('is refused above 7,900 bytes', () => {
    expect(() => here.signal(newAccount(), 'typing', { text: 'é'.repeat(4_000) })).toThrow(
      'at most 7900',
    );
  });

  it('hearer ends by its signal, by return() before it was ever pulled, and with the log', async () => {
    const control = new AbortController();
    const byAbort = here.signals(newAccount(), 'x', control.signal).next();
    control.abort();
    expect((await byAbort).done).toBe(true);
    const unpulled = here.signals(newAccount(), 'x', never);
    await unpulled.return();
    const log = await openEventLog({ db: otherDb, log: silent });
    const byStop = log.signals(newAccount(), 'x', never).next();
    await log.stop();
    expect((await byStop).done).toBe(true);
  });
});
