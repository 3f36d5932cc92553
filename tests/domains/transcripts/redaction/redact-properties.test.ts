// What redaction promises for any call: a long number never survives, whatever stands between its digits, unless all of it reads
// as a list (redact-lists.test.ts); and nothing else is lost.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { FILLER_WORDS } from '#domains/transcripts/redaction/rules/redact-tokens.ts';
import { talk } from './redact-support.ts';

const SETTINGS = { seed: 20_261_123, numRuns: 400 };
const DIGIT_WORDS = 'zero one two three four five six seven eight nine'.split(' ');
const A_NUMBER = new RegExp(`\\d|\\b(${DIGIT_WORDS.join('|')}|double|triple)\\b`);
const PLAIN_WORDS =
  'kitchen sink leak tomorrow price repair window Robert morning technician'.split(' ');

const digits = (minLength: number, maxLength: number) =>
  fc.array(fc.nat(9), { minLength, maxLength });
const fillers = fc.array(fc.constantFrom(...FILLER_WORDS), { maxLength: 10 });
const mark = fc.constantFrom('', '', '', ',', '.', '...');

/** The digits in the ways in which they are said and written, as words. */
function spell(number: number[], ways: number[]): string[] {
  const words: string[] = [];
  for (let i = 0; i < number.length; ) {
    const way = ways[words.length % ways.length] ?? 0;
    const digit = number[i] ?? 0;
    const isInside = i > 0 && i < number.length - 1;
    if (way >= 5) {
      const group = number.slice(i, i + way - 3);
      words.push(group.join(way === 7 ? '-' : ''));
      i += group.length;
    } else if (way === 4 && digit === number[i + 1]) {
      words.push('double', DIGIT_WORDS[digit] ?? '');
      i += 2;
    } else {
      words.push(digit === 0 && way === 3 && isInside ? 'oh' : (DIGIT_WORDS[digit] ?? ''));
      i++;
    }
  }
  return words;
}

/** What makes the digits of a card check, as its last one does; 0 where it is there. */
const checkDigit = (number: number[]) => {
  const sum = number.toReversed().reduce((total, digit, n) => {
    const value = n % 2 ? digit : digit * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10;
};
const BEGINS = [[4], [5, 1], [6, 0, 1, 1], [2, 2, 2, 1], [3, 4], [3, 7]];
const card = fc.tuple(fc.constantFrom(...BEGINS), digits(15, 15)).map(([begin, drawn]) => {
  const all = [...begin, ...drawn].slice(0, begin[0] === 3 ? 14 : 15);
  return [...all, checkDigit(all)];
});
const GROUPS = '2015 1998 1200 4500 3995 5550 2020 6100 3300 1800'.split(' ');
const inPlainGroups = fc
  .array(fc.constantFrom(...GROUPS), { minLength: 4, maxLength: 4 })
  .map((groups) => [...groups.join('')].map(Number))
  .filter((all) => (all[0] ?? 0) > 2 && checkDigit(all.slice(0, -1)) === all.at(-1));

it.each([
  ['number of 12 to 19 digits', digits(12, 19)],
  ['card', card],
  ['card in groups that read as years or prices', inPlainGroups],
])('no %s survives, whatever the fillers, the spelling and the cuts', (_what, drawn) => {
  const call = fc.record({
    number: drawn,
    ways: fc.array(fc.nat(7), { minLength: 1, maxLength: 7 }),
    gaps: fc.array(fc.record({ fillers, mark, cut: fc.nat(5) }), { minLength: 1, maxLength: 6 }),
  });
  fc.assert(
    fc.property(call, ({ number, ways, gaps }) => {
      const lines = ['A: well'];
      for (const [i, word] of spell(number, ways).entries()) {
        const gap = gaps[i % gaps.length];
        const isRepeat = word === 'double';
        const rest = isRepeat ? '' : `${gap?.mark} ${gap?.fillers.join(' ')}`;
        lines[lines.length - 1] += ` ${word}${rest}`;
        if (gap?.cut === 0 && !isRepeat) {
          lines.push('B: mhm', 'A:  ');
        }
      }
      const said = talk(...lines.map((line) => line.trimEnd()).filter((line) => line.length > 3));
      const left = redactTranscript(said).segments.map((segment) => segment.text);
      expect(left.filter((text) => A_NUMBER.test(text))).toEqual([]);
    }),
    SETTINGS,
  );
});

it('no card in groups of four survives three strange words between the groups', () => {
  const gap = fc.array(fc.constantFrom(...PLAIN_WORDS), { maxLength: 3 });
  fc.assert(
    fc.property(digits(16, 16), fc.array(gap, { minLength: 3, maxLength: 3 }), (number, gaps) => {
      const groups = [0, 4, 8, 12].map((at) => number.slice(at, at + 4));
      const text = groups
        .map((group, i) =>
          [...group.map((digit) => DIGIT_WORDS[digit]), ...(gaps[i] ?? [])].join(' '),
        )
        .join(' ');
      expect(redactTranscript(talk(`A: ${text}`)).segments[0]?.text).not.toMatch(A_NUMBER);
    }),
    SETTINGS,
  );
});

// The words that can make a number a time or a price.
const TELLING_WORDS = 'at see you tomorrow Monday appointment fee total dollars'.split(' ');
const TWO_DIGITS = new RegExp(
  `\\d\\d|\\d:\\d|twenty|thirty|\\b(${DIGIT_WORDS.join('|')}) (${DIGIT_WORDS.join('|')})\\b`,
);

it('no two digits in a row survive for 45 seconds after a card is mentioned, but a time or price told as one', () => {
  const word = fc.constantFrom(
    ...[...PLAIN_WORDS, ...DIGIT_WORDS, ...TELLING_WORDS, '42', '9:30', '$89', 'twenty', 'thirty'],
  );
  const asOne = new RegExp(
    `\\bat (9:30|(${DIGIT_WORDS.join('|')}) thirty)\\b|\\$89|\\b(twenty|thirty|42)( (${DIGIT_WORDS.join('|')}))? dollars`,
    'g',
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), (said) => {
      const { segments } = redactTranscript(talk('B: which card?', `A: ${said.join(' ')}`));
      expect(segments[1]?.text.replaceAll(asOne, '-')).not.toMatch(TWO_DIGITS);
    }),
    SETTINGS,
  );
});

