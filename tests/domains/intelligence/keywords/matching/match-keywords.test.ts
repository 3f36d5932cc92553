// What a keyword finds and what it does not, row by row; then what holds for any talk.
import fc from 'fast-check';
import { stemmer } from 'stemmer';
import { describe, expect, it } from 'vitest';
import {
  type Keyword,
  matchKeywords,
} from '#domains/intelligence/keywords/matching/match-keywords.ts';

type Speaker = 'CALLER' | 'AGENT' | 'UNKNOWN';
const keyword = (
  text: string,
  match: Keyword['match'] = 'STEM',
  speaker: Keyword['speaker'] = 'ANY',
): Keyword => ({ text, match, speaker });
const find = (keywords: Keyword[], text: string, speaker: Speaker = 'CALLER') =>
  matchKeywords(keywords)({ speaker, text });
/** the words that were found, as the text has them */
const said = (one: Keyword, text: string, speaker?: Speaker) =>
  find([one], text, speaker).map(({ wordIndex, wordCount }) =>
    text
      .split(/\s+/)
      .slice(wordIndex, wordIndex + wordCount)
      .join(' '),
  );

describe('a keyword', () => {
  it.each([
    [
      'STEM',
      'leak',
      'The sink leaks, it was LEAKING, it leaked.',
      ['leaks,', 'LEAKING,', 'leaked.'],
    ],
    ['STEM', 'leaking', 'there is a leak', ['leak']],
    ['STEM', 'leak', 'a leaky tap', []],
    ['STEM', 'broken spring', 'I think the broken springs are two', ['broken springs']],
    ['STEM', 'broken spring', 'the spring is broken', []],
    ['STEM', 'quote', 'quotes, quoted and quoting', ['quotes,', 'quoted', 'quoting']],
    ['STEM', 'spring', 'spring spring', ['spring', 'spring']],
    ['EXACT', 'leak', 'leaks leak leaking', ['leak']],
    [
      'EXACT',
      'call me back',
      'Please call me back. Call me, back!',
      ['call me back.', 'Call me, back!'],
    ],
    ['EXACT', 'call me back', 'call him back', []],
    ['EXACT', "don't", 'I don’t know, I dont care', ['don’t', 'dont']],
    ['EXACT', '180', 'it is $180.', ['$180.']],
    ['EXACT', '18', 'it is $180.', []],
    ['EXACT', '10:00', 'tomorrow at 10:00.', ['10:00.']],
    ['PREFIX', 'plumb*', 'a plumber, plumbing and a plum', ['plumber,', 'plumbing']],
    ['PREFIX', 'plumb', 'a plumber', ['plumber']],
    [
      'PREFIX',
      'water heat*',
      'my water heater, the water heating',
      ['water heater,', 'water heating'],
    ],
    ['PREFIX', 'water heat*', 'waters heat', []],
    ['EXACT', 'goodbye', 'Good-bye then', ['Good-bye']],
    ['STEM', 'tomorrow', 'see you to-morrow.', ['to-morrow.']],
    ['EXACT', 'good bye', 'Good-bye', ['Good-bye']],
    ['EXACT', 'good-bye', 'goodbye good bye good-bye', ['goodbye', 'good bye', 'good-bye']],
    ['EXACT', 'bye', 'Good-bye', ['Good-bye']],
    ['EXACT', 'follow up call', 'a follow-up call', ['follow-up call']],
    ['EXACT', 'bye now', 'good-bye - now', ['good-bye - now']],
    ['EXACT', 'card number', 'my [CARD_NUMBER] is card number one', ['card number']],
    ['EXACT', 'my is', 'my [CARD_NUMBER] is', []],
    ['STEM', 'unclear', '[unclear]', []],
    ['EXACT', 'straße', 'die STRASSE die Straße', ['STRASSE', 'Straße']],
  ] as const)('%s %s in "%s"', (match, text, talk, found) => {
    expect(said(keyword(text, match), talk)).toEqual(found);
  });

  it('of a speaker is found in that speaker’s words only, and in nobody’s where there is one channel', () => {
    const heard = (speaker: Keyword['speaker']) =>
      (['CALLER', 'AGENT', 'UNKNOWN'] as const).filter(
        (who) => find([keyword('leak', 'STEM', speaker)], 'a leak', who).length > 0,
      );
    expect(heard('CALLER')).toEqual(['CALLER']);
    expect(heard('AGENT')).toEqual(['AGENT']);
    expect(heard('ANY')).toEqual(['CALLER', 'AGENT', 'UNKNOWN']);
  });

  it('stands beside others: each is found, in the order of the words, then of the set', () => {
    const set = [keyword('spring'), keyword('broken'), keyword('broken spring', 'EXACT')];
    expect(find(set, 'a broken spring').map((one) => one.keyword.text)).toEqual([
      'broken',
      'broken spring',
      'spring',
    ]);
  });
});

