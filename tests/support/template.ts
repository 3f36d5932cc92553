// The template that each test's database is a clone of.
import type {} from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** for each worker its cluster's `switchboard` database, with a role that may create databases */
    testServerUrls: string[];
  }
}

/** The migrated database that fresh ones are cloned from. */
export const TEMPLATE = 'switchboard_template';

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
