// The embedded PostgreSQL: one cluster per data folder, owned by one Switchboard process and open to its workers. The
// owner holds an advisory lock in a session of its own, so ownership ends with the process, however it ends.
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '#platform/log/index.ts';
import { prepareBinaries } from './embedded-binaries.ts';
import { checkCluster, createCluster, isVacant } from './embedded-cluster.ts';
import { findCluster, placeCluster } from './embedded-place.ts';
import {
  embeddedUrl,
  ensureDatabase,
  findRunning,
  isAlive,
  raiseServer,
  type ServerSetup,
  stopServer,
} from './embedded-process.ts';
import { findDatabaseUser } from './embedded-user.ts';
import { LOCKS } from './locks.ts';

const DATABASE = 'switchboard';

const SETTINGS = [
  'max_connections=200',
  'shared_buffers=128MB',
  'max_wal_size=1GB',
  'wal_compression=on',
  'timezone=UTC',
  // PostgreSQL's log must not repeat personal data: no failed statements (their errors quote values; the client is told
  // anyway), and no DETAIL lines, which quote rows
  'log_min_messages=log',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
];
const UNSAFE_BUT_FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** A running embedded server that this process owns. */
export interface EmbeddedPostgres {
  /** connection string of the database `switchboard` */
  url: string;
  port: number;
  /** the process id of the server at this moment */
  pid(): number;
  /** true when the server had outlived an earlier process */
  adopted: boolean;
  dataDir: string;
  /** the folder of the cluster, inside dataDir or where the log said */
  cluster: string;
  /** fast shutdown; ends the sessions of workers too */
  stop(): Promise<void>;
}

/** Inputs of {@link startEmbeddedPostgres}. */
export interface EmbeddedOptions {
  dataDir: string;
  log: Log;
  /** false gives up crash safety for speed: for throw-away clusters of tests only */
  durable?: boolean;
}

const FIND_OWNER = `
  select split_part(a.application_name, ' ', 3)::int as pid
    from pg_locks l join pg_stat_activity a using (pid)
   where l.locktype = 'advisory' and l.granted and l.objid = $1`;

const inUse = (dataDir: string, owner: number) =>
  new Error(
    `${dataDir} is already in use by another Switchboard (process ${owner}). Stop that one first, or set another ` +
      'DATA_DIR (and PORT) for a second server; workers of the same server attach to it by themselves.',
  );

/** Takes ownership: resolves with the owning session, throws when another live process has it. */
async function own(setup: ServerSetup, port: number, dataDir: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: embeddedUrl(setup.cluster, port, 'postgres'),
    application_name: `switchboard owner ${process.pid}`,
    keepAlive: true,
  });
  client.on('error', () => {}); // 'end' follows and is acted upon
  await client.connect();
  for (;;) {
    const lock = await client.query('select pg_try_advisory_lock($1) as owned', [
      LOCKS.embeddedOwner,
    ]);
    if (lock.rows[0].owned) return client;
    const { rows } = await client.query<{ pid: number }>(FIND_OWNER, [LOCKS.embeddedOwner]);
    const owner = rows[0]?.pid;
    if (owner && (owner === process.pid || isAlive(owner))) {
      await client.end();
      throw inUse(dataDir, owner);
    }
    await pause(20); // the owner was killed, and the server is about to notice
  }
}

/**
 * Starts the embedded server of a data folder, or takes over the one that an earlier process left running, and keeps it
 * running: a server that dies is started again on the same port.
 * @throws with what to do: in use by another process, wrong major version, unreachable folder, missing programs.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { log, durable = true } = options;
  const dataDir = resolve(options.dataDir);
  const user = findDatabaseUser(findCluster(dataDir));
  const binaries = prepareBinaries(user, log);
  const cluster = placeCluster(dataDir, user, log);
  if (isVacant(cluster)) createCluster(cluster, binaries, user, durable);
  checkCluster(cluster, binaries.major);
  const settings = durable ? SETTINGS : [...SETTINGS, ...UNSAFE_BUT_FAST];
  const setup: ServerSetup = { cluster, binaries, user, settings };

  let running = await raiseServer(setup);
  let session = await own(setup, running.port, dataDir);
  const { port, adopted } = running;
  await ensureDatabase(session, DATABASE);

  let stopping = false;
  let reviving: Promise<void> | undefined;
  const revive = async () => {
    while (!stopping) {
      log.error({ cluster, port }, 'the embedded database went away: starting it again');
      try {
        running = await raiseServer(setup, port);
        session = await own(setup, port, dataDir);
        session.once('end', lose);
        log.info({ cluster, port, postgresPid: running.pid }, 'the embedded database is back');
        return;
      } catch (error) {
        log.error({ err: error }, 'the embedded database could not be started again');
        await pause(1_000);
      }
    }
  };
  const lose = () => {
    reviving = revive();
  };
  session.once('end', lose);
  const lastResort = () => {
    if (isAlive(running.pid)) process.kill(running.pid, 'SIGINT');
  };
  process.once('exit', lastResort);
  log.info({ cluster, port, postgresPid: running.pid, adopted }, 'embedded database running');

  return {
    url: embeddedUrl(cluster, port, DATABASE),
    port,
    pid: () => running.pid,
    adopted,
    dataDir,
    cluster,
    async stop() {
      if (stopping) return;
      stopping = true;
      session.off('end', lose);
      await reviving;
      await stopServer(setup, running.pid);
      process.off('exit', lastResort);
      await session.end().catch(() => {});
    },
  };
}

/** The server that is up on the cluster of a data folder. */
function locate(dataDir: string): { cluster: string; port: number } | undefined {
  const cluster = findCluster(resolve(dataDir));
  const running = cluster ? findRunning(cluster) : undefined;
  return cluster && running && running !== 'busy' ? { cluster, port: running.port } : undefined;
}

/**
 * For who is about to delete a data folder.
 * @throws naming the process, when a living one has the embedded server there; also while a server starts or stops there
 */
export async function refuseInUse(dataDir: string): Promise<void> {
  const cluster = findCluster(resolve(dataDir));
  if (cluster && findRunning(cluster) === 'busy') {
    throw new Error(
      `In ${resolve(dataDir)} a database is starting or stopping. Try again in some seconds, or set another DATA_DIR.`,
    );
  }
  const found = locate(dataDir);
  if (!found) return;
  const client = new pg.Client(embeddedUrl(found.cluster, found.port, 'postgres'));
  client.on('error', () => {}); // a server that goes away is no hindrance
  await client.connect();
  const { rows } = await client
    .query<{ pid: number }>(FIND_OWNER, [LOCKS.embeddedOwner])
    .finally(() => client.end());
  const owner = rows[0]?.pid;
  if (owner && isAlive(owner)) throw inUse(resolve(dataDir), owner);
}

/**
 * The connection string of the embedded server that another process runs on this data folder (workers, tools).
 * @throws when none is running, saying how to start one.
 */
export async function attachEmbedded(dataDir: string): Promise<{ url: string; port: number }> {
  const found = locate(dataDir);
  if (!found) {
    throw new Error(
      `No embedded database is running in ${resolve(dataDir)}. Start the server first (npm start), give the same ` +
        'DATA_DIR, or set DATABASE_URL.',
    );
  }
  return { url: embeddedUrl(found.cluster, found.port, DATABASE), port: found.port };
}
