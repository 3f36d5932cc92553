// The shape of a file: its length, the words it opens with, its name, and names that say nothing.
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findAll, listFiles, readSources, type Source, sourceOf } from './support/sources.ts';

const SOFT_LIMIT = 250;
const HARD_LIMIT = 400;
const MEDIAN_LIMIT = 110;

/** Product files beyond the soft limit, each with its reason. */
const LONG: Record<string, string> = {
  'src/domains/accounts/store.ts': 'one writer for five tables, a few lines each',
  'src/domains/calls/machine.ts': 'the whole table of a call’s states, read in one go',
};
/** How many tests may be beyond it. Lower it when one is cut; a new long one is cut instead. */
const LONG_TESTS = 18;

const product = readSources('src', 'workers', 'scripts', 'demo');
const tests = readSources('tests', 'bench', 'eval');
const all = [...product, ...tests];

const lengthOf = ({ text }: Source) => text.trimEnd().split('\n').length;

/** Why the file's first words are not 1–5 lines of comment. */
function openingFault({ path, text }: Source): string[] {
  const lines = text.split('\n');
  const first = lines[0]?.startsWith('#!') ? lines.slice(1) : lines;
  const end = first.findIndex((line) => !line.startsWith('//'));
  const count = end < 0 ? first.length : end;
  if (count === 0) return [`${path}:1: opens without a comment on its duty`];
  return count > 5 ? [`${path}:1: opens with ${count} lines of comment, 5 at most`] : [];
}

const KEBAB = /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/;
const EMPTY_FOLDER = /(^|\/)(?:shared|common|utils?|helpers?|misc|lib)\//;
const EMPTY_FILE = /(?:^|[-.])(?:manager|service|helpers?|utils?|impl)(?:[-.]|$)/;
const EMPTY_NAME =
  /\b(?:class|interface|type|function|const|let)\s+(?:\w+(?:Manager|Service|Helpers?|Utils?|Impl)|Manager|Service|Helper|Util|I[A-Z][a-z]\w*|(?:Abstract|Base)[A-Z]\w*)\b/;

/** Names older than the rule. */
const NAMED_BEFORE = new Set(['tests/graphql/helpers.test.ts']);

describe('length', () => {
  it(`no file is longer than ${HARD_LIMIT} lines`, () => {
    expect(all.length).toBeGreaterThan(250);
    const tooLong = all.filter((file) => lengthOf(file) > HARD_LIMIT);
    expect(tooLong.map((file) => `${file.path}: ${lengthOf(file)} lines`)).toEqual([]);
  });

  it(`product files beyond ${SOFT_LIMIT} lines are the known ones`, () => {
    const long = product.filter((file) => lengthOf(file) > SOFT_LIMIT).map(({ path }) => path);
    expect(long.filter((path) => !(path in LONG))).toEqual([]);
    expect(
      Object.keys(LONG).filter((path) => !long.includes(path)),
      'no longer long',
    ).toEqual([]);
  });

  it(`tests beyond ${SOFT_LIMIT} lines do not become more`, () => {
    const long = tests.filter((file) => lengthOf(file) > SOFT_LIMIT).map(({ path }) => path);
    expect(long.length, long.join('\n')).toBeLessThanOrEqual(LONG_TESTS);
  });

  it(`the median product file has at most ${MEDIAN_LIMIT} lines`, () => {
    const lengths = product.map(lengthOf).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(MEDIAN_LIMIT);
  });
});

describe('opening', () => {
  it('every file opens with 1 to 5 lines on its duty', () => {
    expect(all.flatMap(openingFault)).toEqual([]);
  });

  it.each([
    ["import 'a';", 1],
    ['\n// Late.\n', 1],
    [`${'// More.\n'.repeat(6)}`, 1],
    ['#!/usr/bin/env node\n// Duty.\n', 0],
    ['// Duty.\nimport a;', 0],
  ])('judges %j', (text, faults) => {
    expect(openingFault(sourceOf('src/x.ts', text))).toHaveLength(faults);
  });
});

describe('names', () => {
  const files = listFiles(
    ['src', 'workers', 'scripts', 'demo', 'bench', 'eval', 'tests', 'prisma'],
    /./,
  );

  it('files and folders are kebab-case', () => {
    const named = files.filter(
      (path) => !/^(README\.md|migration_lock\.toml)$/.test(basename(path)),
    );
    const odd = named.filter(
      (path) => !path.split('/').every((part) => KEBAB.test(part) || /^\d+_[a-z_]+$/.test(part)),
    );
    expect(odd).toEqual([]);
    expect(['tenantSql.ts', 'Call.ts', 'tenant_sql.ts'].filter((name) => KEBAB.test(name))).toEqual(
      [],
    );
  });

  it('no folder or file is named for nothing', () => {
    const odd = files.filter(
      (path) => EMPTY_FOLDER.test(path) || EMPTY_FILE.test(basename(path).replace(/\.\w+$/, '')),
    );
    expect(odd.filter((path) => !NAMED_BEFORE.has(path))).toEqual([]);
    expect(EMPTY_FOLDER.test('src/platform/utils/x.ts')).toBe(true);
    expect(EMPTY_FILE.test('call-service')).toBe(true);
  });

  it('nothing in the code is called Manager, Service, Helper, Util, Impl, IFoo or BaseFoo', () => {
    expect(findAll(all, 'bare', EMPTY_NAME)).toEqual([]);
    const planted = 'class CallManager {}\ninterface ICall {}\nconst callUtils = 1;\ntype In = 1;';
    expect(findAll([sourceOf('src/x.ts', planted)], 'bare', EMPTY_NAME)).toHaveLength(3);
  });
});
