// Which processes are alive, as the database sees it: each holds a lock on a connection of its own, which ends with the
// process. So what a killed process had in hand can be taken up at once, and nobody has to guess by the clock.
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '#platform/log/index.ts';
import { LOCKS } from './locks.ts';
import type { Db } from './open-db.ts';

/** One process among those that share a database. */
export interface Presence {
  /** names this process; never 0, and no other living process has it */
  id: number;
  /**
   * The processes that live, this one included. Ask after you have read what they hold, not before: one that came
   * meanwhile would seem dead.
   */
  alive(): Promise<ReadonlySet<number>>;
  /** Ends the presence: to the others this process is dead from then on. */
  close(): Promise<void>;
}

/** A process that says nothing for so long is dead, though its connection may seem open: a lost machine, a stopped one. */
const SILENCE_MS = 20_000;
const AGAIN_MS = 500;

const ALIVE = `
  select objid::int8::int as id from pg_locks
   where locktype = 'advisory' and classid = ${LOCKS.presence} and objsubid = 2 and granted
     and database = (select oid from pg_database where datname = current_database())`;

/**
 * Announces this process, and keeps doing so: a connection that is lost is made again, under the same id.
 * @param options.db whose database and pool are used
 * @param options.silenceMs after which a process that says nothing is dead; for tests
 */
export async function openPresence(options: {
  db: Db;
  log: Log;
  silenceMs?: number;
}): Promise<Presence> {
  const { db, log, silenceMs = SILENCE_MS } = options;
  const id = randomInt(1, 2 ** 31 - 1);
  let client: pg.Client | undefined;
  let closed = false;

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: db.url,
      application_name: 'switchboard presence',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    next.on('error', () => {}); // its end is what counts
    try {
      await next.connect();
      await next.query(`set idle_session_timeout = ${silenceMs}`);
      // waits while an earlier connection of ours still holds it
      await next.query('select pg_advisory_lock($1, $2)', [LOCKS.presence, id]);
    } catch (error) {
      await next.end().catch(() => {});
      throw error;
    }
    client = next;
    next.once('end', () => {
      client = undefined;
      if (closed) return;
      log.warn('the connection that tells of this process was lost');
      void keepTrying();
    });
  }

  async function keepTrying(): Promise<void> {
    while (!closed && !client) {
      await pause(AGAIN_MS, undefined, { ref: false });
      if (!closed) await connect().catch(() => {}); // the next round tries again
    }
    if (closed) await client?.end().catch(() => {});
  }

  await connect();
  const beat = setInterval(
    () => void client?.query('select 1').catch(() => {}),
    silenceMs / 4,
  ).unref();
  return {
    id,
    async alive() {
      const { rows } = await db.pool.query<{ id: number }>(ALIVE);
      return new Set([id, ...rows.map((row) => row.id)]);
    },
    async close() {
      closed = true;
      clearInterval(beat);
      await client?.end().catch(() => {});
    },
  };
}
