// Every verb judges rights before it reads its input: who may do nothing learns nothing, not even that input is bad.
import { describe, expect, it } from 'vitest';
import { findUnjudgedVerbs } from './support/find-unjudged-verbs.ts';
import { findAll, readSources, sourceOf } from './support/sources.ts';

const domains = readSources('src').filter(({ path }) => path.startsWith('src/domains/'));

/** Whoever calls these has no rights yet: they show a password or a secret of their mail. */
const SIGN_INS = ['signIn', 'signOut', 'acceptInvitation', 'requestPasswordReset', 'resetPassword'];

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

describe('a mutation', () => {
  const planted = (opening: string, parameters = 'platform: P, viewer: Viewer') => {
    const schema = `import { sell } from './sell.ts';
defineMutation('sell', {
  input: (t) => ({}),
  run: (input, { platform, viewer }) => sell(platform, viewer, input),
  payload: (t) => ({}),
});`;
    const verb = `export async function sell(\n  ${parameters},\n): Promise<{ id: string }> {\n  ${opening}\n  return db.sell();\n}`;
    return [sourceOf('src/domains/x/schema.ts', schema), sourceOf('src/domains/x/sell.ts', verb)];
  };

  it('calls a verb whose first statement judges rights', () => {
    const { seen, faults } = findUnjudgedVerbs(domains, SIGN_INS);
    expect(seen).toBeGreaterThan(130);
    expect(faults).toEqual([]);
  });

  it('is defined in one way only', () => {
    const defined = findAll(readSources('src'), 'bare', /\bmutationFields?\(/);
    expect(defined.map((place) => place.split(':')[0])).toEqual(['src/graphql/mutation.ts']);
  });

  it('that signs somebody in is the only other one', () => {
    const { faults } = findUnjudgedVerbs(domains);
    const named = faults.map((fault) => fault.split(': ')[1]);
    expect(named.sort()).toEqual([...SIGN_INS].sort());
  });

  it.each([
    ['without rights', planted('parseInput(shape);')],
    ['with rights only later', planted('parseInput(shape);\n  authorize(viewer);')],
    ['of nobody', planted('authorize(platform);', 'platform: P')],
  ])('%s would be found', (_, sources) => {
    expect(findUnjudgedVerbs(sources).faults).toHaveLength(1);
  });

  it('with rights first is none', () => {
    expect(findUnjudgedVerbs(planted('authorize(viewer);'))).toEqual({ seen: 1, faults: [] });
  });
});
