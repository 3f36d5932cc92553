// Folders of tests, and where they stand.
import {
  accessSync,
  chmodSync,
  constants,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 4 * 1024 ** 3;

/**
 * Where tests keep their files: in memory where the system has such a place with room, since each test file clones a
 * database of two thousand files, which a disk takes ten times as long for; else where temporary files go.
 */
const TEMPORARY = hasRoom(MEMORY) ? MEMORY : tmpdir();

function hasRoom(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}

/** Makes an empty folder that every user may enter, for as long as this process lives. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(TEMPORARY, `switchboard-test-${process.pid}-`));
  chmodSync(folder, 0o755);
  return folder;
}

/** Removes the folders of processes that were killed before they could: they would hold memory until the machine stops. */
export function removeLeftFolders(): void {
  for (const name of readdirSync(TEMPORARY)) {
    const [, pid] = /^switchboard-test-(\d+)-/.exec(name) ?? [];
    if (pid && !isAlive(Number(pid))) {
      rmSync(join(TEMPORARY, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A folder as `makeFolder` makes it, removed after the file's tests. Call it where afterAll may be called. */
export function temporaryFolder(): string {
  const folder = makeFolder();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
