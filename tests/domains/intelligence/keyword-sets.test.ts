// Keyword sets through the schema: made, changed, deleted, listed; refused with the field to blame; kept to companies.
import '#domains/activity/schema.ts';
import '#domains/intelligence/schema.ts';
import type { GraphQLSchema } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { builder } from '#graphql/builder.ts';
import { runOperation } from '#tests/support/operation.ts';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openLibrary } from './library.ts';

const library = await openLibrary();
let schema: GraphQLSchema;
beforeAll(() => {
  schema = builder.toSchema();
});

const SET = `fragment S on KeywordSet {
  id name version createdAt company { name } keywords { text match speaker tag } }`;
const CREATE = `${SET} mutation($input: CreateKeywordSetInput!) { createKeywordSet(input: $input) {
  keywordSet { ...S } userErrors { code field message ... on PolicyRefusal { limit current } } } }`;
const UPDATE = `${SET} mutation($input: UpdateKeywordSetInput!) { updateKeywordSet(input: $input) {
  keywordSet { ...S } userErrors { code field message ... on VersionConflict { currentVersion } } } }`;
const DELETE = `mutation($input: DeleteKeywordSetInput!) { deleteKeywordSet(input: $input) {
  deletedKeywordSetId userErrors { code field } } }`;
const LIST = `query($filter: KeywordSetFilter, $order: KeywordSetOrder, $first: Int, $after: Cursor) {
  keywordSets(filter: $filter, order: $order, first: $first, after: $after) {
    totalCount totalCountIsExact pageInfo { hasNextPage endCursor } nodes { id name } } }`;

async function settle() {
  const people = await library.settle();
  const run = (source: string, variables: Record<string, unknown> = {}, viewer = people.viewer) =>
    runOperation(schema, source, variables, { platform: library, viewer });
  const create = async (changes: Record<string, unknown> = {}, viewer = people.viewer) => {
    const input = { name: 'Problems', keywords: [{ text: 'leak' }], ...changes };
    const { data, errors } = await run(CREATE, { input }, viewer);
    return errors ? { errors } : data.createKeywordSet;
  };
  const names = async (variables: Record<string, unknown> = {}, viewer = people.viewer) =>
    (await run(LIST, variables, viewer)).data.keywordSets.nodes.map(
      ({ name }: { name: string }) => name,
    );
  const kept: Viewer = { ...people.viewer, companyIds: [people.companyId] };
  return { ...people, run, create, names, kept };
}

const companyOf = (id: string) => encodeGlobalId('Company', id);

describe('a keyword set', () => {
  it('is made with defaults, changed, and deleted; each is told in the audit log', async () => {
    const { accountId, companyId, run, create, names } = await settle();
    const keywords = [
      { text: ' leak ' },
      { text: 'plumb*', match: 'PREFIX', speaker: 'CALLER', tag: 'Plumbing' },
    ];
    const made = await create({ companyId: companyOf(companyId), keywords });
    expect(made).toEqual({
      userErrors: [],
      keywordSet: {
        id: expect.any(String),
        name: 'Problems',
        version: 1,
        createdAt: library.clock.now('').toISOString(),
        company: { name: 'Garage Doors' },
        keywords: [
          { text: 'leak', match: 'STEM', speaker: 'ANY', tag: null },
          { text: 'plumb*', match: 'PREFIX', speaker: 'CALLER', tag: 'Plumbing' },
        ],
      },
    });
    const { id: keywordSetId } = made.keywordSet;

    const update = async (patch: object) =>
      (await run(UPDATE, { input: { keywordSetId, ...patch } })).data.updateKeywordSet;
    expect((await update({ name: 'Trouble', expectedVersion: 1 })).keywordSet).toMatchObject({
      name: 'Trouble',
      version: 2,
      keywords: made.keywordSet.keywords,
    });
    expect((await update({ name: 'Trouble' })).keywordSet.version).toBe(2);
    const changed = await update({ keywords: [{ text: 'drip', match: 'EXACT' }] });
    expect(changed.keywordSet).toMatchObject({
      version: 3,
      keywords: [{ text: 'drip', match: 'EXACT', speaker: 'ANY', tag: null }],
    });
    expect(await update({ name: 'Late', expectedVersion: 2 })).toMatchObject({
      keywordSet: null,
      userErrors: [{ code: 'VERSION_CONFLICT', currentVersion: 3 }],
    });
    expect((await update({ name: null })).userErrors[0]).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['name'],
    });

    const deleted = await run(DELETE, { input: { keywordSetId } });
    expect(deleted.data.deleteKeywordSet).toEqual({
      deletedKeywordSetId: keywordSetId,
      userErrors: [],
    });
    expect(await names()).toEqual([]);
    for (const gone of [
      await run(DELETE, { input: { keywordSetId } }),
      await run(UPDATE, { input: { keywordSetId, name: 'Back' } }),
    ]) {
      const [payload] = Object.values(gone.data) as { userErrors: object[] }[];
      expect(payload?.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['keywordSetId'] }]);
    }
    const entries = await library.db.prisma.auditEntry.findMany({
      where: { accountId },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ action }) => action)).toEqual([
      'createKeywordSet',
      'updateKeywordSet',
      'updateKeywordSet',
      'deleteKeywordSet',
    ]);
  });

  it('is made once for one idempotency key', async () => {
    const { create, names } = await settle();
    const first = await create({ idempotencyKey: 'k' });
    const again = await create({ idempotencyKey: 'k' });
    expect(again.keywordSet).toEqual(first.keywordSet);
    expect(await names()).toEqual(['Problems']);
    const other = await create({ idempotencyKey: 'k', name: 'Other' });
    expect(other.userErrors[0].code).toBe('IDEMPOTENCY_KEY_CONFLICT');
  });
});

