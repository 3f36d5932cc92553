// Test files share a process, but for those that change what a whole process shares.
import { expect, it } from 'vitest';
import { APART } from '../../vitest.config.ts';
import { findAll, readSources } from './support/sources.ts';

it('who builds schemas or turns the time of day has a process to itself, and nobody else', () => {
  const tests = readSources('tests').filter(({ path }) => !path.startsWith('tests/house/'));
  const found = findAll(tests, 'bare', /\bbuilder\.|\bvi\.(?:useFakeTimers|setSystemTime)\b/);
  const files = new Set(found.map((place) => place.split(':')[0]));
  expect([...files].sort()).toEqual([...APART].sort());
});
