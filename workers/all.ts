// Entry of a worker beside the server (WORKERS=apart): reactions, jobs and the carrier sweep, all of it or the share that
// its arguments name. Any number may run. It waits for its database, and follows the embedded one to its new address when
// the server is started anew.
import { setTimeout as pause } from 'node:timers/promises';
import { readArguments, readConfig, refuseArguments } from '#platform/config/index.ts';
import { awaitMigrated, findDatabase, isDatabaseUnavailable } from '#platform/db/index.ts';
import { type Log, openLog } from '#platform/log/index.ts';
import { openIntake } from '../src/intake.ts';
import { openPlatform } from '../src/open-platform.ts';
import { startWorkers, WORKER_NAMES, type WorkerName } from '../src/start-workers.ts';

const USAGE = `Use:
  npm run worker                a worker beside a server that has WORKERS=apart, until Ctrl+C; it takes the server's
                                DATA_DIR or DATABASE_URL, and more than one may run
  npm run worker -- <name> …    the same for a share of the work: ${WORKER_NAMES.join(', ')}`;
const LOOK_EVERY_MS = 2_000;
type Settings = ReturnType<typeof readConfig>;

const stopping = new AbortController();
const wait = () => pause(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});

/** The address of a database that is up and migrated, waited for if need be; null when the process is to stop. */
async function awaitDatabase(config: Settings, log: Log): Promise<string | null> {
  const { DATABASE_URL: databaseUrl, DATABASE_WAIT: seconds } = config;
  const { signal } = stopping;
  let told = false;
  while (!signal.aborted) {
    const url = await addressOf(config);
    if (url) {
      await awaitMigrated({ databaseUrl }, url, log, { seconds, signal }).catch((error) => {
        if (!signal.aborted) throw error;
      });
      return signal.aborted ? null : url;
    }
    if (!told) log.warn({ dataDir: config.DATA_DIR }, 'waiting for the database of the server');
    told = true;
    await wait();
  }
  return null;
}

function addressOf(config: Settings): Promise<string | null> {
  const database = { databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR };
  return findDatabase(database).catch(() => null);
}

/** The workers that the arguments name; without any, all of them. */
function readNames(): WorkerName[] {
  const given = readArguments(USAGE, { words: WORKER_NAMES.length });
  const names = WORKER_NAMES.filter((name) => given.includes(name));
  const unknown = given.find((one) => !names.some((name) => name === one));
  if (unknown) refuseArguments(`There is no worker ${unknown}.`, USAGE);
  return names.length > 0 ? names : WORKER_NAMES;
}

/** Works until the process is to stop, or the database has moved. */
async function work(
  config: Settings,
  log: Log,
  databaseUrl: string,
  names: readonly WorkerName[],
): Promise<void> {
  const platform = await openPlatform({ config, log, databaseUrl, name: 'worker' });
  const intake = openIntake(platform);
  try {
    const workers = await startWorkers(platform, names, { intake });
    log.info({ workers: names }, 'the worker is up');
    let moved = false;
    while (!stopping.signal.aborted && !moved) {
      await wait();
      const now = await addressOf(config);
      moved = now !== null && now !== databaseUrl;
    }
    if (moved) log.info('the database has moved; the worker follows it');
    await workers.stop();
  } finally {
    await intake.stop();
    await platform.close();
  }
}

/** As above, but where the database goes away while the worker starts, it is waited for once more. */
async function workOnceUp(...how: Parameters<typeof work>): Promise<void> {
  try {
    await work(...how);
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    const [, log] = how;
    log.warn({ err: error }, 'the database went away while the worker started');
    await wait();
  }
}

async function main(): Promise<void> {
  const names = readNames();
  const config = readConfig();
  const { LOG_LEVEL: level, LOG_PERSONAL_DATA: showPersonalData } = config;
  const log = openLog({ level, name: 'worker', showPersonalData });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stopping.abort());
  }
  for (;;) {
    const url = await awaitDatabase(config, log);
    if (url === null) return;
    await workOnceUp(config, log, url, names);
    if (stopping.signal.aborted) return;
  }
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
