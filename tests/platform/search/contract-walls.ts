// Whose words an engine finds: speakers, filters, and the walls between accounts and companies.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Library } from './library.ts';

const day = (n: number) => new Date(Date.UTC(2026, 1, n));

/** Describes where words are looked for. */
export function describeWalls(library: Library): void {
  const { openAccount } = library;

  describe('speakers', () => {
    it('count where the filter or the word names one', async () => {
      const { write, find } = await openAccount();
      const asked = await write('caller: I want a refund\nagent: No way');
      const offered = await write('agent: We give a refund\ncaller: No way');
      const unknown = await write('both: refund');
      expect(await find('refund ')).toEqual([unknown.id, offered.id, asked.id]);
      expect(await find('refund ', { speaker: 'CALLER' })).toEqual([asked.id]);
      expect(await find('refund ', { speaker: 'AGENT' })).toEqual([offered.id]);
      expect(await find('refund ', { speaker: 'UNKNOWN' })).toEqual([unknown.id]);
      expect(await find('caller:refund agent:"no way"')).toEqual([asked.id]);
      expect(await find('agent:ref')).toEqual([offered.id]);
      expect(await find('refund -agent:refund ')).toEqual([unknown.id, asked.id]);
      expect(await find('"no way"', { speaker: 'AGENT' })).toEqual([asked.id]);
      expect(await find('refund -way ', { speaker: 'CALLER' })).toEqual([]);
      expect(await find('agent:refund ', { speaker: 'CALLER' })).toEqual([]);
    });
  });

  describe('filters', () => {
    it('keep to companies, trackers, tags and times', async () => {
      const { write, find, otherCompanyId, companyId, trackerId, otherTrackerId } =
        await openAccount();
      const one = await write({ says: 'leak', occurredAt: day(1), tags: ['good', 'new'] });
      const two = await write({
        says: 'leak',
        occurredAt: day(2),
        companyId: otherCompanyId,
        trackerId: otherTrackerId,
      });
      const three = await write({
        says: 'leak',
        occurredAt: day(3),
        trackerId: null,
        tags: ['new'],
      });
      const all = [three.id, two.id, one.id];
      expect(await find('leak ', {})).toEqual(all);
      expect(await find('leak ', { companyIds: [companyId] })).toEqual([three.id, one.id]);
      expect(await find('leak ', { companyIds: [companyId, otherCompanyId] })).toEqual(all);
      expect(await find('leak ', { companyIds: [] })).toEqual([]);
      expect(await find('leak ', { trackerIds: [trackerId] })).toEqual([one.id]);
      expect(await find('leak ', { trackerIds: [otherTrackerId, trackerId] })).toEqual([
        two.id,
        one.id,
      ]);
      expect(await find('leak ', { tags: ['new'] })).toEqual([three.id, one.id]);
      expect(await find('leak ', { tags: ['good', 'none'] })).toEqual([one.id]);
      expect(await find('leak ', { occurredFrom: day(2) })).toEqual([three.id, two.id]);
      expect(await find('leak ', { occurredBefore: day(2) })).toEqual([one.id]);
      expect(await find('leak ', { occurredFrom: day(2), occurredBefore: day(3) })).toEqual([
        two.id,
      ]);
      expect(await find('leak ', { tags: ['new'], companyIds: [otherCompanyId] })).toEqual([]);
    });

    it('follow tags that change after the call was indexed', async () => {
      const { write, find, tag } = await openAccount();
      const call = await write({ says: 'leak', tags: ['new'] });
      await tag(call.subjectId, ['old']);
      expect(await find('leak ', { tags: ['new'] })).toEqual([]);
      expect(await find('leak ', { tags: ['old'] })).toEqual([call.id]);
    });
  });

  describe('walls', () => {
    it('stand between accounts, even when their ids end alike', async () => {
      const end = randomUUID().slice(-12);
      const [mine, theirs] = [
        await openAccount(`${randomUUID().slice(0, -12)}${end}`),
        await openAccount(`${randomUUID().slice(0, -12)}${end}`),
      ];
      const call = await mine.write({ says: 'caller: hot water plumber', tags: ['secret'] });
      for (const query of ['plumber ', 'plumb', '"hot water"', 'plumer ', 'hot -cold ']) {
        expect([query, await mine.find(query)]).toEqual([query, [call.id]]);
        expect([query, await theirs.find(query)]).toEqual([query, []]);
      }
      expect(await theirs.find('plumber ', { companyIds: [mine.companyId] })).toEqual([]);
      const facets = await theirs.facets('plumber ');
      expect(Object.values(facets).flat()).toEqual([]);
    });

    it('stand between companies for viewers that are kept to some', async () => {
      const { write, find, facets, companyId, otherCompanyId } = await openAccount();
      const own = await write({ says: 'leak' });
      await write({ says: 'leak', companyId: otherCompanyId });
      const as = { companyIds: [companyId] };
      expect(await find('leak ', {}, as)).toEqual([own.id]);
      expect(await find('leak ', { companyIds: [otherCompanyId] }, as)).toEqual([]);
      expect(await find('leak ', {}, { companyIds: [] })).toEqual([]);
      expect((await facets('leak ', {}, as)).companyIds).toEqual([{ value: companyId, count: 1 }]);
    });
  });
}
