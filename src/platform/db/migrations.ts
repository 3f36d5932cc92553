// Brings a database to the state of prisma/migrations: compares checksums by one query, and applies what is missing. Prisma's
// engine writes into its history that a migration begins, then runs it: a process that dies between leaves a database that no
// process starts on any more. Here a migration and its row are one transaction. The history table is Prisma's own, so its
// ordinary CLI sees the same history.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { LOCKS } from './locks.ts';
import { withSchemaEngine } from './schema-engine.ts';

/** The migrations of this project. */
export const MIGRATIONS_FOLDER = join(import.meta.dirname, '../../../prisma/migrations');

/** By which the ordinary Prisma CLI takes its turn. */
const PRISMA_LOCK = 72_707_369;

/** Prisma models no external tables or enums here. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] };

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/** The folder's migrations in the shape that Prisma's engine takes. */
export function listMigrations(folder: string): MigrationList {
  const lock = join(folder, 'migration_lock.toml');
  return {
    baseDir: folder,
    shadowDbInitScript: '',
    lockfile: {
      path: 'migration_lock.toml',
      content: existsSync(lock) ? readFileSync(lock, 'utf8') : null,
    },
    migrationDirectories: readMigrations(folder).map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}

interface AppliedRow {
  name: string;
  checksum: string;
  finished: boolean;
}

async function readApplied(client: pg.Client): Promise<Map<string, AppliedRow>> {
  const { rows: found } = await client.query(`select to_regclass('_prisma_migrations') as history`);
  if (!found[0].history) return new Map();
  const { rows } = await client.query<AppliedRow>(
    `select migration_name as name, checksum, finished_at is not null as finished
       from _prisma_migrations where rolled_back_at is null order by started_at`,
  );
  return new Map(rows.map((row) => [row.name, row]));
}

/** The migrations that the database lacks, after checking those it has. */
function findMissing(migrations: Migration[], applied: Map<string, AppliedRow>): Migration[] {
  for (const { name, checksum } of migrations) {
    const row = applied.get(name);
    if (row && !row.finished) {
      throw new Error(
        `Migration ${name} was begun in this database by another tool, or by an earlier version, and did not end. It stays ` +
          `whole or not at all: run npm run migrate -- again ${name}, and start again. If that start says that something ` +
          'exists already, it stays whole: set its finished_at in _prisma_migrations, and rolled_back_at to null.',
      );
    }
    if (row && row.checksum !== checksum) {
      throw new Error(
        `Migration ${name} was changed after it had been applied to this database. Restore its migration.sql and ` +
          'write the change as a new migration (npm run migrate -- new <name>).',
      );
    }
  }
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...applied.keys()].find((name) => !known.has(name));
  if (unknown) {
    throw new Error(
      `The database has the migration ${unknown}, which this version of Switchboard does not know: it was written by a ` +
        'newer one. Run that version, or restore a backup made before the upgrade.',
    );
  }
  return migrations.filter((migration) => !applied.has(migration.name));
}

/** Has Prisma's engine make its history where there is none; it refuses a database that holds something else. */
async function makeHistory(client: pg.Client, url: string, folder: string): Promise<void> {
  const { rows } = await client.query(`select to_regclass('_prisma_migrations') as history`);
  if (rows[0].history) return;
  const migrationsList = { ...listMigrations(folder), migrationDirectories: [] };
  await withSchemaEngine(url, (engine) =>
    engine.applyMigrations({ migrationsList, filters: NO_FILTERS }),
  );
}

/** Applies one, and writes that it is, in one transaction. */
async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    const startedAt = new Date();
    await client.query('begin');
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, $4, $5, 1)`,
      [randomUUID(), checksum, name, startedAt, new Date()],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    const { message } = error as Error;
    throw new Error(`Migration ${name} failed, and nothing of it stays: ${message}`, {
      cause: error,
    });
  }
}

/**
 * Has a migration that was begun and did not end be applied at the next start.
 * @returns whether there was one of that name
 */
export async function applyAgain(url: string, name: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `update _prisma_migrations set rolled_back_at = $2
        where migration_name = $1 and finished_at is null and rolled_back_at is null`,
      [name, new Date()],
    );
    return rowCount !== 0;
  } finally {
    await client.end();
  }
}

/** True when there is nothing to do. Anything else is judged under the lock: a migration may just be on its way. */
function isCurrent(migrations: Migration[], applied: Map<string, AppliedRow>): boolean {
  return (
    applied.size === migrations.length &&
    migrations.every(({ name, checksum }) => {
      const row = applied.get(name);
      return row?.finished === true && row.checksum === checksum;
    })
  );
}

/** How many migrations of this version a database lacks; one that is under way counts as lacking. */
export async function countMissing(client: pg.Client): Promise<number> {
  const applied = await readApplied(client);
  const all = readMigrations(MIGRATIONS_FOLDER);
  return all.filter(({ name }) => !applied.get(name)?.finished).length;
}

/**
 * Applies the migrations that a database lacks; two processes at once take turns.
 * @param url the database, with a role that may create tables.
 * @returns the names of those applied now.
 * @throws when an applied migration was changed or is unknown, or a new one fails (nothing of it stays).
 */
export async function applyMigrations(
  url: string,
  options: { folder?: string } = {},
): Promise<string[]> {
  const { folder = MIGRATIONS_FOLDER } = options;
  const migrations = readMigrations(folder);
  const client = new pg.Client({
    connectionString: url,
    application_name: 'switchboard migrations',
  });
  await client.connect();
  try {
    if (isCurrent(migrations, await readApplied(client))) return [];
    await client.query('select pg_advisory_lock($1)', [LOCKS.migrations]);
    await makeHistory(client, url, folder);
    await client.query('select pg_advisory_lock($1)', [PRISMA_LOCK]);
    const missing = findMissing(migrations, await readApplied(client));
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
