// The long, seeded runs: npm run test:long. The same setup as npm test, other files, more time, one after the other.
import { mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

const config = mergeConfig(base, {
  test: { maxWorkers: 1, testTimeout: 15 * 60_000, hookTimeout: 120_000 },
});
// mergeConfig joins lists; the long runs take the place of the short ones
config.test.include = ['tests/**/*.long.test.ts'];
config.test.exclude = ['node_modules/**'];

export default config;
