// Runs once around all tests: one embedded PostgreSQL in a temporary folder with a migrated template database, which
// every test file clones.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import {
  applyMigrations,
  type EmbeddedPostgres,
  ensureEpoch,
  startEmbeddedPostgres,
} from '#platform/db/index.ts';

/** The migrated database that fresh ones are cloned from. */
export const TEMPLATE = 'switchboard_template';

declare module 'vitest' {
  interface ProvidedContext {
    /** connection string of the test cluster's `switchboard` database, with a role that may create databases */
    testServerUrl: string;
  }
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

let server: EmbeddedPostgres;

/** Starts the server and migrates the template. */
export async function setup(project: TestProject): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'switchboard-tests-'));
  chmodSync(dataDir, 0o755);
  const log = pino({ level: 'warn' });
  server = await startEmbeddedPostgres({ dataDir, log, durable: false });
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const template = withDatabase(server.url, TEMPLATE);
  await applyMigrations(template);
  const client = new pg.Client({ connectionString: template });
  await client.connect();
  await ensureEpoch(client);
  await client.end();
  project.provide('testServerUrl', server.url);
}

/** Stops the server and removes its folder. */
export async function teardown(): Promise<void> {
  await server.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
}