it('no time and no price survives near another number in that window, whatever is said around it', () => {
  const telling = fc.constantFrom(...PLAIN_WORDS, ...TELLING_WORDS);
  const between = fc.array(telling, { maxLength: 4 });
  const around = fc.array(telling, { maxLength: 6 });
  const exempt = fc.constantFrom('at 9:30', 'at ten thirty', 'fee $89', 'fee twenty dollars');
  const number = fc.constantFrom('42', '4242', 'forty two', 'nine', '9:30', '$89', 'one two');
  const call = fc.tuple(around, exempt, between, number, around, fc.boolean());
  fc.assert(
    fc.property(call, ([before, time, gap, other, after, isFirst]) => {
      // its own "at", "fee" or "dollars" is one of the four
      const gapped = isFirst && !time.endsWith('dollars') ? gap : gap.slice(1);
      const pair = isFirst ? [time, ...gapped, other] : [other, ...gapped, time];
      const said = [...before, ...pair, ...after].join(' ');
      const { segments } = redactTranscript(talk('B: which card?', `A: ${said}`));
      expect(segments[1]?.text).not.toMatch(TWO_DIGITS);
      expect(segments[1]?.text).not.toMatch(/\bten\b|forty|\$/);
    }),
    SETTINGS,
  );
});

it('no group of a card survives that is told in pairs with a few words between', () => {
  const TENS = 'ten twelve fifteen thirty forty-five fifty sixty seventy 10 30 45'.split(' ');
  const pair = fc.constantFrom(...TENS);
  const group = fc.array(pair, { minLength: 2, maxLength: 2 }).map((pairs) => pairs.join(' '));
  const gap = fc.array(fc.constantFrom(...PLAIN_WORDS, ...TELLING_WORDS), { maxLength: 4 });
  fc.assert(
    fc.property(fc.array(fc.tuple(group, gap), { minLength: 2, maxLength: 4 }), (groups) => {
      const said = groups.flatMap(([words, others]) => [...others, words]).join(' ');
      const { segments } = redactTranscript(talk('B: which card?', `A: ${said}`));
      expect(segments[1]?.text.split(' ').filter((word) => TENS.includes(word))).toEqual([]);
    }),
    SETTINGS,
  );
});

it('nothing but numbers and what stands inside them is lost, words and text agree, and times keep their order', () => {
  const word = fc.constantFrom(
    ...PLAIN_WORDS,
    ...DIGIT_WORDS,
    'card',
    '4242',
    'for',
    'uh',
    'social',
  );
  const line = fc.tuple(fc.constantFrom('A', 'B'), fc.array(word, { minLength: 1, maxLength: 25 }));
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
      const said = talk(...lines.map(([speaker, words]) => `${speaker}: ${words.join(' ')}`));
      const { segments, redactions } = redactTranscript(said);
      for (const [i, segment] of segments.entries()) {
        const plain = (text = '') => text.split(' ').filter((word) => PLAIN_WORDS.includes(word));
        expect(plain(segment.text)).toEqual(plain(said[i]?.text));
        expect(segment.words.map((word) => word.text).join(' ')).toBe(segment.text);
        const times = segment.words.flatMap((word) => [word.startMs, word.endMs]);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }
      const labels = segments.flatMap((segment) => segment.text.match(/\[[A-Z_]+\]/g) ?? []);
      expect(redactions).toHaveLength(labels.length);
    }),
    SETTINGS,
  );
});
