// The helpers that domains write their schema with: nodes, lists, mutations.
import { graphql } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { defineNode } from '#graphql/node.ts';
import { readId } from '#graphql/read-id.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { invalidInput, policyRefused, Refused, versionConflict } from '#values/refusals.ts';

interface Pear {
  id: string;
  name: string;
}
const idOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const PEARS: Pear[] = Array.from({ length: 120 }, (_, n) => ({
  id: idOf(n),
  name: `pear ${n % 7}`,
}));
// biome-ignore lint/suspicious/noExplicitAny: an answer has whatever shape the operation asked for
type Answer = any;
let loads = 0;
let counts = 0;

const Pear = defineNode<Pear>('Pear', async (ids) => {
  loads += 1;
  return PEARS.filter((pear) => ids.includes(pear.id));
});
Pear.implement({
  description: 'A pear.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    next: t.field({
      type: Pear,
      nullable: true,
      description: 'The next pear.',
      resolve: (pear) => idOf(Number(pear.id.slice(-12)) + 1),
    }),
  }),
});
const PearConnection = defineConnection(Pear, 'Pear');
builder.queryField('pears', (t) =>
  t.field({
    type: PearConnection,
    description: 'All pears.',
    args: pageArgs(t),
    resolve: (_root, args) =>
      readPage(args, {
        rows: async ({ limit, after }) => {
          const sorted = [...PEARS].sort(
            (a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id),
          );
          const rest = after
            ? sorted.filter(
                (pear) =>
                  pear.name > after.value || (pear.name === after.value && pear.id > after.id),
              )
            : sorted;
          return rest.slice(0, limit);
        },
        count: async (cap) => {
          counts += 1;
          return Math.min(cap, PEARS.length);
        },
        sortValue: (pear) => pear.name,
      }),
  }),
);
defineMutation('renamePear', {
  description: 'Renames a pear.',
  input: (t) => ({
    pearId: t.id({ required: true, description: 'The pear.' }),
    name: t.string({ description: 'Its new name.' }),
    ...idempotencyKey(t),
    ...expectedVersion(t),
  }),
  run: async (input, _context) => {
    const pearId = readId(input.pearId, 'Pear', 'pearId');
    if (input.name === null) throw new Error('secret: pg password');
    if (input.name === 'both') {
      throw new Refused('INVALID_INPUT', 'no a', {
        field: ['a'],
        also: [invalidInput('b', 'no b')],
      });
    }
    if (input.expectedVersion === 1) throw versionConflict(7);
    if (input.name === undefined) {
      throw policyRefused('LAST_ADMIN', 'no', { figures: { limit: 1, current: 1 } });
    }
    return { pearId };
  },
  payload: (t) => ({
    pear: t.field({
      type: Pear,
      nullable: true,
      description: 'The pear.',
      resolve: (result) => result.pearId,
    }),
  }),
});

let run: (source: string, variableValues?: Record<string, unknown>) => Promise<Answer>;
beforeAll(() => {
  const schema = builder.toSchema();
  run = async (source, variableValues) =>
    JSON.parse(
      JSON.stringify(
        await graphql({
          schema,
          source,
          contextValue: { requestId: 'r' } as Context,
          ...(variableValues ? { variableValues } : {}),
        }),
      ),
    );
});

const pearId = (n: number) => encodeGlobalId('Pear', idOf(n));

