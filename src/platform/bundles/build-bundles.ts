// Builds the scripts. Parts that are loaded later are built first: their names carry a hash of their content, and the
// script that loads them is told those names.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type BuildOptions, build, stop } from 'esbuild';

const SWAP = 'src/browser/swap';
/** Parts of swap.js that are loaded when they are needed. */
const PARTS = ['call-trk', 'consent-signals', 'overlay'];

/** Path under the server → text. */
export async function buildBundles(root: string): Promise<Map<string, string>> {
  const bundles = new Map<string, string>();
  try {
    const parts: Record<string, string> = {};
    for (const part of PARTS) {
      const text = await bundle(root, `${part}.ts`, { format: 'esm' });
      const hash = createHash('sha256').update(text).digest('base64url').slice(0, 10);
      const path = `/swap/${part}-${hash}.js`;
      parts[part] = path;
      bundles.set(path, text);
    }
    const define = { PARTS: JSON.stringify(parts) };
    bundles.set('/swap.js', await bundle(root, 'main.ts', { format: 'iife', define }));
    bundles.set('/swap.mjs', await bundle(root, 'start-site.ts', { format: 'esm', define }));
    bundles.set('/assign-numbers.mjs', await bundle(root, 'assign-numbers.ts', { format: 'esm' }));
  } finally {
    await stop();
  }
  return bundles;
}

async function bundle(root: string, entry: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: [join(SWAP, entry)],
    bundle: true,
    minify: true,
    charset: 'utf8',
    target: ['es2020'],
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles?.[0]?.text ?? '';
}
