// One PostgreSQL server process on a cluster: finds the one that runs, starts one, ends one. It copes with what a
// kill -9 leaves: a server that outlived its parent, a stale or reused process id, a zombie that nobody reaps.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Binaries } from './embedded-binaries.ts';
import { EMBEDDED_ROLE, readPassword } from './embedded-cluster.ts';
import type { DatabaseUser } from './embedded-user.ts';

const START_PATIENCE_MS = 60_000;
const POLL_MS = 15;
const LOG_LIMIT_BYTES = 10_000_000;

/** A server process: its id and TCP port on 127.0.0.1. */
export interface Running {
  pid: number;
  port: number;
}

/** What it takes to run a server on a cluster. */
export interface ServerSetup {
  cluster: string;
  binaries: Binaries;
  user: DatabaseUser | undefined;
  /** `-c` settings, as `name=value` */
  settings: string[];
}

/** The connection string of a database in the embedded cluster. */
export function embeddedUrl(cluster: string, port: number, database: string): string {
  return `postgresql://${EMBEDDED_ROLE}:${readPassword(cluster)}@127.0.0.1:${port}/${database}`;
}

/** Is the process really running? A zombie answers signals but is dead. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return !/^\d+ \(.*\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

/** Could this live process be the cluster's server? A reused process id belongs to another program. */
function looksLikeServer(pid: number): boolean {
  if (process.platform === 'win32') return true;
  try {
    const command =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]
        : spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
    return /postgres/.test(command ?? '');
  } catch {
    return false; // it ended at this moment
  }
}

interface PidFile {
  text: string;
  pid: number;
  port: number;
  ready: boolean;
}

function readPidFile(cluster: string): PidFile | undefined {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  return {
    text,
    pid: Number(lines[0]),
    port: Number(lines[3] ?? 0),
    ready: (lines[7] ?? '').trim() === 'ready',
  };
}

/** The server that is up on this cluster now and says it is ready; `busy` when one is starting or stopping. */
export function findRunning(cluster: string): Running | 'busy' | undefined {
  const found = readPidFile(cluster);
  if (!found?.pid || !isAlive(found.pid) || !looksLikeServer(found.pid)) return undefined;
  return found.ready && found.port > 0 ? { pid: found.pid, port: found.port } : 'busy';
}

/** Removes a process-id file that belongs to no server; PostgreSQL itself would take a zombie for a live one. */
function clearStalePidFile(cluster: string): void {
  const found = readPidFile(cluster);
  if (!found || findRunning(cluster)) return;
  if (readPidFile(cluster)?.text === found.text) {
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
  }
}

/** A TCP port of 127.0.0.1 that is free at this moment. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** PostgreSQL's own messages go to a file beside the cluster, which survives this process. */
function openLog(cluster: string): { path: string; fd: number; from: number } {
  const path = join(dirname(cluster), 'postgres.log');
  if (existsSync(path) && statSync(path).size > LOG_LIMIT_BYTES) renameSync(path, `${path}.old`);
  const fd = openSync(path, 'a', 0o600);
  return { path, fd, from: statSync(path).size };
}

function spawnServer(
  setup: ServerSetup,
  port: number,
): { child: ChildProcess; said: () => string } {
  const { cluster, binaries, user } = setup;
  const log = openLog(cluster);
  const settings = setup.settings.flatMap((setting) => ['-c', setting]);
  const child = spawn(
    binaries.postgres,
    ['-D', cluster, '-p', String(port), '-h', '127.0.0.1', '-k', '', ...settings],
    {
      ...(user && { uid: user.uid, gid: user.gid }),
      cwd: '/',
      detached: true, // Ctrl-C goes to a whole process group; the database must outlast our own shutdown
      stdio: ['ignore', log.fd, log.fd],
    },
  );
  child.once('error', () => {}); // seen below as a process without an id
  closeSync(log.fd);
  const said = () => readFileSync(log.path).subarray(log.from).toString('utf8').slice(-4_000);
  return { child, said };
}

/**
 * Finds or starts the server of a cluster and waits until it takes connections.
 * @param fixedPort the port it must have; otherwise any free one.
 * @throws with PostgreSQL's own words when it does not come up.
 */
export async function raiseServer(
  setup: ServerSetup,
  fixedPort?: number,
): Promise<Running & { adopted: boolean }> {
  const deadline = performance.now() + START_PATIENCE_MS;
  let reason = 'another server is starting or stopping there';
  while (performance.now() < deadline) {
    const running = findRunning(setup.cluster);
    if (running === 'busy') {
      await pause(POLL_MS);
      continue;
    }
    if (running) return { ...running, adopted: true };
    clearStalePidFile(setup.cluster);
    const port = fixedPort ?? (await findFreePort());
    const { child, said } = spawnServer(setup, port);
    const { pid } = child;
    while (pid && child.exitCode === null && child.signalCode === null) {
      const up = readPidFile(setup.cluster);
      if (up?.pid === pid && up.ready) {
        child.unref();
        return { pid, port, adopted: false };
      }
      await pause(POLL_MS);
    }
    reason = pid ? said().trim() : 'the program could not be started';
    const passing =
      /Address already in use|lock file .* already exists|is still in use|pre-existing shared memory/;
    if (!passing.test(reason)) break;
    await pause(100);
  }
  throw new Error(`The embedded database in ${setup.cluster} did not start: ${reason}`);
}

/** Asks for a fast shutdown (sessions end, a checkpoint is written) and waits until the process is gone. */
export async function stopServer(setup: Pick<ServerSetup, 'cluster' | 'binaries'>, pid: number) {
  if (process.platform === 'win32') {
    const program = join(dirname(setup.binaries.postgres), 'pg_ctl.exe');
    spawnSync(program, ['stop', '-m', 'fast', '-w', '-D', setup.cluster]);
    return;
  }
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  while (isAlive(pid)) await pause(POLL_MS);
}

/** Makes a database in the cluster unless it exists. */
export async function ensureDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (rowCount) return;
  await client.query(`create database ${pg.escapeIdentifier(name)}`);
}
