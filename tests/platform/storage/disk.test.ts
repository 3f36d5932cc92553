// Storage on disk: a key names the whole of a thing or nothing.
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { openDiskStorage, StoredThingMissing } from '#platform/storage/index.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const folder = temporaryFolder();
const storage = openDiskStorage(folder);
const content = randomBytes(300_000);
async function* parts(of: Buffer, breakAfter = Number.POSITIVE_INFINITY) {
  for (let at = 0; at < of.length; at += 64 * 1024) {
    if (at > breakAfter) throw new Error('the line broke');
    yield of.subarray(at, at + 64 * 1024);
  }
}
const everything = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
const readAll = async (key: string, range?: { start: number; end: number }) => {
  const chunks: Buffer[] = [];
  for await (const chunk of await storage.read(key, range)) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Stores one thing in a process whose files end at 100 KiB: the last write before that is cut short without an error. */
async function storeWithLimit(bytes: number): Promise<string> {
  const child = new URL('full-disk-child.ts', import.meta.url).pathname;
  const script = 'ulimit -f 100; exec "$0" "$@"';
  const run = promisify(execFile);
  const { stdout } = await run('bash', ['-c', script, process.execPath, child, folder, `${bytes}`]);
  return stdout.trim();
}

describe('what is stored', () => {
  it('is all of it: a disk that takes a part alone has taken nothing', async () => {
    expect(await storeWithLimit(50_000)).toBe('stored');
    await storage.remove('recordings/a/full.wav');
    expect(await storeWithLimit(150_000)).toBe('EFBIG');
    await expect(storage.size('recordings/a/full.wav')).rejects.toThrow(StoredThingMissing);
    expect(everything().filter(({ name }) => name.includes('full.wav'))).toEqual([]);
  });

  it('is read back byte for byte, with its size and checksum', async () => {
    const put = await storage.put('recordings/a/one.wav', parts(content));
    expect(put.sizeBytes).toBe(content.length);
    expect(put.sha256.equals(createHash('sha256').update(content).digest())).toBe(true);
    expect((await readAll('recordings/a/one.wav')).equals(content)).toBe(true);
    expect(await storage.size('recordings/a/one.wav')).toBe(content.length);
    const range = await readAll('recordings/a/one.wav', { start: 10, end: 19 });
    expect(range.equals(content.subarray(10, 20))).toBe(true);
    const { path, release } = await storage.localFile('recordings/a/one.wav');
    expect(readFileSync(path).equals(content)).toBe(true);
    await release();
  });

  it('is synced with every folder that leads to it, once it has its name', async () => {
    const path = join(folder, 'synced', 'deep', 'one.wav');
    const own = await open(folder, 'r');
    const handles = Object.getPrototypeOf(own);
    await own.close();
    const { sync } = handles;
    const synced: [place: string, isNamed: boolean][] = [];
    const spy = vi.spyOn(handles, 'sync').mockImplementation(function (this: typeof own) {
      synced.push([readlinkSync(`/proc/self/fd/${this.fd}`), existsSync(path)]);
      return sync.call(this);
    });
    await storage.put('synced/deep/one.wav', parts(content)).finally(() => spy.mockRestore());
    expect(synced).toEqual([
      [expect.stringContaining('.unfinished'), false],
      [dirname(path), true],
      [join(folder, 'synced'), true],
      [folder, true],
      [dirname(folder), true],
    ]);
  });

  it('half leaves nothing behind', async () => {
    const before = everything().length;
    await expect(storage.put('recordings/half.wav', parts(content, 100_000))).rejects.toThrow(
      'broke',
    );
    expect(everything()).toHaveLength(before);
    await expect(storage.size('recordings/half.wav')).rejects.toThrow(StoredThingMissing);
  });

  it('stays whole when a second write under its key breaks', async () => {
    await storage.put('keep.wav', parts(content));
    await expect(storage.put('keep.wav', parts(randomBytes(200_000), 64_000))).rejects.toThrow(
      'broke',
    );
    expect((await readAll('keep.wav')).equals(content)).toBe(true);
  });

  it('by two at once is one of the two, whole', async () => {
    const other = randomBytes(content.length);
    await Promise.all([
      storage.put('race.wav', parts(content)),
      storage.put('race.wav', parts(other)),
    ]);
    const kept = await readAll('race.wav');
    expect(kept.equals(content) || kept.equals(other)).toBe(true);
  });

  it('can be removed with all that begins so, a killed write included', async () => {
    const [mine, other] = ['calls/b/one', 'calls/b/two.wav'];
    for (const key of [`${mine}.wav`, `${mine}-1.wav`, other])
      await storage.put(key, parts(content));
    // where it was written before, and where it is now
    const half = join(folder, '.unfinished', 'calls+b+one.wav.killed.part');
    for (const path of [join(folder, `${mine}.wav.killed.part`), half]) writeFileSync(path, 'half');
    await storage.removeAll(mine);
    expect(existsSync(half)).toBe(false);
    await storage.removeAll(mine);
    await storage.removeAll('never/there');
    expect(readdirSync(join(folder, 'calls/b'))).toEqual(['two.wav']);
  });

  it('goes with its folder, and no other does', async () => {
    for (const key of ['chats/a/one', 'chats/a1/one', 'chats/a.wav'])
      await storage.put(key, parts(content));
    await storage.removeAll('chats/a/');
    await storage.removeAll('chats/a/');
    expect(readdirSync(join(folder, 'chats')).sort()).toEqual(['a.wav', 'a1']);
  });

  it('can be removed, twice', async () => {
    await storage.put('gone.wav', parts(content));
    const half = join(folder, '.unfinished', 'gone.wav.killed.part');
    writeFileSync(half, 'half');
    await storage.remove('gone.wav');
    expect(existsSync(half)).toBe(false);
    await storage.remove('gone.wav');
    await expect(storage.read('gone.wav')).rejects.toThrow(StoredThingMissing);
  });
});

describe('a key', () => {
  it.each(['../out.wav', '/etc/passwd', 'a/../../b', 'A.wav', '', 'a//b', 'a/b.wav/..'])(
    '%j is refused and touches nothing',
    async (key) => {
      await expect(storage.put(key, parts(content))).rejects.toThrow('A storage key is');
      await expect(storage.size(key)).rejects.toThrow('A storage key is');
      expect(existsSync(join(folder, '..', 'out.wav'))).toBe(false);
    },
  );

  it('of a folder names no thing', async () => {
    await storage.put('folder/inside.wav', parts(content));
    await expect(storage.size('folder')).rejects.toThrow(StoredThingMissing);
    await expect(storage.localFile('folder')).rejects.toThrow(StoredThingMissing);
  });

  it('of any kind is refused, or names a file below the folder', async () => {
    const pieces = [
      'a',
      'recordings',
      '..',
      '.',
      '/',
      '\\',
      '\0',
      '\n',
      '%2e',
      '~',
      '.wav',
      ' ',
      'C:',
    ];
    const key = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join('')),
    );
    let named = 0;
    await fc.assert(
      fc.asyncProperty(key, async (one) => {
        const found = await storage.localFile(one).catch((error: Error) => error);
        if (!(found instanceof StoredThingMissing)) {
          expect((found as Error).message).toMatch('A storage key is');
          return;
        }
        named += 1;
        const path = resolve(folder, one);
        expect(path.startsWith(`${folder}${sep}`)).toBe(true);
        expect(path).not.toMatch(/[\0\n\\]/);
      }),
      { numRuns: 2_000, seed: 11 },
    );
    expect(named).toBeGreaterThan(10);
  });
});
