// Pure files decide and do nothing else: machines, outcomes, redaction, values.
import { expect, it } from 'vitest';
import { findAll, readSources, type Source, sourceOf, targetOf } from './support/sources.ts';

const PURE =
  /^src\/values\/|^src\/domains\/(?:[^/]+\/)+(?:machine[a-z-]*|outcome|redact[a-z-]*|match-[a-z-]*)\.ts$|^src\/domains\/visitors\/sources\/(?:(?:judge|tables)\/|(?:choose|fit|swap)-trackers?\.ts$)|^src\/sandbox\/legs\/machine\.ts$/;

/** Effects, by what the code would have to say to have them. */
const EFFECT =
  /\b(?:await|async)\b|\bDate\.now\b|\bnew Date(?:\s*\(\s*\)|\b(?!\s*\())|\bperformance\b|\bMath\.random\b|\brandom[A-Z]\w*|\bcrypto\b|\bprocess\b|\bfetch\s*\(|\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b|\.then\s*\(|\bconsole\b/;

/** Packages of pure functions. */
const PURE_PACKAGES = ['zod', 'uuid', 'libphonenumber-js/max', 'stemmer', 'tldts'];

/** Exceptions, each with its reason. */
const ALLOWED = new Set([
  // of what stands behind that door it takes match-keywords.ts alone
  'src/domains/automation/match-written.ts #domains/intelligence/index.ts',
  // a list of words
  'src/domains/intelligence/insights/judge/match-names.ts ../../topics/common-words.ts',
]);

function faultsOf(sources: Source[]): string[] {
  const imports = sources.flatMap(({ path, imports: all }) =>
    all
      .filter(({ specifier, typeOnly }) => {
        const to = targetOf(path, specifier);
        if (to === null) return !PURE_PACKAGES.includes(specifier);
        return !typeOnly && !PURE.test(to) && !ALLOWED.has(`${path} ${specifier}`);
      })
      .map(({ specifier, line }) => `${path}:${line}: imports ${specifier}`),
  );
  return [...findAll(sources, 'bare', EFFECT), ...imports];
}

const pure = readSources('src').filter(({ path }) => PURE.test(path));

it('sees the machine, the outcome, the matching, the redaction and the values', () => {
  expect(pure.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      'src/domains/calls/machine.ts',
      'src/domains/calls/machine-state.ts',
      'src/domains/calls/outcome.ts',
      'src/domains/intelligence/keywords/matching/match-words.ts',
      'src/domains/transcripts/redaction/redact.ts',
      'src/values/cursor.ts',
    ]),
  );
});

it('they neither wait, nor look at the clock, nor draw lots, nor touch the world', () => {
  expect(faultsOf(pure)).toEqual([]);
});

it.each([
  'export const a = async () => 1;',
  'const at = Date.now();',
  'const at = new Date();',
  'const lot = Math.random();',
  "import { randomBytes } from 'node:crypto';",
  "import { readFileSync } from 'node:fs';",
  "import { openDb } from '#platform/db/index.ts';",
  "import { saveCall } from './store-call.ts';",
  `const id = \`\${crypto.randomUUID()}\`;`,
  'setTimeout(step, 1);',
])('would be found: %s', (text) => {
  expect(faultsOf([sourceOf('src/domains/calls/machine.ts', text)])).not.toEqual([]);
});

it.each([
  'const bytes = Buffer.from(text);',
  '// await the caller, async',
  "const word = 'await';",
  "import type { Speaker } from '#generated/prisma/enums.ts';",
  "import { CallOutcome } from './machine-state.ts';",
])('is pure: %s', (text) => {
  expect(faultsOf([sourceOf('src/domains/calls/machine.ts', text)])).toEqual([]);
});
