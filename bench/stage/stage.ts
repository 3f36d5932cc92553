// What every question stands on: a folder of its own, one PostgreSQL with the settings of production, and processes that
// are gone when the question is answered.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/db/index.ts';
import { type Child, startChild } from './child.ts';

/** One line of the table. */
export interface Line {
  question: string;
  aim: string;
  result: string;
  verdict: string;
}

/** A server under test, as its process introduces itself. */
export interface ServerReady {
  url: string;
  /** from the start of its process to the open port */
  startMs: number;
}

export interface Stage {
  /** a folder that is removed at the end */
  folder(name: string): string;
  /** Makes an empty database and returns its connection string. */
  database(name: string): Promise<string>;
  /** A pool on a database, closed with the question. */
  pool(url: string): pg.Pool;
  /** Starts a process of bench/processes, stopped with the question. */
  start<Ready>(name: string, setup?: object): Promise<Child<Ready>>;
  /** Starts a whole server, without sandbox unless the settings say so. */
  startServer(settings: Record<string, string>): Promise<Child<ServerReady>>;
  /** the first figure in a full run, the second with --small, the third with --large where there is one */
  size(full: number, small: number, large?: number): number;
  /** Ends the processes and pools of a question. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the stage: starts PostgreSQL in a new folder under the system's folder for temporary files. */
export async function openStage(options: { small: boolean; large: boolean }): Promise<Stage> {
  const root = mkdtempSync(join(tmpdir(), 'switchboard-bench-'));
  chmodSync(root, 0o755);
  const log = pino({ level: 'warn' });
  const closers: (() => Promise<void>)[] = [];
  const removeRoot = () => rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  // after a crash of the bench itself; PostgreSQL is told to stop by its own listener
  process.once('exit', removeRoot);
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres({
    dataDir: join(root, 'database'),
    log,
  }).catch((error) => {
    removeRoot();
    throw error;
  });
  let servers = 0;
  let closing: Promise<void> | undefined;

  const pool = (url: string): pg.Pool => {
    const opened = new pg.Pool({ connectionString: url, max: 4 });
    opened.on('error', () => {});
    closers.push(() => opened.end());
    return opened;
  };
  const start = async <Ready>(name: string, setup: object = {}): Promise<Child<Ready>> => {
    const child = await startChild<Ready>(name, setup);
    closers.push(child.stop);
    return child;
  };
  const clear = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  return {
    folder: (name) => join(root, name),
    async database(name) {
      const admin = new pg.Client({ connectionString: postgres.url });
      await admin.connect();
      await admin.query(`create database ${name}`).finally(() => admin.end());
      const url = new URL(postgres.url);
      url.pathname = `/${name}`;
      return url.href;
    },
    pool,
    start,
    startServer(settings) {
      servers += 1;
      const defaults = { PORT: '0', LOG_LEVEL: 'error', SANDBOX: 'off' };
      const DATA_DIR = join(root, `server-${servers}`);
      return start<ServerReady>('server', { ...defaults, DATA_DIR, ...settings });
    },
    size: (full, small, large = full) => (options.small ? small : options.large ? large : full),
    clear,
    close() {
      closing ??= clear().then(async () => {
        await postgres.stop();
        process.off('exit', removeRoot);
        removeRoot();
      });
      return closing;
    },
  };
}
