// A quote has to stand in its turn: alike is enough for a misheard word, never for a number or a "not".
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { negationsIn } from '#domains/intelligence/insights/judge/match-claims.ts';
import { findQuote } from '#domains/intelligence/insights/judge/match-quote.ts';

const TEXT =
  'Well, we can come tomorrow at 8:30 in the morning and the service call is $89, but we do not repair gas boilers.';
const found = (quote: string, text = TEXT) => {
  const place = findQuote([{ n: 3, text }], { n: 3, quote });
  return place && text.slice(place.from, place.from + place.length);
};

describe('a quote', () => {
  it.each([
    ['the service call is $89', 'the service call is $89'],
    ['The Service call is 89', 'the service call is $89'],
    ['we can come tomorrow at 8:30 in the morning', 'we can come tomorrow at 8:30 in the morning'],
    [
      'and the service call is $89, but we do not repair gas burners',
      'and the service call is $89, but we do not repair gas boilers',
    ],
    [
      'we can come tomorrow, at 8:30 in this morning',
      'we can come tomorrow at 8:30 in the morning',
    ],
  ])('%j is found as %j', (quote, words) => {
    expect(found(quote)).toBe(words);
  });

  it.each([
    'we can come tomorrow at 9:30 in the morning and the service',
    'and the service call is $98, but we do not repair gas boilers',
    'the service call is $89, but we do repair gas boilers',
    'we guarantee a free boiler',
    'tomorrow we call',
    '',
    ' ',
    '…',
  ])('%j is not', (quote) => {
    expect(found(quote)).toBeNull();
  });

  it.each([
    ['8:30', 'we come at 18:30'],
    ['8:30', 'it was 8:30:15 then'],
    ['can', "we can't come"],
    ['refundable', 'it is non-refundable'],
    ['five dollars', 'that is eighty five dollars'],
    ['forty dollars', 'it is one hundred and forty dollars'],
    ['one hundred', 'it is one hundred and forty dollars'],
    ['come at nine', 'we come at nine thirty'],
    ['five five five', 'four one five, five five five zero'],
  ])('%j is no whole word, or no whole number, in %j', (quote, text) => {
    expect(found(quote, text)).toBeNull();
  });

  it('that is far longer than its turn stands there nowhere, which is not looked for word by word', () => {
    const turn = Array.from({ length: 10_000 }, (_, i) => `word${i % 900}`).join(' ');
    expect(found(`${turn} ${'and so on '.repeat(100_000)}`, turn)).toBeNull();
  });

  it('is looked for further when it goes on at the first place', () => {
    expect(findQuote([{ n: 3, text: 'not 18:30 but 8:30' }], { n: 3, quote: '8:30' })).toEqual({
      ...{ n: 3, from: 14, length: 4 },
    });
  });

  it('that is cut within a word is never found as it is', () => {
    const word = fc.stringMatching(/^[bcdfg]{3,6}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 6 }), fc.nat(), (words, at) => {
        const text = words.join(' ');
        const cut = text.slice(1 + (at % (text.length - 1)));
        const place = found(cut, text);
        expect(place === null || ` ${text} `.includes(` ${place} `)).toBe(true);
      }),
      { seed: 20_261_127, numRuns: 200 },
    );
  });

  it('stands in the turn that is named, and in no other', () => {
    expect(findQuote([{ n: 3, text: TEXT }], { n: 4, quote: 'tomorrow' })).toBeNull();
  });

  it('with another number, or one "not" more or less, is never found', () => {
    const word = fc.constantFrom(
      ...'we can come on monday and fix the old pump not never'.split(' '),
    );
    const number = fc.integer({ min: 1, max: 999 }).map(String);
    const talk = fc.array(fc.oneof({ weight: 4, arbitrary: word }, number), {
      minLength: 8,
      maxLength: 40,
    });
    let tried = 0;
    fc.assert(
      fc.property(talk, fc.nat(), fc.integer({ min: 1_000, max: 9_999 }), (words, at, other) => {
        const text = words.join(' ');
        expect(found(text, text)).toBe(text);
        const place = at % words.length;
        const old = words[place] ?? '';
        const isTelling = /\d|not|never/.test(old);
        const planted = words.with(place, String(other)).join(' ');
        expect(found(planted, text)).toBeNull();
        if (!isTelling) return;
        tried += 1;
        expect(found(words.toSpliced(place, 1).join(' '), text) ?? '').not.toBe(text);
        expect(found(words.toSpliced(place, 0, 'not').join(' '), text)).toBeNull();
      }),
      { seed: 20_261_126, numRuns: 300 },
    );
    expect(tried).toBeGreaterThan(30);
  });
});

it('negations are counted', () => {
  expect(negationsIn('I don’t want it, no, I can not and never did')).toBe(4);
});
