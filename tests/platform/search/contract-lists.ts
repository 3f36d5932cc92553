// What an engine hands over: pages, passages, highlights and counts.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MAX_PASSAGES, type SearchHit } from '#platform/search/index.ts';
import { MalformedCursor } from '#values/cursor.ts';
import type { Library } from './library.ts';

const day = (n: number) => new Date(Date.UTC(2026, 1, n));

/** Describes what is told of what was found. */
export function describeLists(library: Library): void {
  const { openAccount } = library;

  describe('pages', () => {
    it('follow one another without gap or repeat while calls arrive', async () => {
      const { write, page, find } = await openAccount();
      for (let n = 0; n < 7; n += 1) await write(n % 3 === 0 ? 'caller: heater' : 'caller: heat');
      const before = await find('heat');
      const seen: SearchHit[] = [];
      for (;;) {
        const { hits, total } = await page('heat', 2, seen.at(-1)?.place ?? null);
        expect((await total()).count).toBeGreaterThanOrEqual(before.length);
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
      const three = { count: 3, isExact: true };
      const first = await page('heat ', 2, null);
      expect([first.hits.length, await first.total()]).toEqual([2, three]);
      const last = await page('heat ', 2, first.hits.at(-1)?.place ?? null);
      expect([last.hits.length, await last.total()]).toEqual([1, three]);
      const none = await page('heat ', 2, last.hits.at(-1)?.place ?? null);
      expect([none.hits.length, await none.total()]).toEqual([0, three]);
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
}
