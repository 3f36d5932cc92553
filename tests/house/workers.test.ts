// Every worker of the page of reactions is started: inside the server, and by a process of workers/ beside it.
import { expect, it } from 'vitest';
import { handlersOf } from '#reactions';
import { readSources, type Source, sourceOf } from './support/sources.ts';

const WORKERS = Object.keys(handlersOf);
const START = /\bstartWorkers\(\s*\w+,\s*\[([^\]]*)\]/g;

/** The workers that no call of startWorkers in these files names. */
function findIdle(starters: Source[]): string[] {
  const named = starters.flatMap(({ code }) =>
    [...code.matchAll(START)].flatMap(([, list = '']) =>
      [...list.matchAll(/'([^']+)'/g)].map(([, name = '']) => name),
    ),
  );
  return WORKERS.filter((name) => !named.includes(name));
}

it('the server starts every worker (WORKERS=inside)', () => {
  expect(WORKERS.length).toBeGreaterThan(1);
  expect(findIdle(readSources('src').filter(({ path }) => path === 'src/start-server.ts'))).toEqual(
    [],
  );
});

it('the processes of workers/ start every worker (WORKERS=apart)', () => {
  expect(findIdle(readSources('workers'))).toEqual([]);
});

it('one that is left out would be found', () => {
  const starter = `await startWorkers(platform, ['${WORKERS[0]}'], { intake });`;
  expect(findIdle([sourceOf('workers/x.ts', starter)])).toEqual(WORKERS.slice(1));
});
