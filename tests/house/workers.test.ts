// Every worker of the page of reactions is started: inside the server, and by a process of workers/ beside it.
import { expect, it } from 'vitest';
import { handlersOf } from '#reactions';
import { WORKER_NAMES } from '../../src/start-workers.ts';
import { readSources, type Source, sourceOf } from './support/sources.ts';

/** Whether a file starts workers by the list of all of them, never by one of its own that could lag behind. */
const startsAll = ({ code }: Source): boolean =>
  /\bWORKER_NAMES\b/.test(code) &&
  /\bstartWorkers\(/.test(code) &&
  !/\bstartWorkers\(\s*\w+,\s*\[/.test(code);

it('the list of workers is that of the page of reactions', () => {
  expect(WORKER_NAMES.length).toBeGreaterThan(1);
  expect(WORKER_NAMES).toEqual(Object.keys(handlersOf));
});

it('the server starts every worker (WORKERS=inside)', () => {
  const starters = readSources('src').filter(({ path }) => path === 'src/start-server.ts');
  expect(starters.map(startsAll)).toEqual([true]);
});

it('the processes of workers/ start every worker (WORKERS=apart)', () => {
  const starters = readSources('workers');
  expect(starters.length).toBeGreaterThan(0);
  expect(starters.filter((starter) => !startsAll(starter))).toEqual([]);
});

it('one that is left out would be found', () => {
  const starter = `import { WORKER_NAMES } from './start-workers.ts';
    await startWorkers(platform, ['calls'], { intake });`;
  expect(startsAll(sourceOf('workers/x.ts', starter))).toBe(false);
});
