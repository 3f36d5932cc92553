// Opening the database: timeouts on every connection, and a clear word when it cannot be reached.
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { findFreePort } from '#platform/db/embedded-process.ts';
import { DatabaseUnavailable, isDatabaseUnavailable, openDb } from '#platform/db/index.ts';
import { bareDatabase, freshDatabase, testServerUrl } from '#tests/support/database.ts';

const log = pino({ level: 'silent' });
const open = (url: string) =>
  openDb({ url, applicationName: 'switchboard test', poolSize: 4, log });
const { db, url } = await freshDatabase();
const bare = await bareDatabase();

/** A wire to the test server that can be cut and mended. */
async function wire(port: number) {
  const target = Number(new URL(testServerUrl()).port);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  return {
    async mend() {
      server = createServer((near) => {
        const far = connect(target, '127.0.0.1');
        for (const [from, to] of [
          [near, far],
          [far, near],
        ] as const) {
          sockets.add(from);
          from.pipe(to);
          from.on('error', () => to.destroy());
          from.on('close', () => to.destroy());
        }
      });
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    async cut() {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      server?.close();
      if (server) await once(server, 'close');
    },
  };
}

describe('an open database', () => {
  it('keeps times as they are where the database lives in another zone', async () => {
    const options = encodeURIComponent('-c TimeZone=America/New_York');
    const there = await open(`${url}?options=${options}`);
    const at = new Date('2026-07-01T12:00:00Z');
    const kept = await there.prisma.$queryRaw`
      select extract(epoch from ${at}::timestamptz)::int as seconds, '2026-07-01T12:00:00Z'::timestamptz as at`;
    await there.close();
    expect(kept).toEqual([{ seconds: at.getTime() / 1_000, at }]);
  });

  it('ends statements, idle transactions and transactions after 5 s on every connection', async () => {
    const clients = await Promise.all(Array.from({ length: 4 }, () => db.pool.connect()));
    for (const client of clients) {
      const { rows } = await client.query(
        `select name, setting from pg_settings where name like '%transaction_timeout' or name = 'statement_timeout'
          or name = 'idle_in_transaction_session_timeout' order by name`,
      );
      expect(rows).toEqual([
        { name: 'idle_in_transaction_session_timeout', setting: '5000' },
        { name: 'statement_timeout', setting: '5000' },
        { name: 'transaction_timeout', setting: '5000' },
      ]);
      client.release();
    }
  });

  it('tells the server who is connected', async () => {
    const named = await open(url);
    const { rows } = await named.pool.query(`select current_setting('application_name') as name`);
    expect(rows).toEqual([{ name: 'switchboard test' }]);
    await Promise.all([named.close(), named.close()]);
  });

  it('says that migrations are missing when they are', async () => {
    await expect(open(bare)).rejects.toThrow('Run npm run migrate first');
  });

  it('is unavailable, not broken, when nobody listens', async () => {
    const nobody = new URL(url);
    nobody.port = String(await findFreePort());
    await expect(open(nobody.href)).rejects.toThrow(DatabaseUnavailable);
  });

  it('is unavailable while the wire is cut, and works again when it is mended', async () => {
    const cuttable = new URL(url);
    cuttable.port = String(await findFreePort());
    const line = await wire(Number(cuttable.port));
    await line.mend();
    const far = await open(cuttable.href);
    const count = () => far.transaction((tx) => tx.user.count());
    expect(await count()).toBe(0);
    await line.cut();
    await expect(count()).rejects.toThrow(DatabaseUnavailable);
    const plain = await far.prisma.user.count().catch((error) => error);
    expect(isDatabaseUnavailable(plain)).toBe(true);
    const raw = await far.pool.query('select 1').catch((error) => error);
    expect(isDatabaseUnavailable(raw)).toBe(true);
    await line.mend();
    expect(await count()).toBe(0);
    await far.close();
    await line.cut();
  });

  it('does not take a failed statement for an unreachable database', async () => {
    const wrong = await db.pool.query('select nonsense').catch((error) => error);
    expect(isDatabaseUnavailable(wrong)).toBe(false);
    const missing = await db.prisma.user
      .update({ where: { id: '019a0000-0000-7000-8000-000000000000' }, data: { name: 'x' } })
      .catch((error) => error);
    expect(isDatabaseUnavailable(missing)).toBe(false);
  });
});
