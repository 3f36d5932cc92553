// What stands in one place only: the clock, raw SQL, the environment, the console.
import { describe, expect, it } from 'vitest';
import { findAll, readSources, type Source, sourceOf } from './support/sources.ts';

const src = readSources('src');
const domains = src.filter(({ path }) => path.startsWith('src/domains/'));
const product = src.filter(({ path }) => !path.startsWith('src/sandbox/'));
const outside = (sources: Source[], ...homes: string[]) =>
  sources.filter(({ path }) => !homes.some((home) => path.startsWith(home)));

const SQL_CLOCK =
  /\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp) ?\( ?\)|\b(?:current_timestamp|current_date|current_time|localtimestamp)\b/i;
const OWN_CLOCK = /\bDate\.now\s*\(\s*\)|\bnew Date(?:\s*\(\s*\)|\b(?!\s*\())|\bDate\(\s*\)/;
const RAW_SQL =
  /\$(?:query|execute)Raw(?:Unsafe)?\b|\b(?:pool|client)\.query\s*\(|\bPrisma\.(?:sql|raw|join)\b/;
const ENVIRONMENT = /\bprocess\.env\b|\bprocess\[|import\.meta\.env/;
const CONSOLE = /\bconsole\s*[.[]/;

/** file → how often, and why it may. */
type Allowed = Record<string, { times: number; because: string }>;

const OWN_CLOCK_ALLOWED: Allowed = {
  'src/http/carrier.ts': {
    times: 1,
    because: 'the carrier signs with the time of day of its machines',
  },
  'src/http/recordings.ts': {
    times: 1,
    because: 'a link ends by the time of day, known before its account',
  },
  'src/domains/calls/schema/recording.ts': {
    times: 1,
    because: 'the same time by which its door ends the link',
  },
};

const RAW_SQL_ALLOWED: Allowed = {
  'src/domains/accounts/store.ts': {
    times: 1,
    because: 'an advisory lock: no table, so no account to name',
  },
  'src/http/health.ts': { times: 1, because: 'SELECT 1 asks whether the database answers' },
};

/** What is left after the allowed ones; an exception that is no longer needed is told too. */
function beyond(found: string[], allowed: Allowed): string[] {
  const left = found.filter((one) => !allowed[one.split(':')[0] ?? '']);
  const wrong = Object.entries(allowed).flatMap(([file, { times }]) => {
    const here = found.filter((one) => one.startsWith(`${file}:`));
    return here.length === times ? [] : [`${file}: ${here.length} times, the list says ${times}`];
  });
  return [...left, ...wrong];
}

describe('the clock', () => {
  it('no SQL asks the database for the time', () => {
    expect(findAll(product, 'quoted', SQL_CLOCK)).toEqual([]);
  });

  it('domains and doors take the time from the clock handed in', () => {
    // a page's script has its browser's clock and no other
    const bound = outside(product, 'src/platform/', 'src/browser/');
    expect(bound.length).toBeGreaterThan(100);
    expect(beyond(findAll(bound, 'bare', OWN_CLOCK), OWN_CLOCK_ALLOWED)).toEqual([]);
  });
});

describe('raw SQL', () => {
  it('stands in the platform only; domains write it through tenantSql', () => {
    expect(
      beyond(findAll(outside(product, 'src/platform/'), 'bare', RAW_SQL), RAW_SQL_ALLOWED),
    ).toEqual([]);
  });

  it('every sql`…` of a domain comes from tenantSql, or preparedSql, which is one', () => {
    const writers = domains.filter(({ bare }) => /\bsql\s*`/.test(bare));
    expect(writers.length).toBeGreaterThan(3);
    const strangers = writers.filter(
      ({ bare }) => !/\bsql\s*=\s*(?:tenant|prepared)Sql\(|\bsql\s*:\s*TenantSql\b/.test(bare),
    );
    expect(strangers.map(({ path }) => path)).toEqual([]);
  });
});

it('only src/platform/config reads the environment', () => {
  const found = findAll(readSources('src', 'workers'), 'bare', ENVIRONMENT);
  expect(found.filter((one) => !one.startsWith('src/platform/config/'))).toEqual([]);
  expect(found.length).toBeGreaterThan(0);
});

it('nothing of the product writes to the console', () => {
  expect(findAll(readSources('src', 'workers'), 'bare', CONSOLE)).toEqual([]);
});

describe('would be found', () => {
  it.each([
    ['quoted', SQL_CLOCK, 'const a = sql`select 1 where at < now()`;'],
    ['quoted', SQL_CLOCK, "const a = 'update x set at = CURRENT_TIMESTAMP';"],
    ['quoted', SQL_CLOCK, `const a = \`select \${b} , clock_timestamp ()\`;`],
    ['bare', OWN_CLOCK, 'const at = new Date();'],
    ['bare', OWN_CLOCK, 'const at = Date.now();'],
    ['bare', OWN_CLOCK, `const at = \`\${Date.now()}\`;`],
    ['bare', OWN_CLOCK, 'const at = new Date;'],
    ['bare', RAW_SQL, 'await tx.$queryRaw`select 1`;'],
    ['bare', RAW_SQL, 'await db.pool.query(text);'],
    ['bare', ENVIRONMENT, 'const a = process.env.PORT;'],
    ['bare', CONSOLE, "console.log('a');"],
  ] as const)('in %s: %s in %s', (view, pattern, text) => {
    expect(findAll([sourceOf('src/domains/calls/x.ts', text)], view, pattern)).toHaveLength(1);
  });

  it.each([
    ['quoted', SQL_CLOCK, 'const at = clock.now(); // now()'],
    ['bare', OWN_CLOCK, 'const at = new Date(clock.now("a").getTime()); // new Date()'],
    ['bare', OWN_CLOCK, "const text = 'Date.now()';"],
    ['bare', ENVIRONMENT, '// process.env'],
  ] as const)('not in %s: %s in %s', (view, pattern, text) => {
    expect(findAll([sourceOf('src/domains/calls/x.ts', text)], view, pattern)).toEqual([]);
  });
});
