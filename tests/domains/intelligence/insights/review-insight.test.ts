// What people make of an insight: they rate it, correct it, hide it; and what they may not.
import { describe, expect, it } from 'vitest';
import type { Viewer } from '#values/viewer.ts';
import { openInsightDesk } from './insight-desk.ts';

const library = await openInsightDesk();
const { settle } = library;

describe('a review', () => {
  it('rates, corrects and hides an insight, names who did, and is told', async () => {
    const { read, review, run, write, told } = await settle();
    const one = await write();
    await library.draw(one);
    const [{ id: insightId, text }] = (await read(one.callId)).insights;
    expect((await review({ insightId, rating: 'HELPFUL', expectedVersion: 1 })).insight).toEqual({
      id: insightId,
      text,
      hidden: false,
      edited: false,
      rating: 'HELPFUL',
      version: 2,
      reviewedBy: { kind: 'SYSTEM' },
      reviewedAt: library.clock.now('').toISOString(),
    });
    const corrected = await review({
      insightId,
      text: 'A leak; booked for tomorrow.',
      rating: null,
    });
    expect(corrected.insight).toMatchObject({ edited: true, rating: null, version: 3 });
    await review({ insightId, hidden: true });
    const { insights } = await read(one.callId);
    expect(insights.map(({ kind }: { kind: string }) => kind)).toEqual([
      'SENTIMENT',
      'SIGNALS',
      'ACTION_PLAN',
    ]);
    const { data } = await run(
      'query($id: ID!) { node(id: $id) { ... on Insight { text hidden items { quote } } } }',
      { id: insightId },
    );
    expect(data.node).toMatchObject({ text: 'A leak; booked for tomorrow.', hidden: true });
    expect(data.node.items[0].quote).toMatch(/^I have a leak/);
    const changes = (await told(`call:${one.callId}`)).slice(1).map(({ payload }) => payload);
    expect(changes).toEqual(Array(3).fill({ callId: one.callId, changes: ['insights'] }));
  });

  it('is refused with the field to blame', async () => {
    const { viewer, otherCompanyId, read, review, write } = await settle();
    const one = await write();
    await library.draw(one);
    const [{ id: insightId }] = (await read(one.callId)).insights;
    const code = async (input: object, as?: Viewer) => {
      const answer = await review({ insightId, ...input }, as);
      return answer.errors?.[0].extensions.code ?? answer.userErrors[0];
    };
    expect(await code({ text: ' ' })).toEqual({ code: 'INVALID_INPUT', field: ['text'] });
    expect(await code({ text: 'x'.repeat(5_001) })).toEqual({
      code: 'INVALID_INPUT',
      field: ['text'],
    });
    expect(await code({ hidden: null })).toEqual({ code: 'INVALID_INPUT', field: ['hidden'] });
    expect(await code({ expectedVersion: 9 })).toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await code({}, { ...viewer, companyIds: [otherCompanyId] })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await code({}, (await settle()).viewer)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await code({}, { ...viewer, scopes: ['transcripts:read'] })).toBe('FORBIDDEN');
    expect(await code({}, { ...viewer, scopes: ['calls:write'] })).toBe('FORBIDDEN');
    expect((await read(one.callId)).insights[0].version).toBe(1);
  });
});
