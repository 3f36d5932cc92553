// Who may import whom: values → platform → graphql → domains → composition → http → server, workers.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOMAINS, findDirectionFaults } from './support/find-direction-faults.ts';
import { ROOT, readSources, sourceOf } from './support/sources.ts';

const house = readSources('src', 'workers', 'scripts', 'demo', 'bench');

const planted = (path: string, text: string) => findDirectionFaults([sourceOf(path, text)]);

describe('direction', () => {
  it('sees the house', () => {
    expect(house.filter(({ path }) => path.startsWith('src/')).length).toBeGreaterThan(150);
    expect(house.flatMap(({ imports }) => imports).length).toBeGreaterThan(600);
  });

  it('no import goes where it may not', () => {
    expect(findDirectionFaults(house)).toEqual([]);
  });

  it('every domain has a rank, and every rank a domain', () => {
    expect(readdirSync(join(ROOT, 'src/domains')).sort()).toEqual([...DOMAINS].sort());
  });

  it.each([
    ['values know no platform', 'src/values/x.ts', "import '#platform/db/index.ts';"],
    ['platform knows no domain', 'src/platform/db/x.ts', "import '#domains/calls/index.ts';"],
    ['a later domain is unknown', 'src/domains/leads/x.ts', "import '#domains/calls/index.ts';"],
    ['a door is not passed by', 'src/domains/calls/x.ts', "import '#domains/leads/store.ts';"],
    ['a platform door neither', 'src/http/x.ts', "export { a } from '#platform/db/locks.ts';"],
    ['../ stays at home', 'src/domains/calls/x.ts', "import { a } from '../leads/index.ts';"],
    ['../ stays in its layer', 'src/http/x.ts', "import { a } from '../values/cursor.ts';"],
    ['# is for crossing', 'src/domains/calls/x.ts', "import '#domains/calls/store.ts';"],
    ['the sandbox stands alone', 'src/sandbox/x.ts', "import '#platform/log/index.ts';"],
    ['nobody leans on the sandbox', 'src/domains/lab/x.ts', "import '#sandbox/index.ts';"],
    ['scripts of pages stand alone', 'src/browser/x.ts', "import '#platform/log/index.ts';"],
    ['nobody leans on them', 'src/http/x.ts', "import '#browser/swap/main.ts';"],
    ['vendors stay at home', 'src/domains/calls/x.ts', "import type Telnyx from 'telnyx';"],
    ['even when loaded late', 'src/http/x.ts', "const a = await import('pg-boss');"],
    ['no door is below', 'src/domains/lab/x.ts', "import '#http/start-http.ts';"],
    [
      'the client stays in db',
      'src/domains/leads/x.ts',
      "import { Prisma } from '#generated/prisma/client.ts';",
    ],
    ['the composition is above', 'src/graphql/x.ts', "import { schema } from '#schema';"],
    ['tests are no product', 'src/http/x.ts', "import '#tests/support/database.ts';"],
    [
      'over several lines',
      'src/values/x.ts',
      "import {\n  type A,\n  b,\n} from\n  '#graphql/builder.ts';",
    ],
  ])('would be found: %s', (_, path, text) => {
    expect(planted(path, `// A planted file.\n${text}\n`)).toHaveLength(1);
  });

  it.each([
    ['an import in a comment', 'src/values/x.ts', "// import '#platform/db/index.ts';"],
    ['an import in a string', 'src/values/x.ts', "const a = `\nimport '#platform/db/index.ts';`;"],
    ['an earlier domain', 'src/domains/calls/x.ts', "import { a } from '#domains/leads/index.ts';"],
    [
      'a type of the client',
      'src/domains/leads/x.ts',
      "import type { Prisma } from '#generated/prisma/client.ts';",
    ],
  ])('is no fault: %s', (_, path, text) => {
    expect(planted(path, text)).toEqual([]);
  });
});
