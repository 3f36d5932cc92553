// Marks, notes and values of an interaction, and what they make of its lead and of later ones.
import { describe, expect, it } from 'vitest';
import { changeInteraction } from '#domains/interactions/index.ts';
import { openTown, refusalOf } from './town.ts';

const town = await openTown();
const CALLER = '+14155550134';
const minute = (n: number) => new Date(Date.UTC(2026, 2, 2, 15, n));

describe('a mark of the lead status', () => {
  it('makes the lead a good one and lets later interactions read PREVIOUSLY_MARKED_GOOD_LEAD', async () => {
    const { arrives, change, interaction, lead, told } = await town.settle();
    const first = await arrives(CALLER, minute(1));
    const second = await arrives(CALLER, minute(2));
    expect(second).toMatchObject({ leadId: first.leadId, isNew: false });

    expect(await change(first.id, { leadStatus: 'GOOD_LEAD' })).toEqual({
      version: 2,
      changes: ['leadStatus'],
    });
    const third = await arrives(CALLER, minute(3));
    const statuses = await Promise.all(
      [first, second, third].map(async ({ id }) => (await interaction(id)).leadStatus),
    );
    expect(statuses).toEqual([
      'GOOD_LEAD',
      'PREVIOUSLY_MARKED_GOOD_LEAD',
      'PREVIOUSLY_MARKED_GOOD_LEAD',
    ]);
    expect(await lead(first.leadId)).toMatchObject({
      status: 'GOOD_LEAD',
      goodInteractionId: first.id,
      version: 2,
    });
    expect(await told(`lead:${first.leadId}`)).toEqual([
      { type: 'lead.created', subjectVersion: 1, payload: { leadId: first.leadId } },
      {
        type: 'lead.qualified',
        subjectVersion: 2,
        payload: { leadId: first.leadId, interactionId: first.id },
      },
    ]);
  });

  it('refuses GOOD_LEAD after an earlier good one, naming it and its time', async () => {
    const { arrives, change, interaction } = await town.settle();
    const first = await arrives(CALLER, minute(1));
    const second = await arrives(CALLER, minute(2));
    await change(first.id, { leadStatus: 'GOOD_LEAD' });
    for (const mark of ['NOT_A_LEAD', 'NOT_SCORED'] as const) {
      await change(second.id, { leadStatus: mark });
      const refusal = await refusalOf(change(second.id, { leadStatus: 'GOOD_LEAD', note: 'x' }));
      expect(refusal).toMatchObject({ code: 'ALREADY_GOOD_LEAD', field: ['leadStatus'] });
      expect(refusal.message).toContain(Buffer.from(`Call:${first.id}`).toString('base64url'));
      expect(refusal.message).toContain('2026-03-02T15:01:00.000Z');
    }
    expect((await interaction(second.id)).note).toBeNull();
  });

  it('reads NOT_SCORED again on later interactions once the good one is unmarked', async () => {
    const { arrives, change, interaction, lead } = await town.settle();
    const first = await arrives(CALLER, minute(1));
    const second = await arrives(CALLER, minute(2));
    const third = await arrives(CALLER, minute(3));
    await change(third.id, { leadStatus: 'NOT_A_LEAD' });
    await change(first.id, { leadStatus: 'GOOD_LEAD' });
    expect((await interaction(third.id)).leadStatus).toBe('NOT_A_LEAD');
    await change(first.id, { leadStatus: null });
    expect((await interaction(first.id)).leadStatus).toBe('NOT_SCORED');
    expect((await interaction(second.id)).leadStatus).toBe('NOT_SCORED');
    expect((await interaction(third.id)).leadStatus).toBe('NOT_A_LEAD');
    expect(await lead(first.leadId)).toMatchObject({
      status: 'NOT_A_LEAD',
      goodInteractionId: null,
    });
    // nothing stands in the way of the second any more
    await change(second.id, { leadStatus: 'GOOD_LEAD' });
    expect(await lead(first.leadId)).toMatchObject({ goodInteractionId: second.id });
  });

  it('lets an earlier interaction take the place of a later good one', async () => {
    const { arrives, change, interaction, lead, told } = await town.settle();
    const first = await arrives(CALLER, minute(1));
    const second = await arrives(CALLER, minute(2));
    await change(second.id, { leadStatus: 'GOOD_LEAD' });
    expect((await interaction(first.id)).leadStatus).toBe('NOT_SCORED');
    await change(first.id, { leadStatus: 'GOOD_LEAD' });
    expect((await interaction(second.id)).leadStatus).toBe('PREVIOUSLY_MARKED_GOOD_LEAD');
    expect(await lead(first.leadId)).toMatchObject({ goodInteractionId: first.id, version: 3 });
    expect((await told(`lead:${first.leadId}`)).at(-1)).toMatchObject({
      type: 'lead.updated',
      payload: { changes: ['qualifiedBy'] },
    });
  });

  it('leaves a later interaction of a good lead PREVIOUSLY_MARKED when its own mark is cleared', async () => {
    const { arrives, change, interaction } = await town.settle();
    const first = await arrives(CALLER, minute(1));
    const second = await arrives(CALLER, minute(2));
    await change(first.id, { leadStatus: 'GOOD_LEAD' });
    await change(second.id, { leadStatus: 'NOT_A_LEAD' });
    await change(second.id, { leadStatus: 'NOT_SCORED' });
    expect((await interaction(second.id)).leadStatus).toBe('PREVIOUSLY_MARKED_GOOD_LEAD');
    expect(await change(second.id, { leadStatus: null })).toMatchObject({ changes: [] });
  });

  it('makes the lead NOT_A_LEAD, and NOT_SCORED again, and works without a lead', async () => {
    const { arrives, change, interaction, lead } = await town.settle();
    const first = await arrives(CALLER, minute(1));
    await change(first.id, { leadStatus: 'NOT_A_LEAD' });
    expect(await lead(first.leadId)).toMatchObject({ status: 'NOT_A_LEAD' });
    await change(first.id, { leadStatus: null });
    expect(await lead(first.leadId)).toMatchObject({ status: 'NOT_SCORED' });
    const withheld = await arrives(null);
    await change(withheld.id, { leadStatus: 'GOOD_LEAD' });
    expect((await interaction(withheld.id)).leadStatus).toBe('GOOD_LEAD');
  });

  it('does not reach leads of other companies with the same number', async () => {
    const { arrives, change, interaction, otherCompanyId } = await town.settle();
    const here = await arrives(CALLER, minute(1));
    const there = await arrives(CALLER, minute(2), otherCompanyId);
    expect(there.leadId).not.toBe(here.leadId);
    await change(here.id, { leadStatus: 'GOOD_LEAD' });
    expect((await interaction(there.id)).leadStatus).toBe('NOT_SCORED');
  });

  it('reaches an interaction that arrives while it is being made', async () => {
    const { arrives, interaction, viewer } = await town.settle();
    const first = await arrives(CALLER, minute(1));
    let arriving: ReturnType<typeof arrives> | undefined;
    await town.db.transaction(async (tx) => {
      await changeInteraction(tx, town, viewer, {
        interactionId: first.id,
        kind: 'CALL',
        verb: 'updateCall',
        leadStatus: 'GOOD_LEAD',
      });
      arriving ??= arrives(CALLER, minute(2));
      const isWaiting = `select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await town.db.pool.query(isWaiting)).rowCount === 0);
    });
    const second = await arriving;
    expect((await interaction(second?.id ?? '')).leadStatus).toBe('PREVIOUSLY_MARKED_GOOD_LEAD');
  });

  it('waits for the later interactions that it moves, before it writes', async () => {
    const { arrives, change, told, accountId } = await town.settle();
    const first = await arrives(CALLER, minute(1));
    const second = await arrives(CALLER, minute(2));
    let marking: ReturnType<typeof change> | undefined;
    await town.db.transaction(async (tx) => {
      await town.events.lock(tx, accountId, [`call:${second.id}`]);
      marking ??= change(first.id, { leadStatus: 'GOOD_LEAD' });
      // it waits without a transaction id: what it tells stands behind what is told here
      const isWaiting = `select backend_xid from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      let waiting: { backend_xid: string | null }[] = [];
      while (waiting.length === 0) waiting = (await town.db.pool.query(isWaiting)).rows;
      expect(waiting).toEqual([{ backend_xid: null }]);
    });
    await marking;
    const payload = { callId: second.id, changes: ['leadStatus'] };
    expect(await told(`call:${second.id}`)).toEqual([
      { type: 'call.updated', subjectVersion: 2, payload },
    ]);
  });

  it('never ends with two good interactions, whoever is first', async () => {
    const { arrives, change, interaction, lead } = await town.settle();
    const calls = [];
    for (let n = 0; n < 6; n++) calls.push(await arrives(CALLER, minute(n)));
    await Promise.allSettled([
      ...calls.map(({ id }) => change(id, { leadStatus: 'GOOD_LEAD' })),
      arrives(CALLER, minute(10)).then((late) => calls.push(late)),
    ]);
    const rows = await Promise.all(calls.map(({ id }) => interaction(id)));
    const good = rows.filter((row) => row.leadStatus === 'GOOD_LEAD');
    expect(good).toHaveLength(1);
    expect((await lead(calls[0]?.leadId ?? '')).goodInteractionId).toBe(good[0]?.id);
    for (const row of rows) {
      const isLater = good[0] && row.occurredAt > good[0].occurredAt;
      if (isLater) expect(row.leadStatus).toBe('PREVIOUSLY_MARKED_GOOD_LEAD');
    }
  });
});