const SETTINGS = { seed: 20_261_125, numRuns: 500 };
const WORDS = 'leak leaks leaking water heater waters book booking good bye spring sprung to'.split(
  ' ',
);
const word = fc.constantFrom(...WORDS);
const mark = fc.constantFrom('', '', ',', '.', '?', '!', '"');
const joint = fc.constantFrom(' ', ' ', ' ', '-', ' [CARD_NUMBER] ', '  ', ' - ');
const talk = fc.array(fc.tuple(word, mark, joint, fc.boolean()), { maxLength: 25 }).map((parts) =>
  parts
    .map(([text, sign, gap, loud]) => (loud ? text.toUpperCase() : text) + sign + gap)
    .join('')
    .trim(),
);
const phrase = fc.record({
  text: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
  match: fc.constantFrom('STEM', 'EXACT', 'PREFIX'),
  speaker: fc.constantFrom('CALLER', 'AGENT', 'ANY'),
});

/** The readings of a stretch of words between spaces, by brute force: every hyphen is either nothing or a space. */
function readings(words: string[]): string[] {
  return words
    .map((one) => one.toLowerCase().replace(/^[^a-z0-9[]+|[^a-z0-9\]]+$/g, ''))
    .filter(Boolean)
    .reduce<string[]>(
      (heads, one) => {
        // only a word without other marks can be one word that was split
        const whole = /^[a-z0-9]+(-[a-z0-9]+)+$/.test(one) ? [one.replaceAll('-', '')] : [];
        const ways = [one.replace(/[^a-z0-9[\]_]+/g, ' ').trim(), ...whole];
        return heads.flatMap((head) => ways.map((way) => `${head} ${way}`.trim()));
      },
      [''],
    );
}

it('any talk: what is found was said, and what was said is found', () => {
  fc.assert(
    fc.property(talk, fc.array(phrase, { minLength: 1, maxLength: 4 }), (text, keywords) => {
      const words = text.split(/\s+/).filter(Boolean);
      const isSame = ({ match, text: wanted }: Keyword, reading: string) => {
        const [a, b] = [wanted.split(' '), reading.split(' ')];
        return (
          a.length === b.length &&
          a.every((one, n) => {
            const heard = b[n] ?? '';
            if (match === 'STEM') return stemmer(one) === stemmer(heard);
            return match === 'PREFIX' && n === a.length - 1 ? heard.startsWith(one) : one === heard;
          })
        );
      };
      const found = find(keywords as Keyword[], text, 'CALLER');
      for (const { keyword: one, wordIndex, wordCount } of found) {
        const stretch = readings(words.slice(wordIndex, wordIndex + wordCount));
        // a hyphenated word at either end may belong to the hit by a part of it
        const parts = stretch.flatMap((reading) => {
          const all = reading.split(' ');
          const size = one.text.split(' ').length;
          return all.map((_, n) => all.slice(n, n + size).join(' '));
        });
        expect(one.speaker).not.toBe('AGENT');
        expect(parts.some((reading) => isSame(one as Keyword, reading))).toBe(true);
      }
      for (const one of keywords as Keyword[]) {
        if (one.speaker === 'AGENT') continue;
        for (const start of words.keys()) {
          for (let size = 1; size <= 3; size++) {
            const stretch = words.slice(start, start + size);
            if (stretch.length < size || stretch.some((each) => !/[a-z0-9]/i.test(each))) continue;
            if (!readings(stretch).some((reading) => isSame(one, reading))) continue;
            expect(found.some((hit) => hit.keyword === one && hit.wordIndex === start)).toBe(true);
          }
        }
      }
    }),
    SETTINGS,
  );
});

it('the same talk gives the same, whatever other keywords are looked for and in which order', () => {
  fc.assert(
    fc.property(talk, fc.array(phrase, { minLength: 2, maxLength: 6 }), (text, given) => {
      const keywords = given as Keyword[];
      const places = (set: Keyword[]) =>
        find(set, text).map(({ keyword: one, ...place }) => ({
          n: keywords.indexOf(one),
          ...place,
        }));
      const sorted = (list: { n: number; wordIndex: number }[]) =>
        list.toSorted((a, b) => a.n - b.n || a.wordIndex - b.wordIndex);
      const together = sorted(places(keywords));
      expect(sorted(places(keywords.toReversed()))).toEqual(together);
      expect(sorted(keywords.flatMap((one) => places([one])))).toEqual(together);
    }),
    SETTINGS,
  );
});
