// Source rules through the schema: made, changed, moved, deleted, listed in their order; kept to companies and rights.
import { describe, expect, it } from 'vitest';
import type { Viewer } from '#values/viewer.ts';
import { companyOf, openSourceDesk } from './source-desk.ts';

const { settle, clock, db } = await openSourceDesk();

describe('a source rule', () => {
  it('is made with defaults, changed and deleted; each is told in the audit log', async () => {
    const { accountId, create, change, names } = await settle();
    const conditions = [
      { part: 'REFERRER_HOST', value: ' partner.example ' },
      { part: 'PARAMETER', parameter: 'promo', match: 'EXISTS' },
    ];
    const made = await create({ conditions });
    expect(made).toEqual({
      userErrors: [],
      sourceRule: {
        id: expect.any(String),
        ...{ position: 1, name: 'Radio', medium: '', campaign: null, version: 1 },
        createdAt: clock.now('').toISOString(),
        company: { name: 'Garage Doors' },
        conditions: [
          { part: 'REFERRER_HOST', parameter: null, match: 'EQUALS', value: 'partner.example' },
          { part: 'PARAMETER', parameter: 'promo', match: 'EXISTS', value: null },
        ],
      },
    });
    const { id: sourceRuleId } = made.sourceRule;
    const update = (patch: object) => change('updateSourceRule', { sourceRuleId, ...patch });
    const changed = await update({
      name: 'KXYZ',
      medium: 'radio',
      campaign: '',
      expectedVersion: 1,
    });
    expect(changed.sourceRule).toMatchObject({
      ...{ name: 'KXYZ', medium: 'radio', campaign: '', version: 2 },
      conditions: made.sourceRule.conditions,
    });
    expect((await update({ name: 'KXYZ' })).sourceRule.version).toBe(2);
    const cleared = await update({ medium: null, campaign: null });
    expect(cleared.sourceRule).toMatchObject({ medium: '', campaign: null, version: 3 });
    expect(await update({ name: 'Late', expectedVersion: 2 })).toMatchObject({
      sourceRule: null,
      userErrors: [{ code: 'VERSION_CONFLICT', currentVersion: 3 }],
    });
    for (const [field, patch] of [
      ['name', { name: null }],
      ['conditions', { conditions: null }],
    ] as const) {
      expect((await update(patch)).userErrors[0]).toMatchObject({
        code: 'INVALID_INPUT',
        field: [field],
      });
    }
    expect(await change('deleteSourceRule', { sourceRuleId })).toEqual({
      deletedSourceRuleId: sourceRuleId,
      userErrors: [],
    });
    expect(await names()).toEqual([]);
    for (const gone of [
      await change('deleteSourceRule', { sourceRuleId }),
      await update({ name: 'Back' }),
      await change('moveSourceRule', { sourceRuleId, position: 1 }),
    ]) {
      expect(gone.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['sourceRuleId'] }]);
    }
    const entries = await db.prisma.auditEntry.findMany({
      where: { accountId },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ action }) => action)).toEqual([
      'createSourceRule',
      'updateSourceRule',
      'updateSourceRule',
      'deleteSourceRule',
    ]);
  });

  it('is made once for one idempotency key', async () => {
    const { create, names } = await settle();
    const first = await create({ idempotencyKey: 'k' });
    expect((await create({ idempotencyKey: 'k' })).sourceRule).toEqual(first.sourceRule);
    expect(await names()).toEqual(['Radio']);
    const other = await create({ idempotencyKey: 'k', name: 'Other' });
    expect(other.userErrors[0].code).toBe('IDEMPOTENCY_KEY_CONFLICT');
  });
});

describe('the order of rules', () => {
  it('is that in which they were made, unless they are placed or moved; the others keep theirs', async () => {
    const { accountId, create, change, names } = await settle();
    const ids: Record<string, string> = {};
    for (const [name, position] of [['A'], ['B'], ['C'], ['D', 1], ['E', 99]] as const) {
      const { sourceRule } = await create({ name, ...(position && { position }) });
      ids[name] = sourceRule.id;
    }
    expect(await names()).toEqual(['D', 'A', 'B', 'C', 'E']);
    const move = async (name: string, position: number) =>
      (await change('moveSourceRule', { sourceRuleId: ids[name], position })).sourceRule;
    expect(await move('D', 4)).toMatchObject({ position: 4, version: 2 });
    expect(await names()).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(await move('E', 2)).toMatchObject({ position: 2 });
    expect(await names()).toEqual(['A', 'E', 'B', 'C', 'D']);
    expect(await move('A', 1_000)).toMatchObject({ position: 5 });
    expect(await move('A', 5)).toMatchObject({ position: 5, version: 2 });
    await change('deleteSourceRule', { sourceRuleId: ids.B });
    expect(await names()).toEqual(['E', 'C', 'D', 'A']);
    const moves = await db.prisma.auditEntry.findMany({
      where: { accountId, action: 'moveSourceRule' },
      orderBy: { id: 'asc' },
    });
    expect(moves.map(({ before, after }) => [before, after])).toEqual([
      [{ position: 1 }, { position: 4 }],
      [{ position: 5 }, { position: 2 }],
      [{ position: 1 }, { position: 5 }],
    ]);
  });

  it('has no gap and no double when many make, move and delete at once', async () => {
    const { create, change, names } = await settle();
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, n) => create({ name: `${n}`, position: 1 })),
    );
    const id = (n: number) => made[n].sourceRule.id;
    await Promise.all([
      change('moveSourceRule', { sourceRuleId: id(0), position: 7 }),
      change('moveSourceRule', { sourceRuleId: id(1), position: 1 }),
      change('deleteSourceRule', { sourceRuleId: id(2) }),
      create({ name: 'new', position: 3 }),
      change('moveSourceRule', { sourceRuleId: id(3), position: 4 }),
      change('deleteSourceRule', { sourceRuleId: id(4) }),
    ]);
    expect((await names()).toSorted()).toEqual(['0', '1', '3', '5', '6', '7', 'new']);
  });

  it('pages', async () => {
    const { create, list } = await settle();
    for (const name of ['A', 'B', 'C']) await create({ name });
    const first = await list({ first: 2 });
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const rest = await list({ first: 2, after: first.pageInfo.endCursor });
    expect(rest.nodes.map(({ name }: { name: string }) => name)).toEqual(['C']);
  });
});