describe('an input', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => ({ text: `word${n}` }));
  it.each([
    ['without a name', { name: ' ' }, ['name'], /1 to 100/],
    ['with a long name', { name: 'x'.repeat(101) }, ['name'], /1 to 100/],
    ['without keywords', { keywords: [] }, ['keywords'], /at least one/],
    ['with 101 keywords', { keywords: many(101) }, ['keywords'], /at most 100/],
    ['of marks', { keywords: [{ text: '?!' }] }, ['keywords', '0', 'text'], /letter or digit/],
    [
      'of a label',
      { keywords: [{ text: '[CARD_NUMBER]' }] },
      ['keywords', '0', 'text'],
      /letter or digit/,
    ],
    [
      'of nine words',
      { keywords: [{ text: 'a b c d e f g h i' }] },
      ['keywords', '0', 'text'],
      /8 words/,
    ],
    [
      'of 101 letters',
      { keywords: [{ text: 'x'.repeat(101) }] },
      ['keywords', '0', 'text'],
      /100 characters/,
    ],
    [
      'with a stray asterisk',
      { keywords: [{ text: 'leak*' }] },
      ['keywords', '0', 'text'],
      /PREFIX/,
    ],
    [
      'with an asterisk inside',
      { keywords: [{ text: 'pl*mb', match: 'PREFIX' }] },
      ['keywords', '0', 'text'],
      /at its end/,
    ],
    [
      'with a prefix of one letter',
      { keywords: [{ text: 'p*', match: 'PREFIX' }] },
      ['keywords', '0', 'text'],
      /2 letters/,
    ],
    [
      'with a keyword twice',
      { keywords: [{ text: 'leak' }, { text: 'Leak' }] },
      ['keywords', '1', 'text'],
      /already/,
    ],
    [
      'with an empty tag',
      { keywords: [{ text: 'leak', tag: '' }] },
      ['keywords', '0', 'tag'],
      /name/,
    ],
  ])('%s is refused', async (_what, changes, field, message) => {
    const { create, names } = await settle();
    const { keywordSet, userErrors } = await create(changes);
    expect(keywordSet).toBeNull();
    expect(userErrors[0]).toMatchObject({ code: 'INVALID_INPUT', field });
    expect(userErrors[0].message).toMatch(message);
    expect(await names()).toEqual([]);
  });

  it('at its limits is taken: 100 keywords, 200 sets', async () => {
    const { accountId, create } = await settle();
    expect((await create({ keywords: many(100) })).userErrors).toEqual([]);
    const { prisma } = library.db;
    await prisma.keywordSet.createMany({
      data: Array.from({ length: 198 }, (_, n) => ({
        accountId,
        id: crypto.randomUUID(),
        name: `Set ${n}`,
        keywords: [],
        createdAt: library.clock.now(accountId),
      })),
    });
    expect((await create()).userErrors).toEqual([]);
    expect((await create()).userErrors).toMatchObject([
      { code: 'LIMIT_REACHED', limit: 200, current: 200 },
    ]);
  });

  it('that names another account’s company or set finds nothing', async () => {
    const { create } = await settle();
    const other = await settle();
    const theirs = await other.create({ companyId: companyOf(other.companyId) });
    expect((await create({ companyId: companyOf(other.companyId) })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['companyId'] },
    ]);
    const { run } = await settle();
    const keywordSetId = theirs.keywordSet.id;
    for (const [source, input] of [
      [UPDATE, { keywordSetId, name: 'Mine' }],
      [DELETE, { keywordSetId }],
    ] as const) {
      const [payload] = Object.values((await run(source, { input })).data) as object[];
      expect(payload).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    }
    const { data } = await run('query($id: ID!) { node(id: $id) { id } }', { id: keywordSetId });
    expect(data.node).toBeNull();
    expect(await other.names()).toEqual(['Problems']);
  });
});

