// The tests of `npm test`: random order (the seed is printed), no retries.
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { ClosingLine } from './tests/support/closing-line.ts';

// biome-ignore lint/style/noProcessEnv: what each process loads anew is compiled once
process.env.NODE_COMPILE_CACHE = fileURLToPath(
  new URL('node_modules/.cache/compiled', import.meta.url),
);

/**
 * These change what a whole process shares, the schema that it builds once or the time of day, so each has a process to
 * itself. tests/house/bans.test.ts holds others to it.
 */
export const APART = [
  'tests/domains/interactions/schema.test.ts',
  'tests/domains/webhooks/render-body.test.ts',
  'tests/graphql/helpers.test.ts',
  'tests/graphql/subscribe-shared.test.ts',
  'tests/http/limits.test.ts',
  'tests/http/stalled.test.ts',
  'tests/journeys/sign-in-time.test.ts',
  'tests/platform/db/short-memory.test.ts',
  'tests/platform/jobs/gathering.test.ts',
  'tests/platform/limits/limits.test.ts',
  'tests/platform/search/take-turns.test.ts',
  'tests/platform/speech/speech-child.test.ts',
];
const LONG = 'tests/**/*.long.test.ts';

/** What every project has. */
export const every = {
  // one copy of graphql: vite would take its .mjs beside the .js that node_modules use
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
    retry: 0,
    // a worker holds the whole product, so what is young must not be collected all the time
    execArgv: ['--max-semi-space-size=64'],
  },
};

export default defineConfig({
  test: {
    // once for all projects
    globalSetup: 'tests/support/global-setup.ts',
    reporters: ['default', new ClosingLine()],
    sequence: { shuffle: true },
    // each worker has a cluster of its own (tests/support/global-setup.ts); most of a journey is waiting
    maxWorkers: 3,
    projects: [
      {
        ...every,
        test: {
          ...every.test,
          name: 'together',
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, LONG, ...APART],
          // loading the product anew for each file would be a third of all the work
          isolate: false,
          maxWorkers: 3,
          sequence: { shuffle: true, groupOrder: 0 },
        },
      },
      {
        ...every,
        test: {
          ...every.test,
          name: 'apart',
          include: APART,
          maxWorkers: 3,
          sequence: { shuffle: true, groupOrder: 1 },
        },
      },
    ],
  },
});
