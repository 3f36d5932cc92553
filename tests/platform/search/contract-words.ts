// What every engine makes of words: all of them, phrases, beginnings, typos.
import { describe, expect, it } from 'vitest';
import type { Library } from './library.ts';

/** Describes how words are found. */
export function describeWords(library: Library, typos: 'ours' | 'theirs'): void {
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
    it.each<[string, string]>([
      ['a letter left out', 'plumer '],
      ['one too many', 'plummber '],
      ['another one', 'plunber '],
      ['two swapped', 'plubmer '],
      // Meilisearch counts it twice
      ...(typos === 'ours' ? [['the first one', 'llumber '] as [string, string]] : []),
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

    it('two are forgiven only where the spoken word has nine letters too', async () => {
      const { write, find } = await openAccount();
      const call = await write('caller: about the plumbing');
      expect(await find('plummbing ')).toEqual([call.id]);
      expect(await find('plummbiing ')).toEqual([]);
    });

    it('are not looked for in quotation marks, nor in what is excluded', async () => {
      const { write, find } = await openAccount();
      const call = await write('caller: I need a plumber');
      expect(await find('"plumer"')).toEqual([]);
      expect(await find('need -plumer ')).toEqual([call.id]);
    });

    it.runIf(typos === 'ours')('are none in a word that was heard in ten calls', async () => {
      const { write, find } = await openAccount();
      const known = [];
      for (let n = 0; n < 10; n += 1) known.unshift((await write('caller: a plumer')).id);
      for (let n = 0; n < 100; n += 1) await write('caller: a plumber');
      expect(await find('plumer ')).toEqual(known);
    });

    it('count less than the word as it was written', async () => {
      const { write, find } = await openAccount();
      const rare = await write('caller: the plumer band');
      const common = [];
      for (let n = 0; n < 12; n += 1) common.unshift((await write('caller: a plumber')).id);
      expect(await find('plumer ')).toEqual([rare.id, ...common]);
      // Meilisearch takes rare words for common ones too
      expect(await find('plumber ')).toEqual(typos === 'ours' ? common : [...common, rare.id]);
    });
  });
}
