// The PostgreSQL that is installed on this machine, where there is one of a version that Switchboard supports: its programs
// on the PATH, and a server of its own to use them on.
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findFreePort } from '#platform/db/embedded-process.ts';
import { findDatabaseUser } from '#platform/db/embedded-user.ts';

const OLDEST_MAJOR = 15;

/** What a program prints, or null when there is no such program. */
function printed(program: string, ...args: string[]): string | null {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

const majorOf = (text: string | null) => Number(/(\d+)/.exec(text?.split(')')[1] ?? '')?.[1] ?? 0);
const programs = printed('pg_config', '--bindir');

/** Whether pg_dump, pg_restore and a server of one supported version are here. */
export const postgresIsInstalled =
  programs !== null &&
  existsSync(join(programs, 'initdb')) &&
  existsSync(join(programs, 'postgres')) &&
  majorOf(printed('pg_dump', '--version')) >= OLDEST_MAJOR &&
  majorOf(printed('pg_restore', '--version')) >=
    majorOf(printed(join(programs, 'postgres'), '--version'));
if (!postgresIsInstalled) {
  console.warn(
    `SKIPPED: no PostgreSQL ${OLDEST_MAJOR} or newer with pg_dump and pg_restore is installed here.`,
  );
}

/**
 * Starts a server of it, stopped when the test is over.
 * @param folder where its data lies
 * @returns its superuser's connection string
 */
export async function startInstalledPostgres(folder: string): Promise<string> {
  const user = findDatabaseUser(undefined);
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (user) chownSync(data, user.uid, user.gid);
  const run = (program: string, ...args: string[]) => {
    const { status, stderr, error } = spawnSync(join(programs ?? '', program), args, {
      cwd: '/',
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(user && { uid: user.uid, gid: user.gid }),
    });
    if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr}`);
  };
  run(
    'initdb',
    '-D',
    data,
    '-U',
    'switchboard',
    '--auth=trust',
    '--no-sync',
    '--encoding=UTF8',
    '--locale=C',
  );
  const port = await findFreePort();
  const settings = `-p ${port} -h 127.0.0.1 -k '' -c fsync=off`;
  onTestFinished(() => run('pg_ctl', 'stop', '-D', data, '-m', 'immediate', '-w'));
  run('pg_ctl', 'start', '-D', data, '-w', '-l', join(data, 'log'), '-o', settings);
  return `postgresql://switchboard@127.0.0.1:${port}/postgres`;
}
