// Makes a new cluster and checks an old one: its files, its password, its major version.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './embedded-binaries.ts';
import type { DatabaseUser } from './embedded-user.ts';

/** The role and the database that the server uses inside the embedded cluster. */
export const EMBEDDED_ROLE = 'switchboard';
const PASSWORD_FILE = 'switchboard-password';

/** Sorting by code point everywhere; letters beyond ASCII are letters to full-text search where the system knows how. */
function localeFlags(): string[] {
  const ctype = { linux: 'C.UTF-8', darwin: 'en_US.UTF-8' }[process.platform as string] ?? 'C';
  return [
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    `--lc-ctype=${ctype}`,
  ];
}

/**
 * Makes an empty cluster with a random password of its own. It is built beside its place and moved there at the end, so
 * that a crash leaves no half cluster and the second of two starters finds the first one's.
 * @param durable false skips flushing to disk (tests).
 */
export function createCluster(
  cluster: string,
  binaries: Binaries,
  user: DatabaseUser | undefined,
  durable: boolean,
): void {
  const unfinished = mkdtempSync(`${cluster}.new-`);
  const passwordFile = `${unfinished}.password`;
  const password = randomBytes(24).toString('hex');
  const give = (path: string) => user && chownSync(path, user.uid, user.gid);
  try {
    give(unfinished);
    writeFileSync(passwordFile, password, { mode: 0o600 });
    give(passwordFile);
    const made = spawnSync(
      binaries.initdb,
      [
        '-D',
        unfinished,
        '-U',
        EMBEDDED_ROLE,
        '--pwfile',
        passwordFile,
        '--auth=scram-sha-256',
        '--no-instructions',
        ...localeFlags(),
        ...(durable ? [] : ['--no-sync']),
      ],
      { cwd: '/', encoding: 'utf8', ...(user && { uid: user.uid, gid: user.gid }) },
    );
    if (made.status !== 0) {
      const reason = made.stderr?.trim() || made.error?.message || made.signal;
      throw new Error(`The embedded database could not be created in ${cluster}: ${reason}`);
    }
    const kept = join(unfinished, PASSWORD_FILE);
    writeFileSync(kept, password, { mode: 0o600 });
    give(kept);
    chmodSync(unfinished, 0o700);
    renameSync(unfinished, cluster);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (isVacant(cluster)) throw error; // else another process made it first
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Does nothing stand in the cluster's place yet? */
export function isVacant(cluster: string): boolean {
  try {
    return readdirSync(cluster).length === 0;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

/**
 * Checks that these programs may run this cluster.
 * @throws when the folder belongs to somebody else or holds something else, or another major version wrote it (its files differ by major version).
 */
export function checkCluster(cluster: string, major: number): void {
  let found: string;
  try {
    found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'ENOENT'
        ? `${cluster} holds files but no database. Move it away, or set another DATA_DIR.`
        : `The database folder ${cluster} cannot be read by this user (${code}). Start as the user who made it, or as ` +
            'root; or give the folder to this user with chown -R.',
      { cause: error },
    );
  }
  if (Number.parseInt(found, 10) === major) return;
  throw new Error(
    `The database in ${cluster} was written by PostgreSQL ${found}; this installation runs PostgreSQL ${major}, which ` +
      'cannot open it. Nothing was changed. To move: with the earlier Switchboard running, dump it (pg_dump -Fc), then set ' +
      'an empty DATA_DIR, start this version once, stop it, and load the dump (pg_restore); or go back to the earlier one.',
  );
}

/**
 * The cluster's own password.
 * @throws when the file is gone or not readable by this user.
 */
export function readPassword(cluster: string): string {
  const file = join(cluster, PASSWORD_FILE);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Error(
      `The database's password file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Use the user who ` +
        'started the server, or root; if the file is lost, restore it from a backup.',
      { cause: error },
    );
  }
}
