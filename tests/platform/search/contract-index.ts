// How an engine keeps its index: in the transaction of the change, document by document.
import { describe, expect, it } from 'vitest';
import type { Library } from './library.ts';

/** Describes how documents come into the index and go. */
export function describeIndex(library: Library): void {
  const { openAccount } = library;

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
