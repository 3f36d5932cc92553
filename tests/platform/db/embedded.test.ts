// The embedded server in fair and foul weather: real processes, really killed.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import pg from 'pg';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  attachEmbedded,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '#platform/db/index.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const log = pino({ level: 'silent' });

/** Starts a server that is stopped at the end of the test at the latest. */
async function start(dataDir: string, durable = false): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, log, durable });
  onTestFinished(() => server.stop());
  return server;
}

interface Told {
  url: string;
  port: number;
  adopted: boolean;
  serverPid: number;
  error?: string;
}

async function startInChild(dataDir: string): Promise<{ child: ChildProcess; told: Told }> {
  const child = fork(new URL('./embedded-child.ts', import.meta.url), [dataDir]);
  onTestFinished(() => stop(child));
  const [told] = await once(child, 'message');
  return { child, told };
}

/** Lets a child stop its server in good order. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.send('stop', () => {}); // one that is about to go by itself no longer hears it
  await gone;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return (await client.query(sql).finally(() => client.end())).rows;
}

/** A process of the user who runs the server, killed at the end of the test. */
function spawnAsOwner(cluster: string, script: string): ChildProcess {
  const { uid, gid } = statSync(cluster);
  const child = spawn('/bin/sh', ['-c', script], {
    ...(userInfo().uid === 0 && { uid, gid }),
    cwd: '/',
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
  });
  onTestFinished(() => kill(child));
  return child;
}

