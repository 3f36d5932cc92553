// Builds the scripts. Parts that are loaded later are built first: their address carries a hash of their content, and the
// script that loads them is told it.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type BuildOptions, build, stop } from 'esbuild';

const SWAP = 'src/browser/swap';
/** Parts of swap.js that are loaded when they are needed. */
const PARTS = ['call-trk', 'consent-signals', 'overlay'];
/** names that only the files of swap.js know of each other, and that may be short */
const INTERNAL =
  /^(writeAll|followAddress|beacon|flush|remember|onAddress|onSeen|onLeft|onRestored|everyMs|onAnswer|written|walkerOf|isOff|visit|clicked|line|source|show|outbox|ask|seen)$/;

/** Path under the server → text. */
export async function buildBundles(root: string): Promise<Map<string, string>> {
  try {
    const parts = new Map<string, string>();
    for (const part of PARTS) parts.set(part, await bundle(root, `${part}.ts`, { format: 'esm' }));
    const hash = createHash('sha256')
      .update([...parts.values()].join())
      .digest('hex');
    const folder = `/swap/${hash.slice(0, 8)}/`;
    const options: BuildOptions = {
      define: { PARTS: JSON.stringify(folder) },
      mangleProps: INTERNAL,
    };
    return new Map([
      ...[...parts].map(([part, text]): [string, string] => [`${folder}${part}.js`, text]),
      ['/swap.js', await bundle(root, 'main.ts', { ...options, format: 'iife' })],
      ['/swap.mjs', await bundle(root, 'start-site.ts', { ...options, format: 'esm' })],
      ['/assign-numbers.mjs', await bundle(root, 'assign-numbers.ts', { format: 'esm' })],
    ]);
  } finally {
    await stop();
  }
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
