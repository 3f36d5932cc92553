// Migrations: they agree with the models, two processes may apply them at once, and a history that does not fit is refused.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { applyMigrations, diffModels } from '#platform/db/index.ts';
import { MIGRATIONS_FOLDER } from '#platform/db/migrations.ts';
import { bareDatabase, testServerUrl } from '#tests/support/database.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

/** Stands in for the engine that Prisma's CLI would download. */
const ENGINE = fileURLToPath(
  new URL('../../../../shared/tools/schema-engine.mjs', import.meta.url),
);
const engineIsHere = existsSync(ENGINE);
if (!engineIsHere) console.warn('SKIPPED: the ordinary Prisma CLI (../shared/tools is not here).');

const run = promisify(execFile);
const root = join(MIGRATIONS_FOLDER, '../..');
const names = readdirSync(MIGRATIONS_FOLDER).filter((name) => /^\d/.test(name));
const folders = temporaryFolder();
const databases = {
  twice: await bareDatabase(),
  changed: await bareDatabase(),
  failing: await bareDatabase(),
  bodies: await bareDatabase(),
  killed: await bareDatabase(),
  begun: await bareDatabase(),
  foreign: await bareDatabase(),
  served: await bareDatabase(),
  deployed: await bareDatabase(),
};

async function ask(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return (await client.query(sql).finally(() => client.end())).rows;
}

/** A migrations folder of this test's own. */
function folderWith(name: string, migrations: Record<string, string>): string {
  const folder = join(folders, name);
  mkdirSync(folder, { recursive: true });
  cpSync(join(MIGRATIONS_FOLDER, 'migration_lock.toml'), join(folder, 'migration_lock.toml'));
  for (const [migration, sql] of Object.entries(migrations)) {
    mkdirSync(join(folder, migration), { recursive: true });
    writeFileSync(join(folder, migration, 'migration.sql'), sql);
  }
  return folder;
}

