// Leads: found or made once, announced without personal data, updated.
import { describe, expect, it } from 'vitest';
import { updateLead } from '#domains/leads/update-lead.ts';
import { openTown, refusalOf } from '#tests/domains/interactions/town.ts';

const town = await openTown();
const CALLER = '+14155550134';

describe('a lead', () => {
  it('is made once when one new number calls twice at the same moment', async () => {
    const { arrives, accountId, told } = await town.settle();
    const calls = await Promise.all([1, 2, 3, 4, 5].map(() => arrives(CALLER)));
    expect(new Set(calls.map(({ leadId }) => leadId)).size).toBe(1);
    expect(calls.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await town.db.prisma.lead.count({ where: { accountId } })).toBe(1);
    expect(await told(`lead:${calls[0]?.leadId}`)).toHaveLength(1);
  });

  it('is announced without name or number', async () => {
    const { arrives, told, lead } = await town.settle();
    const { leadId } = await arrives(CALLER);
    expect((await lead(leadId)).name).toBe('Ada Caller');
    expect(JSON.stringify(await told(`lead:${leadId}`))).not.toMatch(/Ada|5550134/);
  });
});

describe('updateLead', () => {
  it('renames, clears, leaves alone, and tells each change once', async () => {
    const { arrives, viewer, lead, told } = await town.settle();
    const { leadId } = await arrives(CALLER);
    const id = leadId ?? '';
    const rename = (name?: string | null) =>
      updateLead(town, viewer, { leadId: id, ...(name === undefined ? {} : { name }) });
    expect(await rename(' Grace ')).toEqual({ id, version: 2 });
    expect(await rename()).toEqual({ id, version: 2 });
    expect((await lead(id)).name).toBe('Grace');
    expect(await rename(null)).toEqual({ id, version: 3 });
    expect((await lead(id)).name).toBeNull();
    expect((await told(`lead:${id}`)).map((each) => each.subjectVersion)).toEqual([1, 2, 3]);
  });

  it('refuses long names, stale versions, strangers and readers', async () => {
    const { arrives, viewer, otherCompanyId } = await town.settle();
    const { leadId } = await arrives(CALLER);
    const change = { leadId: leadId ?? '', name: 'x' };
    expect(
      await refusalOf(updateLead(town, viewer, { ...change, name: 'x'.repeat(201) })),
    ).toMatchObject({ field: ['name'] });
    expect(
      await refusalOf(updateLead(town, viewer, { ...change, expectedVersion: 7 })),
    ).toMatchObject({ code: 'VERSION_CONFLICT', currentVersion: 1 });
    const kept = { ...viewer, companyIds: [otherCompanyId] };
    expect(await refusalOf(updateLead(town, kept, change))).toMatchObject({ code: 'NOT_FOUND' });
    const stranger = (await town.settle()).viewer;
    expect(await refusalOf(updateLead(town, stranger, change))).toMatchObject({
      code: 'NOT_FOUND',
      field: ['leadId'],
    });
    const reader = { ...viewer, scopes: ['leads:read' as const] };
    await expect(updateLead(town, reader, change)).rejects.toThrow(/LEADS_WRITE/);
  });
});
