// The database that a configuration asks for: the server named by DATABASE_URL, else the embedded one of DATA_DIR.
import type { Log } from '#platform/log/index.ts';
import { awaitDatabase, nameDatabase, type Waiting } from './await-database.ts';
import { attachEmbedded, startEmbeddedPostgres } from './embedded.ts';
import { isVacant } from './embedded-cluster.ts';
import { findCluster } from './embedded-place.ts';
import { applyMigrations } from './migrations.ts';
import { isDatabaseUnavailable } from './unavailable.ts';

/** The part of the configuration that this needs. */
interface DatabaseConfig {
  /** empty or absent: embedded */
  databaseUrl?: string | undefined;
  dataDir: string;
}

/** A database that is up and migrated. */
interface ProvidedDatabase {
  url: string;
  embedded: boolean;
  /** stops the embedded server; nothing for others */
  stop(): Promise<void>;
}

/** For a person at a terminal: which server could not be reached, and what to look at. */
function explain(error: unknown, databaseUrl: string | undefined): unknown {
  if (!databaseUrl || !isDatabaseUnavailable(error)) return error;
  return new Error(
    `The database that DATABASE_URL names (${nameDatabase(databaseUrl)}) cannot be reached: ${(error as Error).message}. ` +
      'Check that it runs and accepts connections from here, or unset DATABASE_URL for the embedded one.',
    { cause: error },
  );
}

/**
 * Brings the database up and its tables up to date: for the server, which owns the embedded cluster.
 * @param waiting how long one that DATABASE_URL names is waited for
 * @throws with what to do when it cannot be started, reached or migrated.
 */
export async function provideDatabase(
  config: DatabaseConfig,
  log: Log,
  waiting: Waiting = { seconds: 0 },
): Promise<ProvidedDatabase> {
  const { databaseUrl, dataDir } = config;
  const own = databaseUrl ? undefined : await startEmbeddedPostgres({ dataDir, log });
  const url = own?.url ?? (databaseUrl as string);
  const stop = async () => own?.stop();
  try {
    if (databaseUrl) await awaitDatabase(databaseUrl, log, waiting);
    const applied = await applyMigrations(url);
    if (applied.length > 0) {
      log.info({ applied: applied.length, last: applied.at(-1) }, 'migrations applied');
    }
  } catch (error) {
    await stop();
    throw explain(error, databaseUrl);
  }
  return { url, embedded: own !== undefined, stop };
}

/**
 * For a process beside the server, which may have been started before it: resolves when a database is up and the server
 * has brought its tables to this version.
 * @param url as findDatabase tells it
 * @throws with what to do when the time is over, or at once when waiting would not help.
 */
export async function awaitMigrated(
  { databaseUrl }: Pick<DatabaseConfig, 'databaseUrl'>,
  url: string,
  log: Log,
  waiting: Waiting,
): Promise<void> {
  await awaitDatabase(url, log, { ...waiting, until: 'MIGRATED' }).catch((error) => {
    throw explain(error, databaseUrl);
  });
}

/**
 * The connection string for a process beside the server, such as a worker: it neither starts nor migrates anything.
 * @throws when the embedded server is not running.
 */
export async function findDatabase(config: DatabaseConfig): Promise<string> {
  return config.databaseUrl || (await attachEmbedded(config.dataDir)).url;
}

/**
 * Runs a tool's work on the database: on the running server when there is one, else on one that is started for it and
 * stopped afterwards. Migrates nothing.
 * @param options.mayCreate true makes an embedded database where none is
 * @throws what work throws, why the embedded server cannot be started, or that there is none and what to set
 */
export async function useDatabase<T>(
  config: DatabaseConfig,
  log: Log,
  work: (url: string) => Promise<T>,
  { mayCreate = false }: { mayCreate?: boolean } = {},
): Promise<T> {
  const running = await findDatabase(config).catch(() => undefined);
  if (running) {
    return work(running).catch((error) => {
      throw explain(error, config.databaseUrl);
    });
  }
  const cluster = findCluster(config.dataDir);
  if (!mayCreate && (!cluster || isVacant(cluster))) {
    throw new Error(
      `There is no Switchboard in ${config.dataDir}. Start the server (npm start), or set the DATA_DIR that it has, or ` +
        'its DATABASE_URL.',
    );
  }
  const own = await startEmbeddedPostgres({ dataDir: config.dataDir, log });
  return work(own.url).finally(() => own.stop());
}
