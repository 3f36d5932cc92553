// The line that continuous integration reads must count everything that went wrong.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { TestModule } from 'vitest/node';
import { closingLines } from './closing-line.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A finished test file: the states of its tests, and whether it could not be loaded. */
function file(states: string[], broken = false): TestModule {
  const tests = states.map((state) => ({ result: () => ({ state }) }));
  const module = {
    children: { allTests: () => tests.values() },
    state: () => (broken || states.includes('failed') ? 'failed' : 'passed'),
    errors: () => (broken ? [new Error('cannot be loaded')] : []),
  };
  return module as unknown as TestModule;
}

describe('the closing line', () => {
  it.each([
    ['1 passed, 0 failed', [file(['passed'])], 0],
    ['2 passed, 1 failed', [file(['passed', 'failed']), file(['passed'])], 0],
    ['0 passed, 1 failed', [file([], true)], 0],
    ['1 passed, 2 failed', [file(['passed'])], 2],
  ])('is "%s"', (line, files, unhandled) => {
    expect(closingLines(files, unhandled)).toEqual([line]);
  });

  it('stays what it is when tests were skipped, which the line before tells', () => {
    const files = [file(['passed', 'skipped', 'pending'])];
    expect(closingLines(files, 0)).toEqual(['2 skipped', '1 passed, 0 failed']);
  });
});

describe('continuous integration', () => {
  const folder = temporaryFolder();

  /** Runs .ci/run with an npm that only says what it is told to say for each of its words. */
  function runWith(npm: string) {
    writeFileSync(join(folder, 'npm'), `#!/bin/sh\n${npm}\n`, { mode: 0o755 });
    const script = fileURLToPath(new URL('../../.ci/run', import.meta.url));
    const PATH = [folder, process.env.PATH].join(delimiter);
    const { status, stdout } = spawnSync(script, { encoding: 'utf8', env: { PATH } });
    return { status, last: stdout.trimEnd().split('\n').at(-1) };
  }

  it.each([
    [
      'all is well',
      `[ "$1" = test ] && printf '1 skipped\\n9 passed, 0 failed\\n' || true`,
      0,
      '9 passed, 0 failed',
    ],
    [
      'a test fails',
      `[ "$1" = test ] || exit 0; printf '8 passed, 1 failed\\n'; exit 1`,
      1,
      '8 passed, 1 failed',
    ],
    ['the check fails', `[ "$1" != run ]`, 1, '0 passed, 1 failed'],
    ['the tests end without a word', `[ "$1" != test ] || exit 137`, 137, '0 passed, 1 failed'],
  ])('ends with the line when %s', (_what, npm, status, last) => {
    expect(runWith(npm)).toEqual({ status, last });
  });
});
