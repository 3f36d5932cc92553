// What every search engine promises: run over each of them by a test file of its own.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MAX_PASSAGES, type SearchHit } from '#platform/search/index.ts';
import { MalformedCursor } from '#values/cursor.ts';
import type { openLibrary } from './library.ts';

const day = (n: number) => new Date(Date.UTC(2026, 1, n));

/** Describes an engine by what a library on it finds. */
export function describeEngine(library: ReturnType<typeof openLibrary>): void {
  const { openAccount } = library;

  describe('words', () => {
    it('are all wanted, anywhere in the call, by anybody, in any order', async () => {
      const { write, find } = await openAccount();
      const both = await write('caller: My boiler is cold\nagent: We have a plumber today');
      await write('caller: My boiler is cold');
      expect(await find('plumber boiler ')).toEqual([both.id]);
      expect(await find('plumber boiler roof ')).toEqual([]);
    });

    it('are found whatever their capitals and accents', async () => {
      const { write, find } = await openAccount();
      const call = await write('caller: The CAFÉ at Zu\u0308rich');
      for (const query of ['cafe ', 'Café ', 'ZÜRICH ', 'zurich ']) {
        expect([query, await find(query)]).toEqual([query, [call.id]]);
      }
    });

    it('that are excluded must not stand anywhere in the call', async () => {
      const { write, find } = await openAccount();
      const plain = await write('caller: The boiler leaks');
      await write('caller: The boiler leaks\nagent: And the roof');
      expect(await find('boiler -roof ')).toEqual([plain.id]);
      expect(await find('boiler -roo* ')).toEqual([plain.id]);
      expect(await find('boiler -leaks ')).toEqual([]);
    });

    it('hidden behind a label are no words', async () => {
      const { write, find } = await openAccount();
      await write('caller: My card is [CARD_NUMBER] and [DIGITS]');
      for (const query of ['number ', 'card_number ', '"card number"', 'digits ']) {
        expect([query, await find(query)]).toEqual([query, []]);
      }
      expect(await find('card ')).toHaveLength(1);
    });
  });

  describe('phrases', () => {
    it('stand word by word in one passage', async () => {
      const { write, find } = await openAccount();
      const call = await write('caller: I want hot water now');
      await write('caller: water that is hot\nagent: hot\nagent: water');
      expect(await find('"hot water"')).toEqual([call.id]);
      expect(await find('"hot water now"')).toEqual([call.id]);
      expect(await find('"ot water"')).toEqual([]);
      expect(await find('"hot wate"')).toEqual([]);
    });

    it('do not reach across a label', async () => {
      const { write, find } = await openAccount();
      await write('caller: pay [CARD_NUMBER] today');
      expect(await find('"pay today"')).toEqual([]);
      expect(await find('pay today ')).toHaveLength(1);
    });

    it('can be excluded', async () => {
      const { write, find } = await openAccount();
      await write('caller: no hot water');
      const apart = await write('caller: water that is hot');
      expect(await find('water -"hot water"')).toEqual([apart.id]);
    });

    it('are what stands together in a query', async () => {
      const { write, find } = await openAccount();
      const call = await write('caller: at twenty-four Main, by e-mail');
      await write('caller: four and twenty, mail e');
      expect(await find('twenty-four ')).toEqual([call.id]);
      expect(await find('e-mai')).toEqual([call.id]);
    });
  });

  describe('beginnings', () => {
    it('are completed where a star stands, and at the end of the query', async () => {
      const { write, find } = await openAccount();
      const [one, two] = [await write('caller: a plumber'), await write('caller: some plumbing')];
      expect(await find('plumb* ')).toEqual([two.id, one.id]);
      expect(await find('plumb')).toEqual([two.id, one.id]);
      expect(await find('plumb ')).toEqual([]);
      expect(await find('some plumb')).toEqual([two.id]);
      expect(await find('plumb* some ')).toEqual([two.id]);
    });

    it('that are whole words come before what they begin', async () => {
      const { write, search } = await openAccount();
      const whole = await write('caller: the heat is off');
      const begun = await write('caller: the heater is off');
      const { hits } = await search('heat');
      expect(hits.map(({ id }) => id)).toEqual([whole.id, begun.id]);
      expect(hits[0]?.score).toBe(1);
      expect(hits[1]?.score).toBeLessThan(1);
    });
  });

  describe('typos', () => {
    it.each([
      ['a letter left out', 'plumer '],
      ['one too many', 'plummber '],
      ['another one', 'plunber '],
      ['two swapped', 'plubmer '],
      ['the first one', 'llumber '],
    ])('one is forgiven from five letters on: %s', async (_, query) => {
      const { write, search } = await openAccount();
      const call = await write('caller: I need a plumber');
      const { hits } = await search(query);
      expect(hits.map(({ id }) => id)).toEqual([call.id]);
      expect(hits[0]?.score).toBeLessThan(1);
    });

    it('two are forgiven from nine letters on, and never three', async () => {
      const { write, find } = await openAccount();
      const call = await write('caller: the dishwasher and the leak');
      expect(await find('dishwaser ')).toEqual([call.id]);
      expect(await find('dishwahser ')).toEqual([call.id]);
      expect(await find('dihswasher ')).toEqual([call.id]);
      expect(await find('dihswashr ')).toEqual([call.id]);
      expect(await find('ihswashr ')).toEqual([]);
      expect(await find('lek ')).toEqual([]);
      expect(await find('leek ')).toEqual([]);
    });

    it('are not looked for in quotation marks, nor in what is excluded', async () => {
      const { write, find } = await openAccount();
      const call = await write('caller: I need a plumber');
      expect(await find('"plumer"')).toEqual([]);
      expect(await find('need -plumer ')).toEqual([call.id]);
    });

    it('count less than the word as it was written', async () => {
      const { write, find } = await openAccount();
      const rare = await write('caller: the plumer band');
      const common = [];
      for (let n = 0; n < 12; n += 1) common.unshift((await write('caller: a plumber')).id);
      expect(await find('plumer ')).toEqual([rare.id, ...common]);
      expect(await find('plumber ')).toEqual(common);
    });
  });

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

  describe('pages', () => {
    it('follow one another without gap or repeat while calls arrive', async () => {
      const { write, page, find } = await openAccount();
      for (let n = 0; n < 7; n += 1) await write(n % 3 === 0 ? 'caller: heater' : 'caller: heat');
      const before = await find('heat');
      const seen: SearchHit[] = [];
      for (;;) {
        const { hits, total } = await page('heat', 2, seen.at(-1)?.place ?? null);
        expect(total).toBeGreaterThanOrEqual(before.length);
        if (hits.length === 0) break;
        seen.push(...hits);
        await write('caller: heat');
      }
      // what arrives is newer: it stands before the place that was reached
      expect(seen.map(({ id }) => id)).toEqual(before);
    });

    it('tell how many there are in all, also when nothing is left', async () => {
      const { write, page } = await openAccount();
      for (let n = 0; n < 3; n += 1) await write('caller: heat');
      const first = await page('heat ', 2, null);
      expect([first.hits.length, first.total]).toEqual([2, 3]);
      const last = await page('heat ', 2, first.hits.at(-1)?.place ?? null);
      expect([last.hits.length, last.total]).toEqual([1, 3]);
      const none = await page('heat ', 2, last.hits.at(-1)?.place ?? null);
      expect([none.hits.length, none.total]).toEqual([0, 3]);
    });

    it('refuse a place that is none', async () => {
      const { page } = await openAccount();
      for (const place of [
        { value: 'x', id: randomUUID() },
        { value: '0 2026-13-45', id: randomUUID() },
        { value: `0 ${day(1).toISOString()}`, id: "'; drop table call" },
      ]) {
        await expect(page('heat ', 2, place)).rejects.toThrow(MalformedCursor);
      }
    });
  });

  describe('passages and highlights', () => {
    it('are those that hold most of what was asked, with the very words', async () => {
      const { write, search } = await openAccount();
      const call = await write(
        'agent: Hello 👋🏽 there\ncaller: Hot — hot café water\nagent: Water?\ncaller: bye',
      );
      const { hits, highlight } = await search('"hot café" water');
      expect(hits[0]?.passages).toEqual([1, 2]);
      const cut = call.passages.map((passage) =>
        highlight(passage).map(({ start, end }) => passage.text.slice(start, end)),
      );
      expect(cut).toEqual([[], ['hot', 'café', 'water'], ['Water'], []]);
    });

    it('show only what the speaker in question said', async () => {
      const { write, search } = await openAccount();
      const call = await write('agent: refund\ncaller: refund');
      const { hits, highlight } = await search('refund ', { speaker: 'CALLER' });
      expect(hits[0]?.passages).toEqual([1]);
      expect(call.passages.map((passage) => highlight(passage).length)).toEqual([0, 1]);
    });

    it(`are at most ${MAX_PASSAGES}, the earlier ones when they are alike`, async () => {
      const { write, search } = await openAccount();
      await write([
        ...Array.from({ length: 8 }, () => ({ speaker: 'CALLER' as const, text: 'leak' })),
        { speaker: 'AGENT', text: 'a big leak' },
      ]);
      expect((await search('big leak ')).hits[0]?.passages).toEqual([0, 1, 8]);
    });
  });

  describe('facets', () => {
    it('count months in the zone that is asked for', async () => {
      const { write, facets } = await openAccount();
      await write({ says: 'leak', occurredAt: new Date('2026-03-01T03:00:00Z') });
      const { months } = await facets('leak ', {}, {}, 'America/New_York');
      expect(months).toEqual([{ value: '2026-02-01', count: 1 }]);
    });

    it('are empty for what is not found', async () => {
      const { write, facets } = await openAccount();
      await write('leak');
      expect(Object.values(await facets('roof ')).flat()).toEqual([]);
      expect(Object.values(await facets('')).flat()).toEqual([]);
    });
  });

  describe('the index', () => {
    it('takes a document anew in place of the old one', async () => {
      const { write, find, accountId } = await openAccount();
      const call = await write('caller: old words');
      await library.db.transaction((tx) =>
        library.search.index(tx, accountId, [
          { ...call, passages: [{ n: 0, speaker: 'CALLER', text: 'new words' }] },
        ]),
      );
      expect(await find('old ')).toEqual([]);
      expect(await find('new ')).toEqual([call.id]);
    });

    it('changes only when the transaction commits', async () => {
      const { write, find, accountId } = await openAccount();
      const call = await write('caller: plumber');
      const failing = library.db.transaction(async (tx) => {
        await library.search.remove(tx, accountId, [call.id]);
        throw new Error('changed our mind');
      });
      await expect(failing).rejects.toThrow('changed our mind');
      expect(await find('plumber ')).toEqual([call.id]);
    });

    it('forgets what is removed, in one account only', async () => {
      const [mine, theirs] = [await openAccount(), await openAccount()];
      const call = await mine.write('caller: plumber');
      const kept = await mine.write('caller: plumber too');
      const remove = (accountId: string) =>
        library.db.transaction((tx) => library.search.remove(tx, accountId, [call.id]));
      expect(await remove(theirs.accountId)).toBe(0);
      expect(await mine.find('plumber ')).toEqual([kept.id, call.id]);
      expect(await remove(mine.accountId)).toBe(1);
      expect(await mine.find('plumber ')).toEqual([kept.id]);
      expect(await remove(mine.accountId)).toBe(0);
    });

    it('names what it lacks', async () => {
      const { write, accountId } = await openAccount();
      const there = await write('caller: plumber');
      const missing = await write('caller: plumber', { index: false });
      const refs = [there, missing].map(({ id }) => ({ accountId, id }));
      expect(await library.db.transaction((tx) => library.search.outdated(tx, refs))).toEqual([
        refs[1],
      ]);
    });

    it('takes a call of hours, in passages of any length', async () => {
      const { write, search } = await openAccount();
      const words = Array.from({ length: 20_000 }, (_, n) => `w${n % 2_000}x`);
      const call = await write([
        { speaker: 'CALLER', text: `${words.join(' ')} almost over` },
        ...Array.from({ length: 1_000 }, (_, n) => ({
          speaker: n % 2 ? ('AGENT' as const) : ('CALLER' as const),
          text: words.slice(n, n + 20).join(' '),
        })),
        { speaker: 'AGENT', text: 'the very end' },
      ]);
      for (const query of ['"almost over" "very end"', 'w0x w1999x end ', '"w1999x w0x w1x"']) {
        expect([query, (await search(query)).hits[0]?.id]).toEqual([query, call.id]);
      }
      expect((await search('very ')).hits[0]?.passages).toEqual([1_001]);
    });
  });
}
