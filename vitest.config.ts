// The tests of `npm test`: random order (the seed is printed), no retries, one database server for the whole run.
import { configDefaults, defineConfig } from 'vitest/config';
import { ClosingLine } from './tests/support/closing-line.ts';

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
    // one file at a time: the event tail waits for the oldest transaction of the whole cluster, which the files share
    maxWorkers: 1,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
  },
});
