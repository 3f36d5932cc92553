// What a page has to load: the script's size is a promise to every site that carries it.
import { expect, it } from 'vitest';
import { provideBundles } from '#platform/bundles/index.ts';

const KB = 1_024;
const bundles = await provideBundles();
const sizeOf = (path: string) => bundles.get(path)?.brotli.length ?? Number.POSITIVE_INFINITY;

it('swap.js has at most 6 KB, and 8 KB with all that is loaded later', () => {
  const parts = [...bundles.keys()].filter((path) => path.startsWith('/swap/'));
  expect(parts.map((path) => path.split('/').at(-1))).toEqual(['parts.js']);
  expect(sizeOf('/swap.js')).toBeLessThanOrEqual(6 * KB);
  const all = ['/swap.js', ...parts].map(sizeOf).reduce((sum, size) => sum + size, 0);
  expect(all).toBeLessThanOrEqual(8 * KB);
});

it('the modules are no larger than the script, and need nothing else', () => {
  expect(sizeOf('/swap.mjs')).toBeLessThanOrEqual(6 * KB);
  expect(sizeOf('/assign-numbers.mjs')).toBeLessThanOrEqual(2 * KB);
  for (const [path, { text }] of bundles) {
    expect(String(text), path).not.toMatch(
      /\beval\b|\bnew Function\b|\bfrom["']|\brequire\(|innerHTML/,
    );
  }
});

it('chat.js has at most 4 KB until somebody presses its button, and 20 KB with all that comes then', () => {
  const parts = [...bundles.keys()].filter((path) => path.startsWith('/chat/'));
  expect(parts.map((path) => path.split('/').at(-1))).toEqual(['panel.js']);
  expect(sizeOf('/chat.js')).toBeLessThanOrEqual(4 * KB);
  const all = ['/chat.js', ...parts].map(sizeOf).reduce((sum, size) => sum + size, 0);
  expect(all).toBeLessThanOrEqual(20 * KB);
});
