// Numbers as hearing harms them, drawn by a seed and several times over: a digit heard as a word that sounds like it or as some
// short word, lost, grown together with the next one, or closed by a full stop. And talk of many numbers that is no such number.
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { seeded } from '#tests/support/seeded.ts';
import { talk } from './redact-support.ts';

const DIGITS = 'zero one two three four five six seven eight nine'.split(' ');
const LIKE: Record<string, readonly string[]> = {
  ...{ zero: ['oh', 'hero'], one: ['won'], two: ['to', 'too'], three: ['tree', 'free'] },
  ...{ four: ['for', 'fore'], six: ['sicks'], eight: ['ate'], nine: ['nein'] },
};
const SHORT = ['at', 'in', 'a', 'R.', 'it', 'an', 'is', 'uh', 'e', 'D.'];
const LEFT = new RegExp(`\\d|\\b(?:${DIGITS.join('|')}|won|ate|nein|tree|sicks|hero)\\b`);

/** A number in groups, said digit by digit or written in figures, with some harm. */
function harmed(start: string, sizes: readonly number[], seed: number): string {
  const chance = seeded(seed);
  const below = (end: number) => Math.floor(chance() * end);
  const pick = (from: readonly string[]) => from[below(from.length)] ?? '';
  const isWritten = below(3) === 0;
  let words = sizes.flatMap((size, group) => {
    const digits = Array.from({ length: size }, () => String(below(10)));
    if (group === 0) digits[0] = start;
    return isWritten ? [digits.join('')] : digits.map((digit) => DIGITS[Number(digit)] ?? '');
  });
  for (let times = 0; times < 3; times++) {
    const at = below(words.length);
    const [word = '', next = ''] = words.slice(at, at + 2);
    const isFigures = /^\d\d+$/.test(word);
    const cut = 1 + below(Math.max(1, word.length - 1));
    const harms = [
      () =>
        isFigures
          ? [word.slice(0, cut), pick(SHORT), word.slice(cut + 1)]
          : [pick(LIKE[word] ?? [word])],
      () => (isFigures ? [word.slice(0, -1)] : []),
      () => [`${word}.`],
      () => (isFigures ? [`${word}.`] : [pick(DIGITS.includes(word) ? SHORT : [word])]),
    ];
    const isGrown = DIGITS.includes(word) && DIGITS.includes(next) && below(4) === 0;
    if (isGrown)
      words.splice(at, 2, pick([word + next, `${DIGITS.indexOf(word)}${DIGITS.indexOf(next)}`]));
    else words.splice(at, 1, ...(harms[below(harms.length)]?.() ?? [word]));
    words = words.filter(Boolean);
  }
  return words.join(' ');
}

const answer = (question: string, said: string) =>
  redactTranscript(talk(`B: ${question}`, `A: ${said}`)).segments[1]?.text ?? '';
const seeds = Array.from({ length: 40 }, (_, n) => 300 + n);
const kept = (question: string, lead: string, start: string, sizes: readonly number[]) =>
  seeds
    .map((seed) => `${lead} ${harmed(start, sizes, seed)} please`)
    .filter((said) => LEFT.test(answer(question, said)));

describe('of forty harmed numbers', () => {
  it('no word of a card is left that was asked for', () => {
    expect(kept('And the card number?', 'Sure it is', '4', [4, 4, 4, 4])).toEqual([]);
  });

  it('no word of a card is left that nobody announced, but of one', () => {
    expect(kept('How will you pay?', 'you can use', '4', [4, 4, 4, 4]).length).toBeLessThanOrEqual(
      1,
    );
  });

  it('no word of a social security number is left', () => {
    expect(kept('And your social security number?', 'It is', '9', [3, 2, 4])).toEqual([]);
  });
});

it.each([
  ['How will you pay?', 'It begins with 40129D 88818B for over 18 rounds.'],
  ['How will you pay?', 'charge 4500 at 4116060 at 8250.'],
  [
    'How will you pay?',
    'four zero five five six nine three seven eight in six nine nine zero eight six',
  ],
  ['How will you pay?', '4945 a 461 at 68 is 2 4046 78'],
  ['so shows a quirty number please', 'nine, one, two, four, five, six, seven, three, eight'],
  ['And your so shall secure it, he, please?', 'nine one two four five six seven three eight'],
  ['your social?', 'nein, uh, one two four five six seven three'],
  ['your social?', '912 45 67 D. three eight'],
])('%s – %s goes', (question, said) => {
  expect(answer(question, said)).not.toMatch(LEFT);
});

it.each([
  'We paid 1500 in 2019 and 1800 in 2021.',
  'I moved from 60609 in 2019 to 60614 in 2021.',
  'My cell is 415 555 0198 it is on 24 hours.',
  'It is model 4115060 at 8150 or 5500 in white.',
  'Call 415 555 0198 at 930 or come in at 1204 Maple.',
  'I have 3 at 1200, 4 at 1500 and 2 in 2019.',
  'We have 2 at 36 by 48 and 3 at 24 by 36 in oak.',
  'My part numbers are 51659D 23048D.',
  'We are in unit 1204B, 1206B and 1208B.',
  'Room 101 is 129 a night, 102 is 149 a night and 103 is 169 a night.',
  'So sure, secured it is, and the order is 48213.',
])('%s stays', (said) => {
  expect(answer('And then?', said)).toBe(said);
});