describe('an input', () => {
  const many = Array.from({ length: 11 }, () => ({ part: 'UTM_TERM', value: 'x' }));
  it.each([
    ['without a name', { name: ' ' }, ['name'], /1 to 200/],
    ['with a long name', { name: 'x'.repeat(201) }, ['name'], /1 to 200/],
    ['with a long medium', { medium: 'x'.repeat(201) }, ['medium'], /at most 200/],
    ['with a long campaign', { campaign: 'x'.repeat(201) }, ['campaign'], /at most 200/],
    ['without conditions', { conditions: [] }, ['conditions'], /at least one/],
    ['with 11 conditions', { conditions: many }, ['conditions'], /at most 10/],
    ['at no place', { position: 0 }, ['position'], /1 for the first/],
    [
      'of a parameter without a name',
      { conditions: [{ part: 'PARAMETER', value: 'x' }] },
      ['conditions', '0', 'parameter'],
      /names the parameter/,
    ],
    [
      'of a name without a parameter',
      { conditions: [{ part: 'UTM_TERM', parameter: 'x', value: 'x' }] },
      ['conditions', '0', 'parameter'],
      /other parts take none/,
    ],
    [
      'without a value',
      { conditions: [{ part: 'UTM_TERM' }] },
      ['conditions', '0', 'value'],
      /EXISTS alone/,
    ],
    [
      'with a needless value',
      { conditions: [{ part: 'UTM_TERM', match: 'EXISTS', value: 'x' }] },
      ['conditions', '0', 'value'],
      /EXISTS alone/,
    ],
    [
      'with a long value',
      { conditions: [{ part: 'UTM_TERM', value: 'x'.repeat(501) }] },
      ['conditions', '0', 'value'],
      /1 to 500/,
    ],
    [
      'of a host with a path',
      { conditions: [{ part: 'REFERRER_HOST', value: 'https://a.example/' }] },
      ['conditions', '0', 'value'],
      /example\.com/,
    ],
  ])('%s is refused', async (_what, changes, field, message) => {
    const { create, names } = await settle();
    const { sourceRule, userErrors } = await create(changes);
    expect(sourceRule).toBeNull();
    expect(userErrors[0]).toMatchObject({ code: 'INVALID_INPUT', field });
    expect(userErrors[0].message).toMatch(message);
    expect(await names()).toEqual([]);
  });

  it('beyond 200 rules of a company is refused; another company has its own 200', async () => {
    const { accountId, companyId, otherCompanyId, create } = await settle();
    await db.prisma.sourceRule.createMany({
      data: Array.from({ length: 199 }, (_, n) => ({
        ...{ accountId, id: crypto.randomUUID(), companyId, position: n + 1 },
        ...{ conditions: [], name: `${n}`, medium: '', createdAt: clock.now(accountId) },
      })),
    });
    expect((await create()).sourceRule.position).toBe(200);
    expect((await create()).userErrors).toMatchObject([
      { code: 'LIMIT_REACHED', limit: 200, current: 200 },
    ]);
    expect((await create({ companyId: companyOf(otherCompanyId) })).userErrors).toEqual([]);
  });
});

describe('rights', () => {
  it('keep rules to their company and account', async () => {
    const { companyId, create, change, list, names, kept } = await settle();
    const { id: sourceRuleId } = (await create()).sourceRule;
    expect((await create({}, kept)).errors[0].extensions.code).toBe('FORBIDDEN');
    const stranger = await settle();
    expect((await stranger.create({ companyId: companyOf(companyId) })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['companyId'] },
    ]);
    for (const viewer of [kept, stranger.viewer]) {
      for (const payload of [
        await change('updateSourceRule', { sourceRuleId, name: 'Mine' }, viewer),
        await change('moveSourceRule', { sourceRuleId, position: 1 }, viewer),
        await change('deleteSourceRule', { sourceRuleId }, viewer),
      ]) {
        expect(payload.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
      }
      expect(await list({}, viewer)).toBeUndefined();
    }
    expect(await names()).toEqual(['Radio']);
  });

  it('take settings:read to read and settings:write to change', async () => {
    const { viewer, create, list } = await settle();
    await create();
    const reader: Viewer = { ...viewer, scopes: ['settings:read'] };
    expect((await list({}, reader)).totalCount).toBe(1);
    expect((await create({}, reader)).errors[0].extensions.code).toBe('FORBIDDEN');
    const other: Viewer = { ...viewer, scopes: ['numbers:read'] };
    expect(await list({}, other)).toBeNull();
  });
});
