// Tags of an interaction: set, added, removed, made once a company, limited.
import { describe, expect, it } from 'vitest';
import { openTown, refusalOf } from './town.ts';

const town = await openTown();
const CALLER = '+14155550134';

async function tagged() {
  const people = await town.settle();
  const { id } = await people.arrives(CALLER);
  return {
    ...people,
    id,
    tag: (tags: NonNullable<Parameters<typeof people.change>[1]['tags']>) =>
      people.change(id, { tags }),
    names: async () =>
      (await people.interaction(id)).tags
        .map(({ tag }) => tag.name)
        .sort((a, b) => (a < b ? -1 : 1)),
  };
}

describe('tags', () => {
  it('are replaced by set and changed by add and remove; unknown names are made once a company', async () => {
    const { tag, names, accountId, arrives, change } = await tagged();
    expect(await tag({ set: ['Hot', ' Spring sale '] })).toMatchObject({
      version: 2,
      changes: ['tags'],
    });
    await tag({ add: ['Booked', 'Hot'], remove: ['Spring sale', 'never was'] });
    expect(await names()).toEqual(['Booked', 'Hot']);
    expect(await tag({ set: ['Hot', 'Booked', 'Hot'] })).toMatchObject({ version: 3, changes: [] });
    await tag({ set: [] });
    expect(await names()).toEqual([]);
    const other = await arrives(CALLER);
    await change(other.id, { tags: { add: ['Hot'] } });
    const all = await town.db.prisma.tag.findMany({ where: { accountId } });
    expect(all.map(({ name }) => name).sort()).toEqual(['Booked', 'Hot', 'Spring sale']);
  });

  it('are the same tag when two people make it at once', async () => {
    const { accountId, arrives, change } = await tagged();
    const calls = await Promise.all([1, 2, 3, 4].map(() => arrives(CALLER)));
    await Promise.all(calls.map(({ id }) => change(id, { tags: { add: ['Fresh', 'New'] } })));
    expect(await town.db.prisma.tag.count({ where: { accountId } })).toBe(2);
    expect(await town.db.prisma.interactionTag.count({ where: { accountId } })).toBe(8);
  });

  it('have names of 1 to 60 characters, and there are at most 50', async () => {
    const { tag, names } = await tagged();
    await tag({ set: ['x'.repeat(60)] });
    for (const name of ['', '  ', 'x'.repeat(61)]) {
      expect(await refusalOf(tag({ add: [name] }))).toMatchObject({
        code: 'INVALID_INPUT',
        field: ['tags', 'add', '0'],
      });
    }
    const many = Array.from({ length: 50 }, (_, n) => `tag ${n}`);
    await tag({ set: many });
    expect(await refusalOf(tag({ add: ['one more'] }))).toMatchObject({ field: ['tags'] });
    expect(await refusalOf(tag({ set: [], add: ['x'] }))).toMatchObject({ field: ['tags'] });
    await tag({ add: ['one more'], remove: ['tag 0'] });
    expect(await names()).toHaveLength(50);
  });
});