describe('nodes', () => {
  it('are read by id through one loader, and null when there is none', async () => {
    loads = 0;
    const answer = await run(
      `query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Pear { name next { name } } } }`,
      { ids: [pearId(3), pearId(999), encodeGlobalId('Apple', idOf(1)), pearId(4)] },
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data.nodes).toEqual([
      { id: pearId(3), name: 'pear 3', next: { name: 'pear 4' } },
      null,
      null,
      { id: pearId(4), name: 'pear 4', next: { name: 'pear 5' } },
    ]);
    expect(loads).toBeLessThanOrEqual(2);
  });

  it('are null when the type of the id is no node', async () => {
    const answer = await run(`query($id: ID!) { node(id: $id) { id } }`, {
      id: encodeGlobalId('PearConnection', idOf(1)),
    });
    expect(answer).toEqual({ data: { node: null } });
  });

  it('refuse an id that is not ours, and more than 250 ids', async () => {
    const strange = await run(`{ node(id: "42") { id } }`);
    expect(strange.errors[0].extensions.code).toBe('BAD_INPUT');
    const many = await run(`query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, {
      ids: Array.from({ length: 251 }, () => pearId(1)),
    });
    expect(many.errors[0].extensions).toMatchObject({ code: 'BAD_INPUT', limit: 250 });
  });
});

describe('lists', () => {
  const page = `query($first: Int, $after: Cursor) { pears(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;

  it('give 50 rows when not told otherwise, and every row once over all pages', async () => {
    counts = 0;
    const seen = new Set<string>();
    let after: string | null = null;
    const sizes: number[] = [];
    do {
      const { data } = await run(page, { after });
      sizes.push(data.pears.nodes.length);
      for (const node of data.pears.nodes) seen.add(node.id);
      after = data.pears.pageInfo.hasNextPage ? data.pears.pageInfo.endCursor : null;
    } while (after);
    expect(sizes).toEqual([50, 50, 20]);
    expect(seen.size).toBe(120);
    expect(counts).toBe(0);
  });

  it('count once, and only when the total is selected', async () => {
    counts = 0;
    const { data } = await run(`{ pears(first: 1) { totalCount totalCountIsExact } }`);
    expect(data.pears).toEqual({ totalCount: 120, totalCountIsExact: true });
    expect(counts).toBe(1);
  });

  it.each([0, -1, 101])('refuse first: %i naming the limit', async (first) => {
    const answer = await run(page, { first });
    expect(answer.errors[0].extensions).toMatchObject({ code: 'BAD_INPUT', limit: 100 });
  });
});

describe('mutations', () => {
  const rename = `mutation($input: RenamePearInput!) { renamePear(input: $input) { pear { name } userErrors { __typename code message field ... on VersionConflict { currentVersion } ... on PolicyRefusal { limit current retryAt } } } }`;

  it('answer the thing when done', async () => {
    const { data } = await run(rename, { input: { pearId: pearId(5), name: 'x' } });
    expect(data.renamePear).toEqual({ pear: { name: 'pear 5' }, userErrors: [] });
  });

  it.each([
    [
      { pearId: 'nonsense', name: 'x' },
      { __typename: 'InvalidInput', field: ['pearId'] },
    ],
    [
      { pearId: pearId(1), name: 'x', expectedVersion: 1 },
      { __typename: 'VersionConflict', code: 'VERSION_CONFLICT', currentVersion: 7 },
    ],
    [
      { pearId: pearId(1) },
      { __typename: 'PolicyRefusal', code: 'LAST_ADMIN', limit: 1, current: 1, retryAt: null },
    ],
  ])('tell a refusal as a userError: %j', async (input, expected) => {
    const { data, errors } = await run(rename, { input });
    expect(errors).toBeUndefined();
    expect(data.renamePear.pear).toBeNull();
    expect(data.renamePear.userErrors).toHaveLength(1);
    expect(data.renamePear.userErrors[0]).toMatchObject(expected);
  });

  it('name every bad field at once', async () => {
    const { data } = await run(rename, { input: { pearId: pearId(1), name: 'both' } });
    expect(data.renamePear.userErrors.map((e: { field: string[] }) => e.field)).toEqual([
      ['a'],
      ['b'],
    ]);
  });

  it('leave a bug to the top-level errors', async () => {
    const answer = await run(rename, { input: { pearId: pearId(1), name: null } });
    expect(answer.data).toBeNull();
    expect(answer.errors).toHaveLength(1);
  });
});
