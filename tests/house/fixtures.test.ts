// What the repository tells the world: nobody's real phone number, no path of a machine, no address of a registry.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lineAt, listFiles, ROOT } from './support/sources.ts';

const FOLDERS = ['src', 'workers', 'scripts', 'demo', 'bench', 'eval', 'docs', 'tests', 'prisma'];
const ROOT_FILES = [
  'README.md',
  'CHANGELOG.md',
  'THIRD_PARTY_NOTICES.md',
  'package.json',
  'biome.json',
  'knip.json',
  'tsconfig.json',
  'codegen.ts',
  'prisma.config.ts',
  'vitest.config.ts',
  'schema.graphql',
];
const SELF = 'tests/house/fixtures.test.ts';

const files = [...listFiles(FOLDERS, /\.(?:ts|json|md|graphql|prisma|sql)$/), ...ROOT_FILES]
  .filter((path) => path !== SELF)
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

/** Ten digits as North America writes them, with or without country code, in any dress. */
const NANP =
  /(?<![\w.:-])(?:\+?1[-. ]?)?\(?([2-9]\d{2})\)?[-. ]?([2-9]\d{2})[-. ]?(\d{4})(?![\w-]|\.\d)/g;
/** Other countries' numbers, as E.164 writes them. */
const FOREIGN = /\+(?!1)[2-9]\d{7,14}\b/g;

/** number → why it may stand here. */
const NUMBERS_ALLOWED: Record<string, string> = {};

/** 555-0100 to 555-0199 are kept for stories in every area code (NANPA). */
function findNumbers(text: string): { number: string; at: number }[] {
  const american = [...text.matchAll(NANP)].filter(
    ([, , office = '', line = '']) => !(office === '555' && line.startsWith('01')),
  );
  return [...american, ...text.matchAll(FOREIGN)]
    .map((found) => ({ number: found[0], at: found.index }))
    .filter(({ number }) => !(number in NUMBERS_ALLOWED));
}

const MACHINE_PATH =
  /(?<![\w./~-])\/(?:work|root|home\/\w+|Users\/\w+)(?![\w-])|(?<![\w./~-])\/tmp\/|\bC:\\Users/g;
const REGISTRY =
  /\bregistry\.(?!consume)[a-z0-9-]+\.[a-z]+|\b(?:artifactory|nexus|verdaccio)\b|https?:\/\/\d+\.\d+\.\d+\.\d+:\d+\/(?:npm|simple)/gi;

const tell = (find: (text: string) => { number: string; at: number }[]) =>
  files.flatMap(({ path, text }) =>
    find(text).map(({ number, at }) => `${path}:${lineAt(text, at)}: ${number}`),
  );
const matches = (pattern: RegExp) => (text: string) =>
  [...text.matchAll(pattern)].map((found) => ({ number: found[0], at: found.index }));

it('sees the repository', () => {
  expect(files.length).toBeGreaterThan(300);
});

describe('phone numbers', () => {
  it('are of the fictional block', () => {
    expect(tell(findNumbers)).toEqual([]);
  });

  it.each(['+14155552671', '(415) 555-2671', '415-867-5309', '4158675309', '+442079460000'])(
    'would be found: %s',
    (number) => {
      expect(findNumbers(`a call from ${number}, at once`)).toHaveLength(1);
    },
  );

  it.each([
    '+14155550123',
    '415 555 0198',
    '1791234567890',
    '018f3b2c-4155-5526-7144-415555267100',
  ])('is no fault: %s', (number) => {
    expect(findNumbers(`a call from ${number}`)).toEqual([]);
  });
});

describe('machines', () => {
  it('no path of anybody’s machine', () => {
    expect(tell(matches(MACHINE_PATH))).toEqual([]);
    expect('/root/x /work/main /tmp/x /home/ann'.match(MACHINE_PATH)).toHaveLength(4);
    expect('a/work/b ./tmp/x /var/tmp and /workers'.match(MACHINE_PATH)).toBeNull();
  });

  it('no registry’s address', () => {
    expect(tell(matches(REGISTRY))).toEqual([]);
    expect('see registry.example.com'.match(REGISTRY)).toHaveLength(1);
  });

  it('the lock file resolves to npm’s public name or to nothing', () => {
    const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
    const hosts = [...lock.matchAll(/"resolved": "(https?:\/\/[^/"]+)/g)].map(([, host]) => host);
    expect([...new Set(hosts)].filter((host) => host !== 'https://registry.npmjs.org')).toEqual([]);
  });
});
