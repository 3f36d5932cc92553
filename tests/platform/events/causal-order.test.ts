// Causal order: what happened later to a subject stands later in the log, because its locks are taken before the first
// write. The first test shows that the order does invert without them.
import { describe, expect, it } from 'vitest';
import type { Tx } from '#platform/db/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { event, newAccount, openLog, settled } from './makers.ts';

const { db } = await freshDatabase();
const log = await openLog(db);
await db.pool.query('create table counter (subject text primary key, version int not null)');

/** A point that one transaction waits at until another has passed it. */
function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

/** The next version of a subject, as a domain's store would write it. */
async function bump(tx: Tx, subject: string): Promise<number> {
  const [row] = await tx.$queryRawUnsafe<{ version: number }[]>(
    `insert into counter values ($1, 1)
     on conflict (subject) do update set version = counter.version + 1 returning version`,
    subject,
  );
  return row?.version ?? 0;
}

async function change(tx: Tx, accountId: string, subjects: string[]): Promise<void> {
  for (const subject of subjects) {
    const subjectVersion = await bump(tx, subject);
    await log.append(tx, accountId, [event(subjectVersion, { subject })]);
  }
}

async function versionsOf(accountId: string, subject: string): Promise<number[]> {
  await settled(db);
  const query = { accountId, after: null, limit: 1_000, filter: { subjects: [subject] } };
  return (await log.page(query)).events.map((one) => one.subjectVersion);
}

const rising = (count: number) => Array.from({ length: count }, (_, n) => n + 1);
const assignId = (tx: Tx) => tx.$queryRawUnsafe('select pg_current_xact_id()::text');

/** Resolves when a backend of this database waits for an advisory lock. */
async function somebodyWaits(): Promise<void> {
  const waits = `select from pg_stat_activity where datname = current_database()
                  and wait_event_type = 'Lock' and wait_event = 'advisory'`;
  await expect.poll(async () => (await db.pool.query(waits)).rowCount).toBeGreaterThan(0);
}

describe('without locks', () => {
  it('a transaction with an older id that waits puts its later change first', async () => {
    const accountId = newAccount();
    const [older, newer] = [gate(), gate()];
    const a = db.transaction(async (tx) => {
      await assignId(tx);
      older.open();
      await newer.passed;
      await change(tx, accountId, ['call:inverted']);
    });
    await older.passed;
    await db.transaction((tx) => change(tx, accountId, ['call:inverted']));
    newer.open();
    await a;
    expect(await versionsOf(accountId, 'call:inverted')).toEqual([2, 1]);
  });
});

describe('with locks', () => {
  it.each([
    ['one subject', ['call:one']],
    ['two subjects, named in either order', ['call:two', 'lead:two']],
  ])('versions rise when the transaction that began first waits: %s', async (_, subjects) => {
    const accountId = newAccount();
    const [locked, mayCommit] = [gate(), gate()];
    const first = db.transaction(async (tx) => {
      await log.lock(tx, accountId, subjects);
      locked.open();
      await mayCommit.passed;
      await change(tx, accountId, subjects);
    });
    await locked.passed;
    // it waits for the lock without an id of its own, so it is the later one in the log as well
    const second = db.transaction(async (tx) => {
      await log.lock(tx, accountId, subjects.toReversed());
      await change(tx, accountId, subjects.toReversed());
    });
    await somebodyWaits();
    mayCommit.open();
    await Promise.all([first, second]);
    for (const subject of subjects) {
      expect(await versionsOf(accountId, subject)).toEqual([1, 2]);
    }
  });

  it('versions rise for two subjects under forty transactions at once', async () => {
    const accountId = newAccount();
    const subjects = ['call:many', 'lead:many'];
    await Promise.all(
      rising(40).map((n) =>
        db.transaction(async (tx) => {
          const mine = n % 3 === 0 ? subjects.slice(n % 2, (n % 2) + 1) : subjects;
          await log.lock(tx, accountId, n % 2 ? mine : mine.toReversed());
          await change(tx, accountId, mine);
        }),
      ),
    );
    for (const subject of subjects) {
      const versions = await versionsOf(accountId, subject);
      expect(versions.length).toBeGreaterThan(30);
      expect(versions).toEqual(rising(versions.length));
    }
  });

  it('assigns no transaction id, so that waiting does not age the transaction', async () => {
    await db.transaction(async (tx) => {
      await log.lock(tx, newAccount(), ['call:1', 'lead:1']);
      const rows = await tx.$queryRawUnsafe<{ id: string | null }[]>(
        'select pg_current_xact_id_if_assigned()::text as id',
      );
      expect(rows).toEqual([{ id: null }]);
    });
  });

  it('refuses a lock after the first write, unless it is held already', async () => {
    const accountId = newAccount();
    const late = db.transaction(async (tx) => {
      await assignId(tx);
      await log.lock(tx, accountId, ['call:late']);
    });
    await expect(late).rejects.toThrow('before its first write');
    await db.transaction(async (tx) => {
      await log.lock(tx, accountId, ['call:held', 'lead:held']);
      await assignId(tx);
      await log.lock(tx, accountId, ['lead:held']);
    });
  });
});
