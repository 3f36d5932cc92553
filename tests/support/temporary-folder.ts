// Folders of tests, and where they stand.
import { accessSync, chmodSync, constants, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 4 * 1024 ** 3;

/**
 * Where tests keep their files: in memory where the system has such a place with room, since each test file clones a
 * database of two thousand files, which a disk takes ten times as long for; else where temporary files go.
 */
export const TEMPORARY = hasRoom(MEMORY) ? MEMORY : tmpdir();

function hasRoom(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}

/** Makes an empty folder that every user may enter, removed after the file's tests. Call it where afterAll may be called. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(TEMPORARY, 'switchboard-test-'));
  chmodSync(folder, 0o755);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
