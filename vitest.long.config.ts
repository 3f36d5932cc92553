// The long, seeded runs: npm run test:long. The same setup as npm test, other files, more time, one after the other.
import { defineConfig } from 'vitest/config';
import { ClosingLine } from './tests/support/closing-line.ts';
import { every } from './vitest.config.ts';

export default defineConfig({
  ...every,
  test: {
    ...every.test,
    include: ['tests/**/*.long.test.ts'],
    globalSetup: 'tests/support/global-setup.ts',
    reporters: ['default', new ClosingLine()],
    sequence: { shuffle: true },
    maxWorkers: 1,
    testTimeout: 15 * 60_000,
  },
});