/** Stops a server and puts its process-id file back, naming another process. */
async function leavePidFile(dataDir: string, name: (cluster: string) => number | Promise<number>) {
  const server = await start(dataDir);
  const file = join(server.cluster, 'postmaster.pid');
  const lines = readFileSync(file, 'utf8').split('\n');
  await server.stop();
  const pid = await name(server.cluster);
  const { uid, gid } = statSync(server.cluster);
  writeFileSync(file, [pid, ...lines.slice(1)].join('\n'), { mode: 0o600 });
  chownSync(file, uid, gid);
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Tries until the server is there again. */
async function askUntilAnswered(url: string, sql: string) {
  for (;;) {
    const rows = await ask(url, sql).catch(() => undefined);
    if (rows) return rows;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('an embedded server', () => {
  const dataDir = temporaryFolder();

  it('listens on 127.0.0.1 only, sorts by code point and keeps a private random password', async () => {
    const server = await start(dataDir);
    const [settings] = await ask(
      server.url,
      `select current_setting('listen_addresses') as addresses,
                current_setting('unix_socket_directories') as sockets,
                current_setting('server_version_num')::int / 10000 as major,
                'é' ~ '[[:alpha:]]' as letters, 'Z' < 'a' as code_points`,
    );
    expect(settings).toEqual({
      addresses: '127.0.0.1',
      sockets: '',
      major: 18,
      letters: true,
      code_points: true,
    });
    const password = join(server.cluster, 'switchboard-password');
    expect(statSync(password).mode & 0o777).toBe(0o600);
    expect(readFileSync(password, 'utf8')).toMatch(/^[0-9a-f]{48}$/);
    const wrong = server.url.replace(/:[0-9a-f]{48}@/, ':wrong@');
    await expect(ask(wrong, 'select 1')).rejects.toThrow(/password authentication failed/);
  });

  it('keeps the values of failed statements out of its log', async () => {
    const server = await start(dataDir);
    await ask(server.url, `create table phones (number text primary key)`);
    await ask(server.url, `insert into phones values ('+12125550123')`);
    for (const sql of [
      `insert into phones values ('+12125550123')`,
      `select '+12125550123'::uuid`,
    ]) {
      await expect(ask(server.url, sql)).rejects.toThrow();
    }
    await server.stop();
    const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toContain('database system is ready');
    expect(log).not.toContain('5550123');
  });

  it('is found again with its data, and is not there for workers while it is stopped', async () => {
    const first = await start(dataDir);
    await ask(first.url, 'create table kept (n int); insert into kept values (7)');
    expect((await attachEmbedded(dataDir)).url).toBe(first.url);
    await first.stop();
    await expect(attachEmbedded(dataDir)).rejects.toThrow(/No embedded database is running/);
    const second = await start(dataDir);
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
    await second.stop();
  });

  it('refuses a second owner, naming the first one, and lets workers attach', async () => {
    const { child, told } = await startInChild(dataDir);
    await expect(start(dataDir)).rejects.toThrow(
      `is already in use by another Switchboard (process ${child.pid})`,
    );
    const { url } = await attachEmbedded(dataDir);
    expect(url).toBe(told.url);
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await stop(child);
    await expect(ask(url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('is taken over when its owner was killed', async () => {
    const { child, told } = await startInChild(dataDir);
    await ask(told.url, 'create table orphan as select 1 as n');
    await kill(child);
    const server = await start(dataDir);
    expect(server).toMatchObject({ adopted: true, url: told.url });
    expect(server.pid()).toBe(told.serverPid);
    expect(await ask(server.url, 'select n from orphan')).toEqual([{ n: 1 }]);
    await server.stop();
    await expect(attachEmbedded(dataDir)).rejects.toThrow(/No embedded database/);
  });

  it('comes back on the same port when the server itself is killed under a living owner', async () => {
    const server = await start(dataDir, true);
    await ask(server.url, 'create table survivor as select 2 as n');
    const before = server.pid();
    process.kill(before, 'SIGKILL');
    expect(await askUntilAnswered(server.url, 'select n from survivor')).toEqual([{ n: 2 }]);
    expect(server.pid()).not.toBe(before);
    await server.stop();
  });

  it('recovers what was committed when owner and server were both killed', async () => {
    const { child, told } = await startInChild(dataDir);
    await ask(told.url, 'create table recovered as select 3 as n');
    process.kill(told.serverPid, 'SIGKILL');
    await kill(child);
    const server = await start(dataDir);
    expect(await ask(server.url, 'select n from recovered')).toEqual([{ n: 3 }]);
    await server.stop();
  });

  it('does not mind a process-id file that names no process', async () => {
    await leavePidFile(dataDir, () => 4_194_303);
    const again = await start(dataDir);
    expect(await ask(again.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('does not mind a process-id file that names another program of the same user', async () => {
    await leavePidFile(dataDir, (cluster) => {
      const other = spawnAsOwner(cluster, 'exec sleep 60');
      return other.pid as number;
    });
    const again = await start(dataDir);
    expect(await ask(again.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it.runIf(process.platform === 'linux')('does not mind a zombie', async () => {
    await leavePidFile(dataDir, async (cluster) => {
      // the shell starts a child and becomes a program that never reaps it; the child ends when its input does
      const keeper = spawnAsOwner(cluster, 'cat <&3 >&2 & echo $!; exec sleep 60');
      const [text] = await once(keeper.stdout as Readable, 'data');
      const pid = Number(String(text).trim());
      const stat = (id: number | undefined) => readFileSync(`/proc/${id}/stat`, 'utf8');
      await until(() => stat(keeper.pid).includes('(sleep)'));
      (keeper.stdio[3] as Writable).end();
      await until(() => stat(pid).includes(' Z '));
      return pid;
    });
    const again = await start(dataDir);
    expect(await ask(again.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('says how to move when another major version wrote the cluster, and changes nothing', async () => {
    const server = await start(dataDir);
    await server.stop();
    const file = join(server.cluster, 'PG_VERSION');
    writeFileSync(file, '16\n');
    await expect(start(dataDir)).rejects.toThrow(
      /written by PostgreSQL 16; this installation runs PostgreSQL 18.*Nothing was changed/s,
    );
    writeFileSync(file, '18\n');
    await (await start(dataDir)).stop();
  });
});

describe('two starts at once on an empty data folder', () => {
  const dataDir = temporaryFolder();

  it('give one owner; the other is told so', async () => {
    const both = await Promise.all([startInChild(dataDir), startInChild(dataDir)]);
    const owners = both.filter(({ told }) => told.error === undefined);
    const refused = both.filter(({ told }) => told.error !== undefined);
    expect(owners).toHaveLength(1);
    expect(refused[0]?.told.error).toContain(
      `is already in use by another Switchboard (process ${owners[0]?.child.pid})`,
    );
  });
});

describe.runIf(userInfo().uid === 0)('started by root', () => {
  const dataDir = temporaryFolder();

  it('hands the server and its files to another user', async () => {
    const server = await start(dataDir);
    expect(statSync(server.cluster).uid).not.toBe(0);
    expect(readFileSync(`/proc/${server.pid()}/status`, 'utf8')).toMatch(
      new RegExp(`^Uid:\\s+${statSync(server.cluster).uid}\\b`, 'm'),
    );
    await server.stop();
  });
});