describe('the migrations', () => {
  it('lead to exactly the tables that the models describe', async () => {
    expect(await diffModels(testServerUrl())).toBe('');
  });

  it('are applied once when two processes start at the same time', async () => {
    const env = { ...process.env, DATABASE_URL: databases.twice };
    const migrate = () => run(process.execPath, ['scripts/migrate.ts'], { cwd: root, env });
    const told = (await Promise.all([migrate(), migrate()])).map(({ stdout }) => stdout.trim());
    expect(told.sort()).toEqual([`Applied: ${names.join(', ')}`, 'Nothing to apply.']);
    const rows = await ask(
      databases.twice,
      'select migration_name as name from _prisma_migrations order by started_at',
    );
    expect(rows.map(({ name }) => name)).toEqual(names);
  });

  it('are refused when an applied one was changed, or is unknown', async () => {
    const [one, two] = ['20260101000000_one', '20260102000000_two'];
    const first = { [one]: 'create table one (n int);', [two]: 'create table two (n int);' };
    const folder = folderWith('first', first);
    expect(await applyMigrations(databases.changed, { folder })).toEqual([one, two]);
    expect(await applyMigrations(databases.changed, { folder })).toEqual([]);
    const changed = folderWith('changed', { ...first, [one]: 'create table one (n bigint);' });
    await expect(applyMigrations(databases.changed, { folder: changed })).rejects.toThrow(
      `Migration ${one} was changed after it had been applied`,
    );
    const fewer = folderWith('fewer', { [one]: first[one] as string });
    await expect(applyMigrations(databases.changed, { folder: fewer })).rejects.toThrow(
      `has the migration ${two}, which this version of Switchboard does not know`,
    );
  });

  it('leave nothing of one that fails, and go on with it when its cause is mended', async () => {
    const name = '20260101000000_half';
    const folder = folderWith('failing', {
      [name]: 'create table half (n int);\ninsert into half values (1 / 0);',
    });
    await expect(applyMigrations(databases.failing, { folder })).rejects.toThrow(
      /division by zero/,
    );
    expect(await ask(databases.failing, `select to_regclass('half') as half`)).toEqual([
      { half: null },
    ]);
    await expect(applyMigrations(databases.failing, { folder })).rejects.toThrow(
      `Migration ${name} failed, and nothing of it stays: division by zero`,
    );
    const mended = folderWith('failing', { [name]: 'create table half (n int);' });
    expect(await applyMigrations(databases.failing, { folder: mended })).toEqual([name]);
  });

  it('leave nothing of one whose process dies in it: the next start applies it', async () => {
    const name = '20260101000000_long';
    const folder = folderWith('killed', {
      [name]: `create table long (n int); select pg_advisory_lock(4711); select pg_advisory_unlock(4711);`,
    });
    const holder = new pg.Client({ connectionString: databases.killed });
    await holder.connect();
    await holder.query('select pg_advisory_lock(4711)');
    const script = new URL('migrate-child.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [script, databases.killed, folder], { stdio: 'ignore' });
    const waits = async () =>
      (await holder.query(`select pid from pg_locks where objid = 4711 and not granted`)).rowCount;
    await expect.poll(waits, { timeout: 30_000 }).toBe(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await holder.query('select pg_advisory_unlock(4711)');
    await expect.poll(waits).toBe(0);
    await holder.end();
    expect(await applyMigrations(databases.killed, { folder })).toEqual([name]);
  });

  it('say how to go on where one was begun by another tool and did not end', async () => {
    const [one, two] = ['20260101000000_one', '20260102000000_two'];
    const scripts = { [one]: 'create table one (n int);', [two]: 'create table two (n int);' };
    const folder = folderWith('begun', scripts);
    await applyMigrations(databases.begun, {
      folder: folderWith('begins', { [one]: scripts[one] as string }),
    });
    await ask(
      databases.begun,
      `insert into _prisma_migrations (id, checksum, migration_name) values ('begun', '', '${two}')`,
    );
    await expect(applyMigrations(databases.begun, { folder })).rejects.toThrow(
      `npm run migrate -- again ${two}`,
    );
    const env = { ...process.env, DATABASE_URL: databases.begun };
    const again = (name: string) =>
      run(process.execPath, ['scripts/migrate.ts', 'again', name], { cwd: root, env });
    await expect(again(one)).rejects.toThrow('did not end');
    await again(two);
    expect(await applyMigrations(databases.begun, { folder })).toEqual([two]);
  });

  it('are refused by a database that has tables of somebody else', async () => {
    await ask(databases.foreign, 'create table theirs (n int)');
    await expect(applyMigrations(databases.foreign)).rejects.toThrow('not empty');
  });

  it('may hold functions with semicolons in their bodies', async () => {
    const folder = folderWith('bodies', {
      '20260101000000_body':
        'create function four() returns int language plpgsql as $$ declare n int; begin n := 4; return n; end $$;',
    });
    await applyMigrations(databases.bodies, { folder });
    expect(await ask(databases.bodies, 'select four()')).toEqual([{ four: 4 }]);
  });
});

describe.skipIf(!engineIsHere)('the ordinary Prisma CLI', () => {
  /** `npx prisma migrate <verb>` on a database, with this Node. */
  async function prisma(verb: string, url: string): Promise<string> {
    const { stdout } = await run(
      process.execPath,
      ['node_modules/prisma/build/index.js', 'migrate', verb],
      {
        cwd: root,
        env: {
          ...process.env,
          PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
          DATABASE_URL: url,
          PRISMA_SCHEMA_ENGINE_BINARY: ENGINE,
          CHECKPOINT_DISABLE: '1',
        },
      },
    );
    return stdout;
  }

  it('finds a database that the server migrated up to date, and deploys nothing', {
    timeout: 60_000,
  }, async () => {
    expect(await applyMigrations(databases.served)).toEqual(names);
    expect(await prisma('status', databases.served)).toContain('Database schema is up to date!');
    expect(await prisma('deploy', databases.served)).toContain('No pending migrations to apply.');
  });

  it('deploys the same: the server then finds nothing to apply, and the models fit', {
    timeout: 60_000,
  }, async () => {
    expect(await prisma('deploy', databases.deployed)).toContain(
      'All migrations have been successfully applied.',
    );
    expect(await applyMigrations(databases.deployed)).toEqual([]);
    const rows = await ask(
      databases.deployed,
      'select migration_name as name from _prisma_migrations order by started_at',
    );
    expect(rows.map(({ name }) => name)).toEqual(names);
  });
});
