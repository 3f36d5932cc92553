// No card goes free because hearing dropped a digit or a group of it, or heard one wrong, whatever way it is told in and
// whatever everyday word of a business stands in front of it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { checksToCard } from '#domains/transcripts/redaction/rules/redact-lists.ts';
import { DIGIT_WORDS, TEEN_WORDS, TENS_WORDS } from '#values/number-words.ts';
import { talk } from './redact-support.ts';

const CARDS = 400;
const LEADS = [
  ['A: it is'],
  ['A: for the reservation'],
  ['A: for the invoice it is'],
  ['A: My order number, no,'],
  ['A: you can use it for the policy.'],
  ['A: My order number is 12.', 'A: '],
  ['A: I know the order number, and it is 12. Okay,'],
  ['A: this is for my unit'],
];
const inFours = (card: string) => card.match(/.{1,4}/g) ?? [];
const inWords = (digits: string) =>
  [...digits].map((digit) => DIGIT_WORDS[Number(digit)]).join(' ');
const inPairs = (digits: string) =>
  (digits.match(/.{1,2}/g) ?? [])
    .map((pair) => {
      if (pair.length === 1 || pair.startsWith('0')) return inWords(pair);
      if (pair.startsWith('1')) return TEEN_WORDS[Number(pair[1])];
      return `${TENS_WORDS[Number(pair[0]) - 2]} ${pair[1] === '0' ? '' : inWords(pair.slice(1))}`;
    })
    .join(' ');
const WAYS: ((card: string) => string)[] = [
  (card) => card,
  (card) => [...card].join(' '),
  (card) => inFours(card).join(' '),
  (card) => inFours(card).join(', '),
  (card) => inFours(card).join(' and '),
  (card) => inFours(card).join('-'),
  (card) => inWords(card),
  (card) => inFours(card).map(inWords).join(', '),
  (card) => inFours(card).map(inPairs).join(', '),
  (card) => `${card.slice(0, 7)}D ${card.slice(7)}`,
  (card) => inFours(card).join('B '),
  (card) => `${card.slice(0, 5)}-${card.slice(5, 9)} ${card.slice(9)}`,
];
const A_NUMBER = new RegExp(
  `\\d|\\b(?:${[...DIGIT_WORDS, ...TEEN_WORDS, ...TENS_WORDS].join('|')})\\b`,
);

/** A digit is dropped, one is heard wrong, or a group is missing. */
const HARMS: ((card: string, at: number) => string)[] = [
  (card, at) => card.slice(0, at) + card.slice(at + 1),
  (card, at) => `${card.slice(0, at)}${(Number(card[at]) + 1) % 10}${card.slice(at + 1)}`,
  (card, at) => card.slice(0, at - (at % 4)) + card.slice(at - (at % 4) + 4),
];

it('a harmed card goes whole, in all ways of saying it and behind all words', () => {
  const card = fc
    .tuple(fc.constantFrom('4', '5', '6'), fc.array(fc.nat(9), { minLength: 14, maxLength: 14 }))
    .map(([first, rest]) => `${first}${rest.join('')}`)
    .map((most) => [...'0123456789'].map((end) => most + end).find(checksToCard) ?? most);
  // each card is told in all ways, each way behind the next of the words
  const one = fc.tuple(card, fc.constantFrom(...HARMS), fc.nat(15), fc.nat(LEADS.length - 1));
  const free: string[] = [];
  fc.assert(
    fc.property(one, ([whole, harm, at, from]) => {
      for (const [n, way] of WAYS.entries()) {
        const lead = LEADS[(from + n) % LEADS.length] ?? [];
        const lines = [...lead.slice(0, -1), `${lead.at(-1)} ${way(harm(whole, at))}`];
        const { segments } = redactTranscript(talk(...lines));
        const left = segments.map(({ text }) => text).join(' ');
        if (A_NUMBER.test(left.replace(/\b12\b/, ''))) free.push(lines.join(' / '));
      }
    }),
    { seed: 20_261_127, numRuns: CARDS },
  );
  expect(free).toEqual([]);
});
