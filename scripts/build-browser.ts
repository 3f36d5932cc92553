// `npm run build`: builds the scripts for browsers, if a source has changed, and tells their sizes; runs before npm start.
// With a folder it copies them there too: the modules for a site's own bundle or server.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { provideBundles } from '#platform/bundles/index.ts';
import { readArguments } from '#platform/config/index.ts';

const USAGE = `Use:
  npm run build               builds swap.js and its parts, if their sources have changed
  npm run build -- <folder>   and copies them there
  npm run build -- --quiet    tells no sizes`;
const given = readArguments(USAGE, { options: ['--quiet'], words: 1 });
const folder = given.find((one) => one !== '--quiet');

for (const [path, { text, brotli }] of await provideBundles()) {
  if (!given.includes('--quiet')) {
    console.log(`${path.padEnd(32)} ${text.length} bytes, ${brotli.length} brotli`);
  }
  if (!folder) continue;
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}
