// Where the embedded cluster stands. Normally DATA_DIR/postgres; when the database user cannot walk there (a checkout
// under root's closed home), a folder it can reach, and DATA_DIR keeps a pointer file so that the data is never lost.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Log } from '#platform/log/index.ts';
import { canEnter, type DatabaseUser } from './embedded-user.ts';

const POINTER = 'postgres-location';
const REACHABLE_PARENTS = ['/var/lib', '/var/tmp'];

/**
 * The cluster folder that belongs to a data folder, or undefined when there is none yet.
 * @throws when the pointer file names a folder that is gone.
 */
export function findCluster(dataDir: string): string | undefined {
  const pointer = join(dataDir, POINTER);
  if (existsSync(pointer)) {
    const place = readFileSync(pointer, 'utf8').trim();
    if (existsSync(place)) return join(place, 'postgres');
    throw new Error(
      `${pointer} says that the database stands in ${place}, but nothing is there. Put that folder back, ` +
        `or delete ${pointer} to start with an empty database.`,
    );
  }
  const home = join(dataDir, 'postgres');
  return existsSync(home) ? home : undefined;
}

/** Is this name in a data folder the embedded database's (everything else belongs to others)? */
export function isDatabaseFile(name: string): boolean {
  return name === POINTER || /^postgres(\.new-.*|\.log(\.old)?)?$/.test(name);
}

/**
 * Makes a folder owned by this process under the first of /var/lib and /var/tmp that the database user can walk to.
 * A name that is taken gets a number, so nothing that stands there is touched or trusted.
 * @returns the folder and the taken names that were passed over.
 */
function makeReachableFolder(
  name: string,
  user: DatabaseUser,
): { folder: string; passedOver: string[] } {
  const passedOver: string[] = [];
  for (const parent of REACHABLE_PARENTS) {
    if (!existsSync(parent) || !canEnter(parent, user)) continue;
    for (let n = 1; n <= 100; n++) {
      const folder = join(parent, n === 1 ? name : `${name}-${n}`);
      try {
        mkdirSync(folder, { mode: 0o755 });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') break;
        passedOver.push(folder);
        continue;
      }
      if (canEnter(folder, user)) return { folder, passedOver };
      rmdirSync(folder);
      break;
    }
  }
  throw new Error(
    `User "${user.name}" runs the database, and neither ${REACHABLE_PARENTS.join(' nor ')} can hold a folder that it ` +
      'may enter. Set DATA_DIR to a folder outside closed directories, start as an ordinary user, or set DATABASE_URL.',
  );
}

/**
 * The cluster folder for a data folder, old or new; its parent exists afterwards and the database user can reach it.
 * @throws when an existing cluster stands where the database user cannot go, naming what to do.
 */
export function placeCluster(dataDir: string, user: DatabaseUser | undefined, log: Log): string {
  mkdirSync(dataDir, { recursive: true });
  const existing = findCluster(dataDir);
  if (existing) {
    if (canEnter(dirname(existing), user)) return existing;
    throw new Error(
      `The database stands in ${existing}, but user "${user?.name}", who runs it, cannot enter ${dirname(existing)}. ` +
        'Open the closed parent folder (chmod o+x), or move the data folder and set DATA_DIR.',
    );
  }
  if (!user || canEnter(dataDir, user)) return join(dataDir, 'postgres');
  const id = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 12);
  const { folder, passedOver } = makeReachableFolder(`switchboard-${id}`, user);
  if (passedOver.length > 0) {
    log.warn({ passedOver }, 'older database folders without a pointer were left untouched');
  }
  try {
    writeFileSync(join(dataDir, POINTER), `${folder}\n`, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    rmdirSync(folder); // another process placed it a moment earlier
    return findCluster(dataDir) as string;
  }
  log.warn(
    { dataDir, folder, pointer: join(dataDir, POINTER) },
    `user "${user.name}", who runs the database, cannot enter ${dataDir}: the database stands in ${folder}`,
  );
  return join(folder, 'postgres');
}

/** Is this a real folder of this process's own user, so that nobody else can have prepared its content? */
export function isOwnFolder(path: string): boolean {
  if (!existsSync(path)) return false;
  const found = lstatSync(path);
  return found.isDirectory() && found.uid === process.getuid?.();
}
