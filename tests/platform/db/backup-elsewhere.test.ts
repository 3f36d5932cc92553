// Backup and restore where DATABASE_URL names the database: the commands that npm run backup and npm run restore print are
// run as they are printed, with PostgreSQL's own programs, on the PostgreSQL of this machine. And the step that lets
// cursors expire, by itself.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { applyMigrations, type Db, openDb, startEmbeddedPostgres } from '#platform/db/index.ts';
import { CursorExpired, openEventLog } from '#platform/events/index.ts';
import { bareDatabase } from '#tests/support/database.ts';
import { TEMPLATE, withDatabase } from '#tests/support/template.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import type { Position } from '#values/cursor.ts';
import { append, event, newAccount, numbers, settled, silent, take } from '../events/makers.ts';
import { postgresIsInstalled, startInstalledPostgres } from './installed-postgres.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const never = new AbortController().signal;

/** Runs a shell command; throws with what it wrote when it fails. */
function run(command: string, env: Record<string, string>, cwd = ROOT): string {
  const { PATH = '' } = process.env;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], {
    cwd,
    encoding: 'utf8',
    env: { PATH, ...env },
  });
  if (status !== 0) throw new Error(`${command}\n${stdout}${stderr}`);
  return stdout;
}

/** The commands that a script prints for a database of one's own: its indented lines. */
const commandsOf = (script: string, env: Record<string, string>) =>
  run(`npm run --silent ${script}`, env)
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .map((line) => line.trim());

/** Opens a database with its event log for one test. */
async function opened(url: string) {
  const db = await openDb({ url, applicationName: 'test', poolSize: 4, log: silent });
  const log = await openEventLog({ db, log: silent });
  const close = async () => {
    await log.stop();
    await db.close();
  };
  onTestFinished(close);
  return { db, log, close };
}

/** Appends one event and tells where it stands. */
async function written(
  { db, log }: Pick<Awaited<ReturnType<typeof opened>>, 'db' | 'log'>,
  accountId: string,
  n: number,
): Promise<Position> {
  await append(db, log, accountId, [event(n)]);
  await settled(db);
  const { events } = await log.page({ accountId, after: null, limit: 100, filter: {} });
  const found = events.find((one) => one.payload.n === n);
  if (!found) throw new Error(`the event ${n} cannot be read`);
  return found.position;
}

const epochs = (db: Db) => db.prisma.eventEpoch.findMany({ orderBy: { epoch: 'asc' } });

const servers = temporaryFolder();

describe.skipIf(!postgresIsInstalled)('with PostgreSQL’s own programs', () => {
  it('what was there at the backup is there again, and a cursor from after it has expired', {
    timeout: 120_000,
  }, async () => {
    const server = await startInstalledPostgres(servers);
    const administer = new pg.Client({ connectionString: server });
    await administer.connect();
    onTestFinished(() => administer.end());
    for (const name of ['source', 'target']) await administer.query(`create database ${name}`);
    const folder = temporaryFolder();
    const from = { DATABASE_URL: withDatabase(server, 'source'), DATA_DIR: join(folder, 'from') };
    const into = { DATABASE_URL: withDatabase(server, 'target'), DATA_DIR: join(folder, 'into') };
    mkdirSync(join(from.DATA_DIR, 'storage'), { recursive: true });
    writeFileSync(join(from.DATA_DIR, 'storage', 'a.wav'), 'sound');
    await applyMigrations(from.DATABASE_URL);
    const accountId = newAccount();
    const source = await opened(from.DATABASE_URL);
    const kept = await written(source, accountId, 1);
    await written(source, accountId, 2);

    const backup = commandsOf('backup', from);
    expect(backup.map((line) => line.split(' ')[0])).toEqual(['pg_dump', 'tar']);
    for (const command of backup) run(command, from, folder);
    const lost = await written(source, accountId, 3);
    await source.close();

    const restore = commandsOf('restore', into);
    expect(restore.map((line) => line.split(' ')[0])).toEqual(['pg_restore', 'mkdir', 'npm']);
    for (const command of restore) run(command, into, command.startsWith('npm') ? ROOT : folder);
    // over what is there it is refused, and nothing is changed
    expect(() => run(restore[0] ?? '', from, folder)).toThrow(/already exists/);
    const before = await opened(from.DATABASE_URL);
    await before.log.checkCursor(lost, accountId);
    await before.close();

    expect(readFileSync(join(into.DATA_DIR, 'storage', 'a.wav'), 'utf8')).toBe('sound');
    const target = await opened(into.DATABASE_URL);
    expect(await epochs(target.db)).toMatchObject([
      { epoch: 1, reason: 'first start' },
      { epoch: 2, reason: 'put back by other means' },
    ]);
    const follow = (after: Position) =>
      target.log.follow({ accountId, after, filter: {}, signal: never });
    await expect(follow(lost).next()).rejects.toThrow(CursorExpired);
    const follower = follow(kept);
    expect(numbers(await take(follower, 1))).toEqual([2]);
    await append(target.db, target.log, accountId, [event(4)]);
    expect(numbers(await take(follower, 1))).toEqual([4]);
    await follower.return();
    await target.close();
  });
});

describe('npm run restore -- --new-epoch', async () => {
  const url = await bareDatabase(TEMPLATE);

  it('begins an epoch, so that cursors of the one before are judged anew', async () => {
    const accountId = newAccount();
    const before = await opened(url);
    const position = await written(before, accountId, 1);
    const said = run('npm run --silent restore -- --new-epoch', { DATABASE_URL: url });
    expect(said).toBe('Event epoch 2 begins.\n');
    const after = await opened(url);
    expect(await epochs(after.db)).toMatchObject([
      { epoch: 1 },
      { epoch: 2, reason: 'put back by other means' },
    ]);
    const ahead = { ...position, xid: position.xid + 1_000_000n };
    await expect(after.log.checkCursor(ahead, accountId)).rejects.toThrow(CursorExpired);
    await after.log.checkCursor(position, accountId);
  });

  it('begins one of an embedded installation, too: a snapshot that was put back is like a restore', {
    timeout: 60_000,
  }, async () => {
    const dataDir = temporaryFolder();
    const server = await startEmbeddedPostgres({ dataDir, log: silent });
    onTestFinished(() => server.stop());
    await applyMigrations(server.url);
    await (await opened(server.url)).close();
    await server.stop();
    const begin = () => run('npm run --silent restore -- --new-epoch', { DATA_DIR: dataDir });
    expect(begin()).toBe('Event epoch 2 begins.\n');
    const running = await startEmbeddedPostgres({ dataDir, log: silent });
    onTestFinished(() => running.stop());
    expect(begin()).toBe('Event epoch 3 begins.\n');
  });
});
