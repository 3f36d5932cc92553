// The rules about the code, which need no database: a part of npm run check. npm test runs them with all others.
import { defineConfig } from 'vitest/config';
import { every } from './vitest.config.ts';

export default defineConfig({
  ...every,
  test: {
    ...every.test,
    include: ['tests/house/**/*.test.ts', 'tests/graphql/conventions.test.ts'],
    isolate: false,
  },
});
