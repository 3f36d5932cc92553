// Keyword sets through the schema: made, changed, deleted, listed; kept to companies and rights.
import { describe, expect, it } from 'vitest';
import { decodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { companyOf, DELETE, LIST, openKeywordDesk, UPDATE } from './keyword-desk.ts';

const library = await openKeywordDesk();
const { settle } = library;

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
