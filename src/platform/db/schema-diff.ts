// Compares the models (prisma/schema.prisma, prisma/models) with the migrations, and writes new migrations.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listMigrations, MIGRATIONS_FOLDER, NO_FILTERS } from './migrations.ts';
import { withSchemaEngine } from './schema-engine.ts';

const SCHEMA_FOLDER = join(MIGRATIONS_FOLDER, '..');

function readModels(): { path: string; content: string }[] {
  return readdirSync(SCHEMA_FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.prisma'))
    .sort()
    .map((path) => ({
      path: join(SCHEMA_FOLDER, path),
      content: readFileSync(join(SCHEMA_FOLDER, path), 'utf8'),
    }));
}

/**
 * The SQL that leads from the migrations to the models; empty when they agree.
 * @param url a server with a role that may create databases: the migrations are played into a shadow database.
 */
export async function diffModels(url: string): Promise<string> {
  const result = await withSchemaEngine(url, (engine) =>
    engine.diff({
      from: { tag: 'migrations', ...listMigrations(MIGRATIONS_FOLDER) },
      to: { tag: 'schemaDatamodel', files: readModels() },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    }),
  );
  return result.exitCode === 0 ? '' : (result.stdout ?? '');
}

/**
 * Writes a migration that brings the migrations to the models.
 * @param name what changes, in words: lower-case letters, digits and dashes or underscores.
 * @returns the new file, or undefined when models and migrations agree.
 */
export async function writeMigration(
  url: string,
  name: string,
  at: Date,
): Promise<string | undefined> {
  if (!/^[a-z0-9][a-z0-9_-]{0,60}$/.test(name)) {
    throw new Error(
      `"${name}" cannot name a migration: use 1 to 61 lower-case letters, digits, "-" or "_", such as add-tag-colour.`,
    );
  }
  const sql = await diffModels(url);
  if (!sql) return undefined;
  const stamp = at.toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(MIGRATIONS_FOLDER, `${stamp}_${name.replaceAll('-', '_')}`);
  mkdirSync(folder);
  const file = join(folder, 'migration.sql');
  writeFileSync(file, sql);
  return file;
}