describe('note and value', () => {
  it('are patched: absent stays, null clears, and no change raises no version', async () => {
    const { arrives, change, interaction, told } = await town.settle();
    const { id, leadId } = await arrives(CALLER);
    expect(await change(id, { note: 'Call back', valueCents: 125_000 })).toEqual({
      version: 2,
      changes: ['note', 'value'],
    });
    const nothing = await change(id, { note: 'Call back' });
    expect(nothing).toEqual({ version: 2, changes: [] });
    const cleared = await change(id, { valueCents: null });
    expect(cleared).toEqual({ version: 3, changes: ['value'] });
    expect(await interaction(id)).toMatchObject({ note: 'Call back', valueCents: null });
    expect((await told(`lead:${leadId}`)).slice(1)).toEqual([
      { type: 'lead.updated', subjectVersion: 2, payload: { leadId, changes: ['value'] } },
      { type: 'lead.updated', subjectVersion: 3, payload: { leadId, changes: ['value'] } },
    ]);
  });

  it('are refused past their limits, naming every bad field, and taken at them', async () => {
    const { arrives, change, interaction } = await town.settle();
    const { id } = await arrives(CALLER);
    const both = await refusalOf(change(id, { note: 'x'.repeat(10_001), valueCents: -1 }));
    expect(both).toMatchObject({ code: 'INVALID_INPUT', field: ['note'] });
    expect(both).toMatchObject({ also: [{ field: ['valueCents'] }] });
    for (const valueCents of [0.5, 2 ** 53, Number.NaN]) {
      expect(await refusalOf(change(id, { valueCents }))).toMatchObject({ field: ['valueCents'] });
    }
    const bad = 'PREVIOUSLY_MARKED_GOOD_LEAD' as 'GOOD_LEAD';
    expect(await refusalOf(change(id, { leadStatus: bad }))).toMatchObject({
      field: ['leadStatus'],
    });
    await change(id, { note: 'x'.repeat(10_000), valueCents: Number.MAX_SAFE_INTEGER });
    expect((await interaction(id)).valueCents).toBe(9_007_199_254_740_991n);
  });

  it('announce a value and a mark of one change as two steps of the lead', async () => {
    const { arrives, change, told } = await town.settle();
    const { id, leadId } = await arrives(CALLER);
    await change(id, { leadStatus: 'GOOD_LEAD', valueCents: 100 });
    const steps = (await told(`lead:${leadId}`)).map((each) => [each.type, each.subjectVersion]);
    expect(steps).toEqual([
      ['lead.created', 1],
      ['lead.qualified', 2],
      ['lead.updated', 3],
    ]);
  });
});
