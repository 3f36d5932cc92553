// A platform of which a part cannot be opened leaves nothing open.
import pg from 'pg';
import { expect, it } from 'vitest';
import { readConfig } from '#platform/config/index.ts';
import { openLog } from '#platform/log/index.ts';
import { openPlatform } from '../src/open-platform.ts';
import { bareDatabase } from './support/database.ts';
import { TEMPLATE } from './support/template.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

it('closes the database and the log of events when the jobs cannot be opened', async () => {
  const databaseUrl = await bareDatabase(TEMPLATE);
  const visitor = new pg.Client({ connectionString: databaseUrl });
  await visitor.connect();
  // the queue's tables are somebody else's
  await visitor.query('drop schema if exists pgboss cascade');
  await visitor.query('create schema pgboss; create table pgboss.version (strange text)');
  const opening = openPlatform({
    config: readConfig({ DATA_DIR: temporaryFolder(), DATABASE_URL: databaseUrl }),
    log: openLog({ level: 'silent', name: 'test', showPersonalData: false }),
    databaseUrl,
    name: 'test',
  });
  await expect(opening).rejects.toThrow();
  const others = `select application_name from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  await expect
    .poll(async () => (await visitor.query(others)).rows, { timeout: 10_000 })
    .toEqual([]);
  await visitor.end();
});
