// Builds the scripts: esbuild bundles them, terser makes them smaller still. What is loaded later is built first: its
// address carries a hash of its content, and the script that loads it is told it.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type BuildOptions, build, stop } from 'esbuild';
import { minify } from 'terser';

const SWAP = 'src/browser/swap';
const CHAT = 'src/browser/chat';
const PUSH = 'src/browser/push';
/** names that only the files of swap.js know of each other, and that may be short */
const INTERNAL =
  /^(writeAll|followAddress|beacon|flush|remember|onAddress|onSeen|onLeft|onRestored|everyMs|onAnswer|written|walkerOf|isOff|visit|clicked|line|source|show|outbox|ask|seen|guard|bare|later|listen|tell|printed|noted|baited|start|send|since|isSignIn|dialled|last)$/;
/**
 * What swap.js and its parts call each other: the same in every build, since a browser may keep the script of before, and
 * is given the parts of now. A new meaning takes a new name.
 */
const BETWEEN = { guard: 'e', bare: 'p', later: 't', listen: 'n', tell: 'd' };

/** what esbuild puts before a script: our modules do nothing that it would refuse */
const STRICT = /^"use strict";/;

/** Path under the server → text. */
export async function buildBundles(root: string): Promise<Map<string, string>> {
  try {
    // what one of them calls a thing the others do too
    const mangleCache: Record<string, string | false> = { ...BETWEEN };
    const inside: BuildOptions = { mangleProps: INTERNAL, mangleCache };
    const parts = await bundle(root, SWAP, 'parts.ts', { ...inside, format: 'esm' });
    const partsPath = `/swap/${hashOf(parts)}/parts.js`;
    const panel = await bundle(root, CHAT, 'panel.ts', { format: 'esm' });
    const chatFolder = `/chat/${hashOf(panel)}/`;
    const chat: BuildOptions = { format: 'iife', define: { PARTS: JSON.stringify(chatFolder) } };
    const options: BuildOptions = { ...inside, define: { PARTS: JSON.stringify(partsPath) } };
    return new Map([
      [partsPath, parts],
      ['/swap.js', await bundle(root, SWAP, 'main.ts', { ...options, format: 'iife' })],
      ['/swap.mjs', await bundle(root, SWAP, 'start-site.ts', { ...options, format: 'esm' })],
      [`${chatFolder}panel.js`, panel],
      ['/chat.js', await bundle(root, CHAT, 'main.ts', chat)],
      ['/push-worker.js', await bundle(root, PUSH, 'worker.ts', { format: 'iife' })],
      ['/push.mjs', await bundle(root, PUSH, 'subscribe.ts', { format: 'esm' })],
      ['/assign-numbers.mjs', await bundle(root, SWAP, 'assign-numbers.ts', { format: 'esm' })],
    ]);
  } finally {
    await stop();
  }
}

async function bundle(
  root: string,
  source: string,
  entry: string,
  options: BuildOptions,
): Promise<string> {
  const { outputFiles, mangleCache } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: [join(source, entry)],
    bundle: true,
    minify: true,
    charset: 'utf8',
    target: ['es2021'],
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  });
  Object.assign(options.mangleCache ?? {}, mangleCache);
  const { code } = await minify(outputFiles?.[0]?.text ?? '', {
    module: options.format === 'esm',
    ecma: 2021,
    // no function of ours is made for `new`, no getter does more than to answer, and what stands in a template is a text or
    // a number
    compress: {
      ...{ passes: 3, hoist_funs: true, unsafe: true, unsafe_arrows: true, unsafe_methods: true },
      // statements pack better than commas
      ...{ pure_getters: true, sequences: false },
    },
  });
  return (code ?? '').replace(STRICT, '');
}

/** Names a content in an address. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6);
}
