// Who may change an interaction, on what they saw, and what is kept of it in the audit log.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openTown, refusalOf } from './town.ts';

const town = await openTown();
const CALLER = '+14155550134';

describe('expectedVersion and rights', () => {
  it('refuse a change of something that moved on', async () => {
    const { arrives, change } = await town.settle();
    const { id } = await arrives(CALLER);
    await change(id, { note: 'a', expectedVersion: 1 });
    expect(await refusalOf(change(id, { note: 'b', expectedVersion: 1 }))).toMatchObject({
      code: 'VERSION_CONFLICT',
      currentVersion: 2,
    });
  });

  it('let one of two racing editors win', async () => {
    const { arrives, change } = await town.settle();
    const { id } = await arrives(CALLER);
    const results = await Promise.allSettled(
      ['a', 'b', 'c'].map((note) => change(id, { note, expectedVersion: 1 })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('hide other accounts and companies, and ask for the scope', async () => {
    const here = await town.settle();
    const there = await town.settle();
    const { id } = await here.arrives(CALLER);
    expect(await refusalOf(there.change(id, { note: 'x' }))).toMatchObject({ code: 'NOT_FOUND' });
    const kept = { ...here.viewer, companyIds: [here.otherCompanyId] };
    expect(await refusalOf(here.change(id, { note: 'x' }, kept))).toMatchObject({
      code: 'NOT_FOUND',
    });
    const reader = { ...here.viewer, scopes: ['calls:read' as const] };
    // whether there is such an interaction is told to nobody who may not change it
    for (const any of [id, randomUUID()]) {
      await expect(here.change(any, { note: 'x' }, reader)).rejects.toThrow(/CALLS_WRITE/);
    }
    expect((await here.interaction(id)).note).toBeNull();
  });

  it('are audited without note, tags or names', async () => {
    const { accountId, arrives, change } = await town.settle();
    const { id } = await arrives(CALLER);
    await change(id, { note: 'secret words', leadStatus: 'GOOD_LEAD', tags: { add: ['Hot'] } });
    const [entry] = await town.db.prisma.auditEntry.findMany({ where: { accountId } });
    expect(entry).toMatchObject({
      action: 'updateCall',
      subject: `call:${id}`,
      actor: 'system:town',
      after: { version: 2, leadStatus: 'GOOD_LEAD', changes: ['note', 'leadStatus', 'tags'] },
    });
    expect(JSON.stringify(entry)).not.toMatch(/secret|Hot|Ada/);
  });
});
