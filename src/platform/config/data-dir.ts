// The folder of everything that is kept: made at start, before anything else, so that a bad one is told at once.
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes DATA_DIR where it is missing.
 * @param dataDir an absolute path
 * @throws naming DATA_DIR and what to do when it cannot be made or written
 */
export function makeDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.W_OK);
  } catch (error) {
    throw new Error(
      `DATA_DIR ${dataDir} cannot be made or written: ${(error as Error).message}. Set DATA_DIR to a folder that this user may write.`,
      { cause: error },
    );
  }
}

/** mkdir with `recursive` never ends where the system says ENOENT to a folder whose parent is there, as in /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // another process of this server was faster
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
