// The tests of `npm test`: random order (the seed is printed), no retries.
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { ClosingLine } from './tests/support/closing-line.ts';

// biome-ignore lint/style/noProcessEnv: each file loads all it needs anew, in a process of its own; compiled once is enough
process.env.NODE_COMPILE_CACHE = fileURLToPath(
  new URL('node_modules/.cache/compiled', import.meta.url),
);

export default defineConfig({
  // one copy of graphql: vite would take its .mjs beside the .js that node_modules use
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'tests/**/*.long.test.ts'],
    globalSetup: 'tests/support/global-setup.ts',
    reporters: ['default', new ClosingLine()],
    sequence: { shuffle: true },
    retry: 0,
    // each worker has a cluster of its own (tests/support/global-setup.ts); most of a journey is waiting
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
  },
});
