// The line that continuous integration reads must count everything that went wrong.
import { describe, expect, it } from 'vitest';
import type { TestModule } from 'vitest/node';
import { closingLine } from './closing-line.ts';

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
    ['1 passed, 0 failed, 2 skipped', [file(['passed', 'skipped', 'skipped'])], 0],
    ['0 passed, 1 failed', [file([], true)], 0],
    ['1 passed, 2 failed', [file(['passed'])], 2],
  ])('is "%s"', (line, files, unhandled) => {
    expect(closingLine(files, unhandled)).toBe(line);
  });
});
