// Runs once around all tests: an embedded PostgreSQL for each worker in a temporary folder, with a migrated template
// database that every test file clones.
import { chownSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { copyTree } from '#platform/db/copy-tree.ts';
import {
  applyMigrations,
  type EmbeddedPostgres,
  ensureEpoch,
  openDb,
  startEmbeddedPostgres,
} from '#platform/db/index.ts';
import { openJobs } from '#platform/jobs/index.ts';
import type { Log } from '#platform/log/index.ts';
import { jobDefinitions } from '../../src/reactions.ts';
import { TEMPLATE, withDatabase } from './template.ts';
import { makeFolder, removeLeftFolders } from './temporary-folder.ts';

let servers: EmbeddedPostgres[] = [];

/** Migrates the template in a new cluster. */
async function makeTemplate(url: string, log: Log): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const template = withDatabase(url, TEMPLATE);
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
  // its last connection may still stand when the cluster stops, of which nobody need be told
  const unheard = pino({ level: 'silent' });
  await (await openJobs({ db, log: unheard, definitions: jobDefinitions })).stop();
  await db.close();
}

/** Copies a cluster that is stopped. Answers the folder to start the copy in. */
function copyCluster(cluster: string): string {
  const dataDir = makeFolder();
  const copy = join(dataDir, 'postgres');
  copyTree(cluster, copy, () => 'copy');
  const { uid, gid } = statSync(cluster);
  const names = readdirSync(copy, { recursive: true, encoding: 'utf8' });
  if (uid !== process.getuid?.()) {
    for (const name of ['', ...names]) chownSync(join(copy, name), uid, gid);
  }
  return dataDir;
}

/** Starts a cluster for each worker: one is made, the others are its copies. */
export async function setup(project: TestProject): Promise<void> {
  removeLeftFolders();
  const log = pino({ level: 'warn' });
  const start = (dataDir: string) => startEmbeddedPostgres({ dataDir, log, durable: false });
  const first = await start(makeFolder());
  await makeTemplate(first.url, log);
  await first.stop();
  const copies = Array.from({ length: project.config.maxWorkers - 1 }, () =>
    copyCluster(first.cluster),
  );
  servers = await Promise.all([first.dataDir, ...copies].map(start));
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
