// Arguments of the programs that a person starts: help and mistakes end the process before it has done anything.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readArguments, refuseArguments } from '#platform/config/index.ts';
import { ROOT } from '#tests/house/support/sources.ts';

const USAGE = 'Use:\n  npm run thing';

/** What a program with these arguments reads, or the code that it ends with and what it wrote. */
function run(args: string[], known?: Parameters<typeof readArguments>[1]) {
  vi.spyOn(process, 'argv', 'get').mockReturnValue(['node', 'thing.ts', ...args]);
  const said: string[] = [];
  const hear = (part: unknown) => said.push(String(part)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(hear);
  vi.spyOn(process.stderr, 'write').mockImplementation(hear);
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`ended with ${code}`);
  });
  try {
    return readArguments(USAGE, known);
  } catch (error) {
    return [(error as Error).message, said.join('')];
  }
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('arguments', () => {
  it('come back as they are', () => {
    expect(run(['new', 'A & B'])).toEqual(['new', 'A & B']);
    expect(run(['--small', 'idle'], { options: ['--small'] })).toEqual(['--small', 'idle']);
    expect(run(['--patience=5'], { options: ['--patience'], words: 0 })).toEqual(['--patience=5']);
  });

  it('that ask for help get it, whatever else stands there', () => {
    for (const args of [['--help'], ['-h'], ['new', '--nonsense', '--help']]) {
      expect(run(args, { words: 0 })).toEqual(['ended with 0', `${USAGE}\n`]);
    }
  });

  it('that nobody knows end it, with the way to call it', () => {
    const ended = 'ended with 1';
    expect(run(['--al'])).toEqual([ended, `There is no option --al.\n${USAGE}\n`]);
    expect(run(['--al=1'])).toEqual([ended, `There is no option --al=1.\n${USAGE}\n`]);
    expect(run(['now'], { words: 0 })).toEqual([ended, `Unknown: now.\n${USAGE}\n`]);
    expect(run(['1.0.0', 'now'], { words: 1 })).toEqual([ended, `Unknown: now.\n${USAGE}\n`]);
    expect(() => refuseArguments('No.', USAGE)).toThrow(ended);
  });
});

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const programs = Object.entries(scripts as Record<string, string>)
  .filter(([name]) => name !== 'postinstall')
  .flatMap(([, command]) => /^node (\S+)/.exec(command)?.[1] ?? []);

it('every program that a person starts has this door', () => {
  expect(programs.length).toBeGreaterThan(10);
  const without = programs.filter(
    (path) => !readFileSync(join(ROOT, path), 'utf8').includes('readArguments(USAGE'),
  );
  expect(without).toEqual([]);
});
