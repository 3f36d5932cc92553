// Brings a database to the state of prisma/migrations: compares checksums by one query and calls Prisma's engine only when
// something is missing. The history table is Prisma's own, so its ordinary CLI sees the same history.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { LOCKS } from './locks.ts';
import { withSchemaEngine } from './schema-engine.ts';

/** The migrations of this project. */
export const MIGRATIONS_FOLDER = join(import.meta.dirname, '../../../prisma/migrations');

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
        `Migration ${name} failed part-way in this database. Look at _prisma_migrations.logs, mend the cause, then ` +
          `run npx prisma migrate resolve --rolled-back ${name} and start again.`,
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
    if (findMissing(migrations, await readApplied(client)).length === 0) return [];
    return await withSchemaEngine(url, async (engine) => {
      const migrationsList = listMigrations(folder);
      const answer = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
      return answer.appliedMigrationNames;
    });
  } finally {
    await client.end();
  }
}
