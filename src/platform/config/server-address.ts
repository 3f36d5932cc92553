// Where the server of a DATA_DIR is reached: written down while it listens, so that a command in another shell, which
// need not know its PORT and PUBLIC_URL, can print links that lead there.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (dataDir: string) => join(dataDir, 'server-address');

/** Writes down where the server is reached. @returns what takes it away again, unless another server has written since */
export function writeServerAddress(dataDir: string, address: string): () => void {
  writeFileSync(fileOf(dataDir), address);
  return () => {
    if (readServerAddress(dataDir) === address) rmSync(fileOf(dataDir), { force: true });
  };
}

/** Where the server that runs on this folder is reached, without a slash at its end; undefined when none says so. */
export function readServerAddress(dataDir: string): string | undefined {
  try {
    return readFileSync(fileOf(dataDir), 'utf8');
  } catch {
    return undefined;
  }
}
