// A database of its own for a test file: a clone of the migrated template, dropped when the file is done.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, inject } from 'vitest';
import { type Db, openDb } from '#platform/db/index.ts';
import { TEMPLATE, withDatabase } from './template.ts';

/**
 * The cluster of this worker: its `switchboard` database, with a role that may create databases. Workers share none, since
 * the event tail waits for the oldest transaction of a whole cluster.
 */
export function testServerUrl(): string {
  const url = inject('testServerUrls')[Number(process.env.VITEST_POOL_ID) - 1];
  if (!url) throw new Error(`no cluster for worker ${process.env.VITEST_POOL_ID}`);
  return url;
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: testServerUrl() });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/**
 * An empty database without tables (or a clone of `template`), dropped at the end of the file. Call it where afterAll may
 * be called: at the top of a test file or of a describe.
 */
export async function bareDatabase(template = 'template0'): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  // as files: by the log each page would be written twice
  await administer(`create database ${name} template ${template} strategy file_copy`);
  afterAll(() => administer(`drop database if exists ${name} with (force)`));
  return withDatabase(testServerUrl(), name);
}

/**
 * An opened, migrated, empty database, closed and dropped at the end of the file:
 * `const { db, url } = await freshDatabase();` at the top of a test file or of a describe.
 */
export async function freshDatabase(
  options: { poolSize?: number } = {},
): Promise<{ db: Db; url: string }> {
  const url = await bareDatabase(TEMPLATE);
  const db = await openDb({
    url,
    applicationName: 'switchboard tests',
    poolSize: options.poolSize ?? 10,
    log: pino({ level: 'silent' }),
  });
  afterAll(() => db.close());
  return { db, url };
}
