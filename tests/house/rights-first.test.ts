// Every verb judges rights before it reads its input: who may do nothing learns nothing, not even that input is bad.
import { describe, expect, it } from 'vitest';
import { readSources } from './support/sources.ts';

const domains = readSources('src').filter(({ path }) => path.startsWith('src/domains/'));

/** The functions of a file that do both and read their input first, as "file: function". */
function findLateRights({ path, text }: { path: string; text: string }): string[] {
  return text
    .split(/^(?=(?:export )?(?:async )?function )/m)
    .filter((body) => {
      const [rights, input] = [body.indexOf('authorize('), body.indexOf('parseInput(')];
      return rights >= 0 && input >= 0 && input < rights;
    })
    .map((body) => `${path}: ${/function (\w+)/.exec(body)?.[1]}`);
}

describe('a verb', () => {
  it('judges rights before it reads its input', () => {
    expect(domains.flatMap(findLateRights)).toEqual([]);
    expect(domains.filter(({ text }) => text.includes('parseInput(')).length).toBeGreaterThan(10);
  });

  it('that does not is found', () => {
    const late = 'export async function sell() {\n  parseInput(shape);\n  authorize(viewer);\n}\n';
    const early = 'async function buy() {\n  authorize(viewer);\n  parseInput(shape);\n}\n';
    expect(findLateRights({ path: 'a.ts', text: early + late })).toEqual(['a.ts: sell']);
  });
});
