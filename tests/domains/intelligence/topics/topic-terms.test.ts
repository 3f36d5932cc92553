// What a talk's terms are, and how terms become topics.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinTerms, tellingOf, trendOf } from '#domains/intelligence/topics/join-terms.ts';
import { isSaidAt, MOST_PAIRS, MOST_WORDS, termsOf } from '#domains/intelligence/topics/terms.ts';
import { talkOf } from '../talk.ts';

const phrasesOf = (...lines: string[]) => termsOf(talkOf(lines)).map(({ phrase }) => phrase);

describe('a talk’s terms', () => {
  it.each<[string, string[], string[]]>([
    [
      'words and pairs',
      ['C: My water heater is leaking.'],
      ['water', 'heater', 'leaking', 'water heater'],
    ],
    ['every form of a word is one', ['C: It leaks. The leak, leaking.'], ['leaks']],
    ['agents say none', ['A: A drain cleaning?', 'C: Yes please, thank you.'], []],
    ['one channel for both', ['U: Our drain backs up.'], ['drain', 'backs', 'drain backs']],
    ['a mark parts a pair', ['C: The sink, faucet'], ['sink', 'faucet']],
    ['a label is none and parts', ['C: My card [CARD_NUMBER] charge'], ['card', 'charge']],
    ['figures are none', ['C: Unit 4b with 3 leaks, two of them 50%'], ['unit', 'leaks']],
    [
      'a name in the middle is none, nor where it begins',
      ['C: I saw Sarah. Sarah sold the boiler.'],
      ['sold', 'boiler'],
    ],
    ['a name that is introduced', ['C: my name is dana cole, the boiler'], ['boiler']],
    ['a name behind a title', ['C: it is mr cole about plumbing'], ['plumbing']],
    ['what is written small too is a word', ['C: The Boiler, our boiler'], ['boiler']],
    ['a short word in capitals', ['C: The AC is broken'], ['ac', 'broken']],
    ['letters, however they are written', ['C: The A/C. An A.C. or AC at 5 P.M.'], ['ac']],
    ['an introduction of no name', ['C: i was speaking with your plumber'], ['plumber']],
  ])('%s', (_what, lines, phrases) => {
    expect(phrasesOf(...lines)).toEqual(phrases);
  });

  it('are at most 40 words and 20 pairs, those said most often', () => {
    const letters = 'bcdfghjklmnpqrstvwxz';
    const words = [...letters].flatMap((a) => [...letters].slice(0, 5).map((b) => `${a}o${b}ump`));
    const found = termsOf(talkOf([`C: ${words.join(' ')} leak. leak`]));
    const count = (wordCount: number) => found.filter((one) => one.wordCount === wordCount).length;
    expect([count(1), count(2)]).toEqual([MOST_WORDS, MOST_PAIRS]);
    expect(found[0]?.phrase).toBe('leak');
  });

  it('always stand where they are said to, hold no figure or label, and are the same each time', () => {
    const word = fc.constantFrom(
      ...['leak', 'leaks,', 'Water', 'heater.', '[NAME]', '42', 'Sarah', 'the', 'don’t', '…', 'AC'],
      ...['follow-up', 'Müller', '$180', 'name', 'is', 'İstanbul', '[PHONE_NUMBER].', 'drain?'],
    );
    const line = fc
      .tuple(fc.constantFrom('C', 'A', 'U'), fc.array(word, { maxLength: 15 }))
      .map(([speaker, said]) => `${speaker}: ${said.join(' ')}`);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const talk = talkOf(lines);
        const terms = termsOf(talk);
        for (const term of terms) {
          const segment = talk[term.n];
          expect(segment?.speaker).not.toBe('AGENT');
          expect(isSaidAt(segment?.text ?? '', term)).toBe(true);
          expect(term.phrase).not.toMatch(/[\d[\]_]|^name$|phone_number/);
        }
        expect(new Set(terms.map(({ term }) => term)).size).toBe(terms.length);
        expect(termsOf(talk.toReversed())).toEqual(terms);
      }),
    );
  });
});

describe('topics', () => {
  const term = (words: string, ...calls: number[]) => ({ term: words, phrase: words, calls });
  const shown = (...terms: ReturnType<typeof term>[]) =>
    joinTerms(terms, 10).map(({ label, terms: own, calls }) => [
      label.phrase,
      own.map(({ phrase }) => phrase),
      calls.size,
    ]);

  it('are terms that come together, named by a pair that half of their calls said', () => {
    expect(
      shown(
        term('heater', 1, 2, 3, 4),
        term('water heater', 2, 3, 4),
        term('drain', 5, 6, 7),
        term('leak', 1, 5, 8),
      ),
    ).toEqual([
      ['water heater', ['heater', 'water heater'], 4],
      ['drain', ['drain'], 3],
      ['leak', ['leak'], 3],
    ]);
  });

  it('are named by a word where a pair is rarer than that, and a rare word joins no frequent one', () => {
    expect(shown(term('drain', 1, 2, 3, 4, 5), term('drain smell', 1, 2))).toEqual([
      ['drain', ['drain'], 5],
      ['drain smell', ['drain smell'], 2],
    ]);
  });

  it('hold every term once, whatever the order in which these come', () => {
    const calls = fc.uniqueArray(fc.nat(9), { minLength: 1 });
    const terms = fc
      .uniqueArray(fc.constantFrom(...'abcdefgh', 'a b', 'c d'), { minLength: 1 })
      .chain((words) => fc.tuple(...words.map((one) => calls.map((in_) => term(one, ...in_)))));
    fc.assert(
      fc.property(terms, (some) => {
        const topics = joinTerms(some, 10);
        expect(topics.flatMap(({ terms: own }) => own)).toHaveLength(some.length);
        expect(shown(...some.toReversed())).toEqual(shown(...some));
        for (const { label, terms: own } of topics) expect(own).toContain(label);
      }),
    );
  });

  it('tell more the nearer they are to a third of the calls', () => {
    expect(tellingOf(10, 10)).toBe(0);
    expect(tellingOf(0, 0)).toBe(0);
    expect(tellingOf(4, 10)).toBeGreaterThan(tellingOf(8, 10));
    expect(tellingOf(4, 10)).toBeGreaterThan(tellingOf(1, 10));
  });

  it.each([
    [30, 100, 10, 100, 'RISING'],
    [10, 100, 30, 100, 'FALLING'],
    [11, 100, 10, 100, 'STEADY'],
    [3, 10, 1, 10, 'STEADY'],
    [5, 10, 0, 0, 'STEADY'],
    [10, 10, 10, 10, 'STEADY'],
  ])('of %i of %i after %i of %i are %s', (count, calls, past, callsBefore, trend) => {
    expect(trendOf({ count, calls }, { count: past, calls: callsBefore })).toBe(trend);
  });
});
