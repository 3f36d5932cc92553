// Backs up and restores an embedded installation: the database and everything else in DATA_DIR (recordings, keys) in one
// .tgz file. The server may run meanwhile.
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import pg from 'pg';
import type { Log } from '#platform/log/index.ts';
import { pack, unpack } from './archive.ts';
import { holdingFiles } from './backup-lock.ts';
import { copyCluster } from './copy-cluster.ts';
import { copyTree } from './copy-tree.ts';
import { findCluster, isDatabaseFile, placeCluster } from './embedded-place.ts';
import { type DatabaseUser, findDatabaseUser } from './embedded-user.ts';
import { raiseEpoch } from './epoch.ts';
import { useDatabase } from './provide-database.ts';

const MANIFEST = 'switchboard-backup.json';
const FORMAT = 1;
/** in DATA_DIR: what the demo makes anew each time, and where the server that runs is found */
const NOT_KEPT = ['demo', 'server-address'];

/** Inputs of {@link backUp} and {@link restore}. */
export interface BackupOptions {
  dataDir: string;
  /** the .tgz file */
  file: string;
  log: Log;
}

/**
 * Writes one file from which {@link restore} rebuilds the installation as it was during the call. Needs free space for
 * one uncompressed copy beside the file.
 * @param at written into the file
 * @throws when the file exists or lies inside the data folder, or there is no database.
 */
export async function backUp(options: BackupOptions & { at: Date }): Promise<void> {
  const dataDir = resolve(options.dataDir);
  const file = resolve(options.file);
  if (!relative(dataDir, file).startsWith('..')) {
    throw new Error(`${file} lies inside the data folder ${dataDir}. Write the backup elsewhere.`);
  }
  if (existsSync(file)) throw new Error(`${file} exists already. Name a new file.`);
  const cluster = findCluster(dataDir);
  if (!cluster) throw new Error(`There is no embedded database in ${dataDir}: nothing to back up.`);
  const staging = mkdtempSync(`${file}.copy-`);
  try {
    await useDatabase({ dataDir }, options.log, (url) =>
      holdingFiles(url, async () => {
        const client = new pg.Client({ connectionString: url });
        await client.connect();
        const copied = join(staging, 'postgres');
        await copyCluster(client, cluster, copied).finally(() => client.end());
        // after the database, so that every file it names is there; files are only ever added, each under its name when whole
        copyTree(dataDir, join(staging, 'data'), (name, top) =>
          (top && (isDatabaseFile(name) || NOT_KEPT.includes(name))) || name.endsWith('.part')
            ? 'leave'
            : 'copy',
        );
      }),
    );
    const manifest = { format: FORMAT, createdAt: options.at.toISOString() };
    writeFileSync(join(staging, MANIFEST), `${JSON.stringify(manifest)}\n`);
    pack(staging, file);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function giveTree(path: string, user: DatabaseUser): void {
  chownSync(path, user.uid, user.gid);
  if (!lstatSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) giveTree(join(path, name), user);
}

function readManifest(staging: string, file: string): { createdAt: string } {
  const path = join(staging, MANIFEST);
  const manifest = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  if (manifest?.format === FORMAT) return manifest;
  throw new Error(`${file} is no backup that this version of Switchboard can read.`);
}

/**
 * Rebuilds an installation from a backup file, starts its database once to prove it, and begins a new event epoch, so that
 * cursors from after the backup are told that they expired.
 * @throws when the data folder is not empty, or the file is no complete backup; nothing is left behind then.
 */
export async function restore(
  options: BackupOptions,
): Promise<{ epoch: number; createdAt: string }> {
  const { file, log } = options;
  const dataDir = resolve(options.dataDir);
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new Error(
      `${dataDir} is not empty. Stop the server, move that folder away (keep it until the restored one is proven), then ` +
        'restore again.',
    );
  }
  mkdirSync(dirname(dataDir), { recursive: true });
  const staging = mkdtempSync(`${dataDir}.restoring-`);
  try {
    unpack(resolve(file), staging);
    const { createdAt } = readManifest(staging, file);
    cpSync(join(staging, 'data'), dataDir, { recursive: true });
    const user = findDatabaseUser(undefined);
    const cluster = placeCluster(dataDir, user, log);
    cpSync(join(staging, 'postgres'), cluster, { recursive: true });
    chmodSync(cluster, 0o700);
    if (user) giveTree(cluster, user);
    const epoch = await useDatabase({ dataDir }, log, async (url) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return raiseEpoch(client, `restored from a backup of ${createdAt}`).finally(() =>
        client.end(),
      );
    });
    return { epoch, createdAt };
  } catch (error) {
    if (existsSync(dataDir)) {
      const cluster = findCluster(dataDir);
      if (cluster) rmSync(cluster, { recursive: true, force: true });
      for (const name of readdirSync(dataDir)) {
        rmSync(join(dataDir, name), { recursive: true, force: true });
      }
    }
    throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
