// Opens the database for one process: a pool with short timeouts, Prisma over the same pool, and the epoch check.
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '#generated/prisma/client.ts';
import type { Log } from '#platform/log/index.ts';
import { ensureEpoch } from './epoch.ts';
import { runPipedTransaction } from './piped-transaction.ts';
import { nameOfPrepared } from './tenant-sql.ts';
import { type PipedTx, runTransaction, type Tx } from './transaction.ts';
import { DatabaseUnavailable, isDatabaseUnavailable } from './unavailable.ts';

/** The open database of one process. */
export interface Db {
  prisma: PrismaClient;
  /** for hot reads through tenantSql, and for what Prisma cannot say */
  pool: pg.Pool;
  url: string;
  /** see runTransaction: at most 5 s, tried again on conflicts, afterCommit callbacks */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** see runPipedTransaction: the same for SQL alone, in fewer trips */
  pipedTransaction<T>(work: (tx: PipedTx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Inputs of {@link openDb}. */
interface DbOptions {
  url: string;
  /** seen in pg_stat_activity: "switchboard server" */
  applicationName: string;
  /** connections at most */
  poolSize: number;
  log: Log;
}

// The event tail waits for the oldest writing transaction of the cluster, so none may linger. transaction_timeout exists
// from PostgreSQL 17 on; naming the settings by a query sets those that this server knows. Not by pg_settings: that view
// lists them all, which takes longer than to connect. UTC, since Prisma tells and takes times of it without saying so.
const SET_OWN = `
  select set_config(name, value, false)
    from (values ('TimeZone', 'UTC'), ('statement_timeout', '5000'),
                 ('idle_in_transaction_session_timeout', '5000'), ('transaction_timeout', '5000')) as own(name, value)
   where current_setting(name, true) is not null`;
/** a new connection knows no plans: whoever comes first waits for them */
const IDLE_MS = 600_000;

/**
 * Opens the database. Every new connection gets UTC, 5 s timeouts and the epoch check, so a reconnect after a failover begins
 * a new epoch before anything is written.
 * @throws DatabaseUnavailable when it cannot be reached or is a standby; an error naming `npm run migrate` when its tables are missing.
 */
export async function openDb(options: DbOptions): Promise<Db> {
  const { url, applicationName, poolSize, log } = options;
  let closing: Promise<void> | undefined;
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName,
    max: poolSize,
    pipeline: true, // for piped transactions; whoever waits for each answer sees no difference
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: IDLE_MS,
    keepAlive: true,
    // pg awaits the returned promise before it hands the connection out, though its types say nothing of it
    onConnect: async (client) => {
      client.on('error', (err) => {
        if (!closing) log.warn({ err }, 'a database connection was lost');
      });
      await client.query(SET_OWN);
      await ensureEpoch(client);
    },
  });
  pool.on('error', () => {}); // an idle connection that ends; told by its own listener
  // minimal: the longer forms quote the arguments, names and numbers included, in the message
  const adapter = new PrismaPg(pool, { statementNameGenerator: ({ sql }) => nameOfPrepared(sql) });
  const prisma = new PrismaClient({ adapter, errorFormat: 'minimal' });
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    if ((error as { code?: string }).code === '42P01') {
      throw new Error('The database has no tables yet. Run npm run migrate first.', {
        cause: error,
      });
    }
    if (error instanceof DatabaseUnavailable) throw error;
    throw isDatabaseUnavailable(error) ? new DatabaseUnavailable(error) : error;
  }
  return {
    prisma,
    pool,
    url,
    transaction: (work) => runTransaction(prisma, work),
    pipedTransaction: (work) => runPipedTransaction(pool, work),
    close() {
      closing ??= prisma.$disconnect().then(() => pool.end());
      return closing;
    },
  };
}
