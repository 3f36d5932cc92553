// The event epoch: stays while the database is the same, rises once when it is another, whoever notices first.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { awaitDatabase } from '#platform/db/await-database.ts';
import {
  applyMigrations,
  ensureEpoch,
  openDb,
  raiseEpoch,
  startEmbeddedPostgres,
} from '#platform/db/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const log = pino({ level: 'silent' });

describe('the event epoch', async () => {
  const { db } = await freshDatabase();
  const check = async () => {
    const client = await db.pool.connect();
    return ensureEpoch(client).finally(() => client.release());
  };
  const current = async () =>
    (await db.pool.query('select current_event_epoch() as epoch')).rows[0].epoch as number;
  const rows = () => db.prisma.eventEpoch.findMany({ orderBy: { epoch: 'asc' } });

  it('stays while the database is the same', async () => {
    const before = await current();
    expect([await check(), await check()]).toEqual([before, before]);
    expect((await rows())[0]).toMatchObject({ epoch: 1, timeline: 1, reason: 'first start' });
  });

  it('rises once when many notice another system at the same time', async () => {
    const before = await current();
    await db.prisma.eventEpoch.update({
      where: { epoch: before },
      data: { systemIdentifier: 'another' },
    });
    const found = await Promise.all(Array.from({ length: 8 }, check));
    expect(found).toEqual(Array(8).fill(before + 1));
    expect((await rows()).at(-1)).toMatchObject({ epoch: before + 1, reason: 'failover' });
    expect(await current()).toBe(before + 1);
  });

  it('rises on demand, with its reason', async () => {
    const before = await current();
    const client = await db.pool.connect();
    expect(await raiseEpoch(client, 'told so')).toBe(before + 1);
    client.release();
    expect((await rows()).at(-1)?.reason).toBe('told so');
    expect(await check()).toBe(before + 1);
  });

  it('is stamped on events, with the writing transaction and a rising sequence', async () => {
    const event = {
      accountId: randomUUID(),
      type: 'call.ended',
      subject: 'call:1',
      subjectVersion: 1,
      occurredAt: new Date('2026-03-01T12:00:00Z'),
      payload: {},
    };
    const [first, second, xid] = await db.transaction(async (tx) => [
      await tx.event.create({ data: event }),
      await tx.event.create({ data: event }),
      (await tx.$queryRaw<{ xid: bigint }[]>`select pg_current_xact_id()::text::bigint as xid`)[0]
        ?.xid,
    ]);
    expect(first).toMatchObject({ epoch: await current(), xid });
    expect(second).toMatchObject({ epoch: first.epoch, xid, seq: first.seq + 1n });
  });
});

describe('a standby', () => {
  const dataDir = temporaryFolder();

  it('is waited for until it is promoted, which begins the next epoch', async () => {
    const open = (url: string) => openDb({ url, applicationName: 'test', poolSize: 2, log });
    const before = await startEmbeddedPostgres({ dataDir, log, durable: false });
    await applyMigrations(before.url);
    await (await open(before.url)).close();
    await before.stop();

    writeFileSync(join(before.cluster, 'standby.signal'), '', { mode: 0o644 });
    writeFileSync(join(before.cluster, 'postgresql.auto.conf'), "restore_command = 'false'\n");
    const after = await startEmbeddedPostgres({ dataDir, log, durable: false });
    await expect(open(after.url)).rejects.toThrow(/standby .* not promoted/);

    const client = new pg.Client({ connectionString: after.url });
    await client.connect();
    let tries = 0;
    await awaitDatabase(after.url, log, {
      seconds: 60,
      async pause() {
        tries += 1;
        if (tries === 2) await client.query('select pg_promote()');
      },
    });
    expect(tries).toBe(2);
    await client.end();

    const db = await open(after.url);
    expect(await db.prisma.eventEpoch.findMany({ orderBy: { epoch: 'asc' } })).toMatchObject([
      { epoch: 1, timeline: 1, reason: 'first start' },
      { epoch: 2, timeline: 2, reason: 'failover' },
    ]);
    await db.close();
    await after.stop();
  });
});