describe('the list', () => {
  it('pages by name or time, and filters by company and name', async () => {
    const { companyId, otherCompanyId, run, create, names } = await settle();
    for (const [name, id] of [
      ['Roofs', otherCompanyId],
      ['Doors', companyId],
      ['Everywhere', null],
    ] as const) {
      await create({ name, companyId: id && companyOf(id) });
      library.clock.advance(1_000);
    }
    expect(await names()).toEqual(['Doors', 'Everywhere', 'Roofs']);
    const newest = { field: 'CREATED_AT', direction: 'DESC' };
    expect(await names({ order: newest })).toEqual(['Everywhere', 'Doors', 'Roofs']);
    expect(await names({ filter: { companyIds: [companyOf(companyId)] } })).toEqual([
      'Doors',
      'Everywhere',
    ]);
    expect(await names({ filter: { name: 'oo' } })).toEqual(['Doors', 'Roofs']);
    const { keywordSets: first } = (await run(LIST, { first: 2 })).data;
    expect(first).toMatchObject({ totalCount: 3, totalCountIsExact: true });
    const after = first.pageInfo.endCursor;
    expect(await names({ first: 2, after })).toEqual(['Roofs']);
  });

  it('of somebody kept to a company has its sets and those of every company, which they cannot change', async () => {
    const { companyId, otherCompanyId, run, create, names, kept } = await settle();
    await create({ name: 'Doors', companyId: companyOf(companyId) });
    await create({ name: 'Roofs', companyId: companyOf(otherCompanyId) });
    const everywhere = await create({ name: 'Everywhere' });
    expect(await names({}, kept)).toEqual(['Doors', 'Everywhere']);
    const input = { keywordSetId: everywhere.keywordSet.id, name: 'Mine' };
    expect((await run(UPDATE, { input }, kept)).errors?.[0].extensions.code).toBe('FORBIDDEN');
    expect((await create({ name: 'All' }, kept)).errors[0].extensions.code).toBe('FORBIDDEN');
    const roofs = { companyId: companyOf(otherCompanyId) };
    expect((await create(roofs, kept)).errors[0].extensions.code).toBe('FORBIDDEN');
    expect((await create({ companyId: companyOf(companyId) }, kept)).userErrors).toEqual([]);
  });

  it('needs transcripts:read, and a change settings:write', async () => {
    const { viewer, run, create } = await settle();
    const reader: Viewer = { ...viewer, scopes: ['transcripts:read'] };
    expect((await run(LIST, {}, reader)).errors).toBeUndefined();
    expect((await create({}, reader)).errors[0].extensions.code).toBe('FORBIDDEN');
    const writer: Viewer = { ...viewer, scopes: ['settings:write'] };
    const made = await create({}, writer);
    expect(decodeGlobalId(made.keywordSet.id)?.typename).toBe('KeywordSet');
    expect((await run(LIST, {}, writer)).errors?.[0].extensions.code).toBe('FORBIDDEN');
  });
});
