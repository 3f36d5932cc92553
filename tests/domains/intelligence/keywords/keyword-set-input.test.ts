// What a keyword set refuses, with the field to blame, the limit and what to do; and what it takes at its limits.
import { describe, expect, it } from 'vitest';
import { companyOf, DELETE, openKeywordDesk, SCAN, UPDATE } from './keyword-desk.ts';

const library = await openKeywordDesk();
const { settle } = library;

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
      'with an expression that says nothing',
      { keywords: [{ text: 'leak AND', match: 'EXPRESSION' }] },
      ['keywords', '0', 'text'],
      /At character 9/,
    ],
    [
      'with an expression in another language',
      { keywords: [{ text: 'cancel -refund', match: 'EXPRESSION' }] },
      ['keywords', '0', 'text'],
      /At character 8: .*AND, OR, NOT or NEAR\/9/,
    ],
    [
      'with an expression of 501 letters',
      { keywords: [{ text: 'x'.repeat(501), match: 'EXPRESSION' }] },
      ['keywords', '0', 'text'],
      /500 characters/,
    ],
    [
      'with 525 terms',
      {
        keywords: Array.from({ length: 21 }, (_, n) => ({
          text: Array.from({ length: 25 }, (_term, m) => `w${n}x${m}`).join(' OR '),
          match: 'EXPRESSION',
        })),
      },
      ['keywords'],
      /at most 500 terms together, not 525/,
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
      [SCAN, { keywordSetId, startedFrom: '2026-01-01T00:00:00.000Z' }],
    ] as const) {
      const [payload] = Object.values((await run(source, { input })).data) as object[];
      expect(payload).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    }
    const { data } = await run('query($id: ID!) { node(id: $id) { id } }', { id: keywordSetId });
    expect(data.node).toBeNull();
    expect(await other.names()).toEqual(['Problems']);
  });
});
