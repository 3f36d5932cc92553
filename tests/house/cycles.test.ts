// No rings: not of files by what they load, not of domains or platform modules by anything, types included.
import { expect, it } from 'vitest';
import { findCycles } from './support/find-cycles.ts';
import { readSources, targetOf } from './support/sources.ts';

const house = readSources('src', 'workers');

function graph(nameOf: (path: string) => string | null, withTypes: boolean) {
  const edges = new Map<string, Set<string>>();
  for (const { path, imports } of house) {
    const from = nameOf(path);
    if (from === null) continue;
    const known = edges.get(from) ?? new Set<string>();
    edges.set(from, known);
    for (const { specifier, typeOnly } of imports) {
      const target = targetOf(path, specifier);
      const to = target === null || (typeOnly && !withTypes) ? null : nameOf(target);
      if (to !== null && (to !== from || target === path)) known.add(to);
    }
  }
  return edges;
}

const moduleOf = (path: string) =>
  /^src\/(?:domains|platform)\/[^/]+(?=\/)/.exec(path)?.[0] ?? null;

it('no ring of files', () => {
  const files = graph((path) => path, false);
  expect(files.size).toBeGreaterThan(150);
  expect(findCycles(files)).toEqual([]);
});

it('no ring of domains or platform modules, types included', () => {
  const modules = graph(moduleOf, true);
  expect(modules.size).toBeGreaterThan(15);
  expect(modules.get('src/domains/calls')).toContain('src/domains/leads');
  expect(findCycles(modules)).toEqual([]);
});

it('a ring would be found, with who belongs to it and nobody else', () => {
  const edges = new Map(
    Object.entries({ a: ['b'], b: ['c', 'd'], c: ['a'], d: ['e'], e: [], f: ['f'], g: ['d'] }).map(
      ([from, to]) => [from, new Set(to)],
    ),
  );
  expect(findCycles(edges)).toEqual(['a ⇄ b ⇄ c', 'f']);
});
