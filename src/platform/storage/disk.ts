// Storage on this machine's disk, under DATA_DIR/storage. A write goes to a temporary file that is renamed when it is
// complete, so a key never names half a recording; the folders that lead to it are synced too, so that it is still there after
// the power has failed.
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, normalize, resolve } from 'node:path';
import type { Storage } from './port.ts';
import { StoredThingMissing } from './port.ts';

/** what is being written, or was when its process ended: few */
const UNFINISHED = '.unfinished';

const KEY = /^[a-z0-9-]+(\/[a-z0-9-]+)*(\.[a-z0-9]+)?$/;

/**
 * Opens the storage.
 * @param folder an absolute path; made when it is not there
 */
export function openDiskStorage(folder: string): Storage {
  const pathOf = (key: string) => {
    if (!KEY.test(key))
      throw new Error(`A storage key is lower-case words joined by /, not ${key}.`);
    return normalize(join(folder, key));
  };
  const nameOf = (key: string) => key.replaceAll('/', '+');
  const removeBeginning = async (place: string, start: string) => {
    const there = await readdir(place).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    for (const name of there.filter((one) => one.startsWith(start))) {
      await rm(join(place, name), { recursive: true, force: true });
    }
  };
  const size = async (key: string) => {
    const found = await stat(pathOf(key)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    // a folder on the way to things is none itself
    if (!found?.isFile()) throw new StoredThingMissing(key);
    return found.size;
  };
  return {
    size,
    async put(key, content) {
      const path = pathOf(key);
      const unfinished = join(folder, UNFINISHED, `${nameOf(key)}.${randomUUID()}.part`);
      for (const place of [path, unfinished]) await mkdir(dirname(place), { recursive: true });
      const hash = createHash('sha256');
      let sizeBytes = 0;
      const file = await open(unfinished, 'wx');
      try {
        for await (const chunk of content) {
          hash.update(chunk);
          sizeBytes += chunk.byteLength;
          // a full disk takes a part of it without an error: this goes on until all is taken, or throws
          await file.writeFile(chunk);
        }
        await file.sync();
        await file.close();
        await rename(unfinished, path);
        await syncFolders(dirname(path), dirname(folder));
      } catch (error) {
        await file.close().catch(() => {});
        // where it has its name already it stays: it may have taken the place of what was whole
        await rm(unfinished, { force: true });
        throw error;
      }
      return { sizeBytes, sha256: hash.digest() };
    },
    async read(key, range) {
      await size(key);
      return createReadStream(pathOf(key), range);
    },
    async localFile(key) {
      await size(key);
      return { path: pathOf(key), release: async () => {} };
    },
    async remove(key) {
      const path = pathOf(key);
      await removeBeginning(join(folder, UNFINISHED), `${nameOf(key)}.`);
      await rm(path, { force: true });
    },
    async removeAll(prefix) {
      const path = pathOf(prefix.replace(/\/$/, ''));
      await removeBeginning(join(folder, UNFINISHED), nameOf(prefix));
      if (prefix.endsWith('/')) await rm(path, { recursive: true, force: true });
      else await removeBeginning(dirname(path), basename(path));
    },
  };
}

/**
 * Makes the names in a folder last, and the folder itself and those above it up to `top`: any of them may have just been made,
 * by this write or by another that has not come to this yet.
 */
async function syncFolders(folder: string, top: string): Promise<void> {
  for (let place = resolve(folder); ; place = dirname(place)) {
    const opened = await open(place, 'r');
    await opened.sync().finally(() => opened.close());
    if (place === resolve(top) || place === dirname(place)) return;
  }
}
