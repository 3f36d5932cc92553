// Which operating-system user runs the embedded server. PostgreSQL refuses to run as root, so a process of root's hands
// the server to another user, and everything that user must reach is checked as that user.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';

/** An unprivileged user that runs PostgreSQL on behalf of root. */
export interface DatabaseUser {
  name: string;
  uid: number;
  gid: number;
}

/** Is this process root's (never on Windows, which knows no such user)? */
function isRoot(): boolean {
  return process.platform !== 'win32' && userInfo().uid === 0;
}

function readPasswd(): DatabaseUser[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((user) => user.name !== '' && user.uid > 0);
}

/**
 * Finds the user that runs the server: undefined when this process is not root's (it runs the server itself), the owner
 * of an existing cluster folder, else `postgres`, else `nobody`.
 * @throws when root finds none of them.
 */
export function findDatabaseUser(cluster: string | undefined): DatabaseUser | undefined {
  if (!isRoot()) return undefined;
  const known = readPasswd();
  const owner = cluster ? statSync(cluster) : undefined;
  if (owner && owner.uid !== 0) {
    const name = known.find((user) => user.uid === owner.uid)?.name ?? String(owner.uid);
    return { name, uid: owner.uid, gid: owner.gid };
  }
  const user = ['postgres', 'nobody'].flatMap((name) =>
    known.filter((one) => one.name === name),
  )[0];
  if (user) return user;
  throw new Error(
    'The embedded database does not run as root, and this system has neither a user "postgres" nor "nobody". ' +
      'Create one (useradd --system postgres), start as an ordinary user, or set DATABASE_URL.',
  );
}

/**
 * Can `user` walk into this folder (for a file: execute it)? Asked of the system as that user, so that access lists and
 * closed parents count. Without a user the question is about this process itself, and the answer is yes.
 * @throws when the system does not let root act as that user (a container without CAP_SETUID).
 */
export function canEnter(path: string, user: DatabaseUser | undefined): boolean {
  if (!user) return true;
  const { uid, gid } = user;
  const asked = spawnSync('/bin/sh', ['-c', 'test -x "$0"', path], { uid, gid, cwd: '/' });
  if (asked.error) {
    throw new Error(
      `This process is root but may not act as user "${user.name}" (${asked.error.message}). ` +
        'Start as an ordinary user, allow CAP_SETUID and CAP_SETGID, or set DATABASE_URL.',
    );
  }
  return asked.status === 0;
}
