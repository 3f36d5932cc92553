// A database that is started together with this process may take connections later than we ask: it is waited for, with
// growing pauses and for a bounded time. What waiting cannot mend (a wrong password, no such database) is told at once.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '#platform/log/index.ts';
import { countMissing } from './migrations.ts';
import { DatabaseIsStandby, isDatabaseUnavailable } from './unavailable.ts';

export interface Waiting {
  /** how long at most; 0 = ask once */
  seconds: number;
  /** what must be there: only the database, or also every migration of this version, which another process applies */
  until?: 'CONNECTED' | 'MIGRATED';
  /** ends the waiting early: what is thrown then is the reason of the last try */
  signal?: AbortSignal;
  /** given by tests: monotonic milliseconds, and a pause */
  now?: () => number;
  pause?: (ms: number) => Promise<unknown>;
}

/** A server that is only slow to accept is as good as one that does not. */
const CONNECT_WITHIN_MS = 5_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

/** The database is there, its tables are not yet those of this version. */
class NotMigrated extends Error {
  override name = 'NotMigrated';
  constructor(missing: number) {
    super(
      `The database lacks ${missing} of this version's migrations: start the server, or run npm run migrate.`,
    );
  }
}

/**
 * Resolves when a database takes connections and writes. Each pause is told in the log: which database, what it answered.
 * @param url an address; of it only host and name are ever told
 * @throws the last try's reason when the time is over; at once what waiting cannot mend
 */
export async function awaitDatabase(url: string, log: Log, waiting: Waiting): Promise<void> {
  const { seconds, until = 'CONNECTED', signal, now = () => performance.now() } = waiting;
  const { pause = (ms) => sleep(ms, undefined, { signal }).catch(() => {}) } = waiting;
  const end = now() + seconds * 1_000;
  for (let pauses = 0; ; pauses += 1) {
    try {
      await look(url, until);
      if (pauses > 0) log.info({ database: nameDatabase(url) }, 'the database is there');
      return;
    } catch (error) {
      const left = end - now();
      const mayPass = isDatabaseUnavailable(error) || error instanceof NotMigrated;
      if (!mayPass || left <= 0 || signal?.aborted) throw error;
      const ms = Math.min(FIRST_PAUSE_MS * 2 ** pauses, LONGEST_PAUSE_MS, left);
      const { message: reason } = error as Error;
      const told = { database: nameDatabase(url), reason, triesAgainInMs: Math.round(ms) };
      log.warn({ ...told, givesUpInSeconds: Math.ceil(left / 1_000) }, 'waiting for the database');
      await pause(ms);
    }
  }
}

/** Host, port and name: an address without user and password. */
export function nameDatabase(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

async function look(url: string, until: Waiting['until']): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'switchboard start',
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
  });
  // its end is told by what is asked of it
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ standby: boolean }>(
      'select pg_is_in_recovery() as standby',
    );
    if (rows[0]?.standby) throw new DatabaseIsStandby();
    const missing = until === 'MIGRATED' ? await countMissing(client) : 0;
    if (missing > 0) throw new NotMigrated(missing);
  } finally {
    await client.end().catch(() => {});
  }
}
