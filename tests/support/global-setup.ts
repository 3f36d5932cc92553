// Runs once around all tests: an embedded PostgreSQL for each worker in a temporary folder, with a migrated template
// database that every test file clones.
import { rmSync } from 'node:fs';
import pg from 'pg';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import {
  applyMigrations,
  type EmbeddedPostgres,
  ensureEpoch,
  openDb,
  startEmbeddedPostgres,
} from '#platform/db/index.ts';
import { openJobs } from '#platform/jobs/index.ts';
import { jobDefinitions } from '../../src/reactions.ts';
import { TEMPLATE, withDatabase } from './template.ts';
import { makeFolder, removeLeftFolders } from './temporary-folder.ts';

let servers: EmbeddedPostgres[] = [];

/** Starts a cluster and migrates its template. */
async function startCluster(): Promise<EmbeddedPostgres> {
  const dataDir = makeFolder();
  const log = pino({ level: 'warn' });
  const server = await startEmbeddedPostgres({ dataDir, log, durable: false });
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
  // with the queues in place a server starts as it does any but its first time
  const db = await openDb({
    url: template,
    applicationName: 'switchboard tests',
    poolSize: 2,
    log,
  });
  await (await openJobs({ db, log, definitions: jobDefinitions })).stop();
  await db.close();
  return server;
}

/** Starts a cluster for each worker. */
export async function setup(project: TestProject): Promise<void> {
  removeLeftFolders();
  servers = await Promise.all(
    Array.from({ length: project.config.maxWorkers }, () => startCluster()),
  );
  project.provide(
    'testServerUrls',
    servers.map(({ url }) => url),
  );
}

/** Stops the clusters and removes their folders. */
export async function teardown(): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
  for (const { dataDir } of servers) rmSync(dataDir, { recursive: true, force: true });
}
