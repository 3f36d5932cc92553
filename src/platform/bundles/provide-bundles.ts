// Reads the scripts that were built last, or builds them when a source has changed since. They are kept in a folder named
// by a hash of the sources: it is moved into place whole, so processes that start together do not disturb each other.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { version } from 'esbuild';
import { buildBundles } from './build-bundles.ts';

export interface Bundle {
  text: Buffer;
  brotli: Buffer;
  gzip: Buffer;
  /** of the text, for an ETag */
  hash: string;
}

const ROOT = join(import.meta.dirname, '../../..');
const SOURCES = ['src/browser', 'src/values', 'src/platform/bundles'];
const KEPT = 'dist/browser';

/**
 * The scripts by their path under the server: /swap.js, its parts, and the modules.
 * @throws what esbuild says when a source is wrong
 */
export async function provideBundles(): Promise<ReadonlyMap<string, Bundle>> {
  const folder = join(ROOT, KEPT, await hashSources());
  const texts = (await readKept(folder)) ?? (await buildAndKeep(folder));
  return new Map([...texts].map(([path, text]) => [path, compress(text)]));
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256').update(version);
  for (const folder of SOURCES) {
    const entries = await readdir(join(ROOT, folder), { recursive: true });
    for (const name of entries.filter((entry) => entry.endsWith('.ts')).sort()) {
      hash.update(name).update(await readFile(join(ROOT, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function readKept(folder: string): Promise<Map<string, string> | null> {
  try {
    const names = await readdir(folder, { recursive: true });
    const files = names
      .filter((name) => /\.m?js$/.test(name))
      .map((name) => name.replaceAll('\\', '/'));
    const texts = files.map(
      async (name) => [`/${name}`, await readFile(join(folder, name), 'utf8')] as const,
    );
    return new Map(await Promise.all(texts));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function buildAndKeep(folder: string): Promise<Map<string, string>> {
  const texts = await buildBundles(ROOT);
  // an installation that may not write into itself builds at each start
  await keep(folder, texts).catch(() => {});
  return texts;
}

async function keep(folder: string, texts: Map<string, string>): Promise<void> {
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  const made = await mkdtemp(join(parent, 'new-'));
  for (const [path, text] of texts) {
    await mkdir(dirname(join(made, path)), { recursive: true });
    await writeFile(join(made, path), text);
  }
  // somebody else may have been first, with the same
  await rename(made, folder).catch(() => rm(made, { recursive: true }));
  const before = (await readdir(parent)).filter((name) => /^[0-9a-f]{16}$/.test(name));
  for (const name of before) {
    if (join(parent, name) !== folder)
      await rm(join(parent, name), { recursive: true, force: true });
  }
}

function compress(text: string): Bundle {
  const bytes = Buffer.from(text);
  return {
    text: bytes,
    brotli: brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
    gzip: gzipSync(bytes, { level: 9 }),
    hash: createHash('sha256').update(bytes).digest('base64url').slice(0, 16),
  };
}
