// Backup and restore of an embedded installation, for real: while the server writes, and after it has stopped.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  applyMigrations,
  backUp,
  openDb,
  restore,
  startEmbeddedPostgres,
} from '#platform/db/index.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const log = pino({ level: 'silent' });
const at = new Date('2026-03-01T12:00:00Z');
const root = temporaryFolder();

async function start(dataDir: string) {
  const server = await startEmbeddedPostgres({ dataDir, log });
  onTestFinished(() => server.stop());
  return server;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Writes the same number to two tables in one transaction, over and over, until it is told to stop. */
async function writePairs(url: string) {
  const client = await connect(url);
  await client.query('create table if not exists pair_a (n int primary key, filler text)');
  await client.query('create table if not exists pair_b (n int primary key, filler text)');
  let n = 0;
  let going = true;
  const filler = 'x'.repeat(2_000);
  const done = (async () => {
    while (going) {
      await client.query(
        'with a as (insert into pair_a values ($1, $2)) insert into pair_b values ($1, $2)',
        [n + 1, filler],
      );
      n++;
    }
    await client.end();
  })();
  return {
    written: () => n,
    stop() {
      going = false;
      return done;
    },
  };
}

describe('a backup', () => {
  const stopped = join(root, 'stopped');
  const stoppedFile = join(root, 'stopped.tgz');

  beforeAll(async () => {
    const server = await startEmbeddedPostgres({ dataDir: stopped, log });
    await applyMigrations(server.url);
    await server.stop();
    await backUp({ dataDir: stopped, file: stoppedFile, log, at });
  });

  it('of a server that is writing restores to one consistent moment, with the files and a new epoch', async () => {
    const dataDir = join(root, 'running');
    const file = join(root, 'running.tgz');
    const server = await start(dataDir);
    await applyMigrations(server.url);
    await (await openDb({ url: server.url, applicationName: 'test', poolSize: 2, log })).close();
    mkdirSync(join(dataDir, 'recordings', 'a'), { recursive: true });
    writeFileSync(join(dataDir, 'recordings', 'a', 'call.wav'), 'audio');
    writeFileSync(join(dataDir, 'secret.key'), 'key', { mode: 0o600 });
    // a recording that is still being written, and a file that is listed but gone when it is to be copied
    writeFileSync(join(dataDir, 'recordings', 'a', 'next.wav.1.part'), 'aud');
    symlinkSync(join(root, 'gone'), join(dataDir, 'recordings', 'gone.wav'));
    // the demo's own installation, and where the server that runs is found
    mkdirSync(join(dataDir, 'demo', 'postgres'), { recursive: true });
    writeFileSync(join(dataDir, 'demo', 'secret.key'), 'demo');
    writeFileSync(join(dataDir, 'server-address'), 'http://127.0.0.1:4000');

    const pairs = await writePairs(server.url);
    while (pairs.written() < 200) await new Promise((resolve) => setImmediate(resolve));
    const before = pairs.written();
    await backUp({ dataDir, file, log, at });
    await pairs.stop();
    const after = pairs.written();
    await server.stop();
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const copy = join(root, 'copy');
    expect(await restore({ dataDir: copy, file, log })).toEqual({
      epoch: 2,
      createdAt: at.toISOString(),
    });
    expect(readFileSync(join(copy, 'recordings', 'a', 'call.wav'), 'utf8')).toBe('audio');
    expect(readdirSync(join(copy, 'recordings'), { recursive: true }).sort()).toEqual([
      'a',
      join('a', 'call.wav'),
    ]);
    const kept = readdirSync(copy).filter((name) => /demo|server-address/.test(name));
    expect(kept).toEqual([]);
    expect(statSync(join(copy, 'secret.key')).mode & 0o777).toBe(0o600);
    const restored = await start(copy);
    const client = await connect(restored.url);
    const { rows } = await client.query(
      `select count(*)::int as both, max(a.n) as last,
              (select count(*)::int from pair_a) as a, (select count(*)::int from pair_b) as b
         from pair_a a join pair_b b using (n)`,
    );
    const [{ both, last, a, b }] = rows;
    expect({ a, b, last }).toEqual({ a: both, b: both, last: both });
    expect(both).toBeGreaterThanOrEqual(before);
    expect(both).toBeLessThanOrEqual(after + 1);
    const epochs = await client.query('select epoch, reason from event_epoch order by epoch');
    expect(epochs.rows).toEqual([
      { epoch: 1, reason: 'first start' },
      { epoch: 2, reason: `restored from a backup of ${at.toISOString()}` },
    ]);
    await client.end();
    await restored.stop();
  });

  it('of a stopped server works, and never replaces a file or nests in the data folder', async () => {
    await expect(backUp({ dataDir: stopped, file: stoppedFile, log, at })).rejects.toThrow(
      /exists already/,
    );
    const inside = join(stopped, 'backup.tgz');
    await expect(backUp({ dataDir: stopped, file: inside, log, at })).rejects.toThrow(
      /inside the data folder/,
    );
    await expect(
      backUp({ dataDir: join(root, 'nothing'), file: join(root, 'n.tgz'), log, at }),
    ).rejects.toThrow(/nothing to back up/);
    const again = join(root, 'again');
    expect((await restore({ dataDir: again, file: stoppedFile, log })).epoch).toBe(1);
  });

  it('is not restored over anything, nor from a file that is cut short or something else', async () => {
    await expect(restore({ dataDir: stopped, file: stoppedFile, log })).rejects.toThrow(
      /is not empty/,
    );
    const target = join(root, 'untouched');
    const cut = join(root, 'cut.tgz');
    writeFileSync(cut, readFileSync(stoppedFile).subarray(0, 200_000));
    await expect(restore({ dataDir: target, file: cut, log })).rejects.toThrow(/tar/);
    await expect(restore({ dataDir: target, file: join(root, 'no.tgz'), log })).rejects.toThrow(
      /There is no file/,
    );
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(root).filter((name) => /restoring|copy-|unfinished/.test(name))).toEqual([]);
  });
});
