// The README's table of settings and the settings themselves say the same.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig, SETTINGS } from '#platform/config/index.ts';
import { findAll, ROOT, readSources } from './support/sources.ts';

const ROW = /^\|\s*`([A-Z][A-Z0-9_]*)`\s*\|([^|]*)\|([^|]*)\|\s*$/gm;

/** variable → default as the README tells it; empty = none. */
function readTable(text: string): Map<string, { value: string; meaning: string }> {
  return new Map(
    [...text.matchAll(ROW)].map(([, name = '', value = '', meaning = '']) => [
      name,
      { value: value.trim().replaceAll('`', ''), meaning: meaning.trim() },
    ]),
  );
}

const told = readTable(readFileSync(join(ROOT, 'README.md'), 'utf8'));
const names = Object.keys(SETTINGS.shape);

it('every setting stands in the README, and nothing else does', () => {
  expect(names.length).toBeGreaterThan(10);
  expect([...told.keys()].sort()).toEqual([...names].sort());
});

it('each with its default: given as the README writes it, nothing changes', () => {
  const absent = readConfig({});
  const written = Object.fromEntries([...told].map(([name, { value }]) => [name, value]));
  expect(readConfig(written)).toEqual(absent);
});

it('without a default in the README exactly where there is none', () => {
  const absent: Record<string, unknown> = readConfig({});
  const without = names.filter((name) => absent[name] === undefined);
  const empty = [...told].filter(([, { value }]) => value === '').map(([name]) => name);
  expect(empty.sort()).toEqual(without.sort());
});

it('each with its meaning', () => {
  expect([...told].filter(([, { meaning }]) => meaning.length < 10).map(([name]) => name)).toEqual(
    [],
  );
});

it('every setting is used by something', () => {
  const users = readSources('src', 'workers', 'scripts').filter(
    ({ path }) => !path.startsWith('src/platform/config/'),
  );
  expect(
    names.filter((name) => findAll(users, 'bare', new RegExp(`\\b${name}\\b`)).length === 0),
  ).toEqual([]);
});

it('a table that tells something else would be found', () => {
  const table = readTable(
    '| variable | default | meaning |\n|---|---|---|\n| `PORT` | 5000 | where |\n',
  );
  expect([...table.keys()]).toEqual(['PORT']);
  expect(readConfig({ PORT: table.get('PORT')?.value }).PORT).not.toBe(readConfig({}).PORT);
});
