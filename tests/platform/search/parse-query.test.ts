// What a search box understands, and that no string is beyond it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery, type QueryClause } from '#platform/search/index.ts';

const SETTINGS = { seed: 20_261_125, numRuns: 2_000 };

/** Writes a clause shortly: -caller:plumb* , "two words", open~ for a word that may still be typed. */
function short({ words, negated, prefix, quoted, speaker }: QueryClause): string {
  const text = words.join(' ') + { NONE: '', WRITTEN: '*', ASSUMED: '~' }[prefix];
  const who = speaker ? `${speaker.toLowerCase()}:` : '';
  return `${negated ? '-' : ''}${who}${quoted || words.length > 1 ? `"${text}"` : text}`;
}
const read = (query: string) => parseQuery(query).clauses.map(short);

describe('a query', () => {
  it.each([
    ['water heater ', ['water', 'heater']],
    ['water heat', ['water', 'heat~']],
    ['water heat.', ['water', 'heat~']],
    ['plumb* now ', ['plumb*', 'now']],
    ['"water heater" leak ', ['"water heater"', 'leak']],
    ['“Water Heater”', ['"water heater"']],
    ['"never closed', ['"never closed"']],
    ['leak -water ', ['leak', '-water']],
    ['leak -water', ['leak', '-water']],
    ['leak -"hot water"', ['leak', '-"hot water"']],
    ['leak -plumb*', ['leak', '-plumb*']],
    [
      'caller:refund agent:"so sorry" -agent:no ',
      ['caller:refund', 'agent:"so sorry"', '-agent:no'],
    ],
    ['Caller:refund ', ['caller:refund']],
    ['caller: refund ', ['caller:refund']],
    ['agent:-sorry ', ['-agent:sorry']],
    ['agent: -"so sorry" caller:-no', ['-agent:"so sorry"', '-caller:no']],
    ['refund caller:', ['refund', 'caller~']],
    ['refund caller: ', ['refund', 'caller']],
    ['«pris fixe» un ', ['"pris fixe"', 'un']],
    ['-« pris fixe »', ['-"pris fixe"']],
    ['time:refund ', ['"time refund"']],
    ['twenty-four 10:30 ', ['"twenty four"', '"10 30"']],
    ['e-mai', ['"e mai*"']],
    ['a', ['a']],
    ['a* b ', ['a', 'b']],
    ['water water  WATER ', ['water']],
    ['café', ['cafe~']],
    ['- -- " "" * \' | & ! ( ) <-> :* \\', []],
    ['[CARD_NUMBER] [DIGITS]', []],
    ['', []],
  ])('%j', (query, clauses) => {
    expect(read(query)).toEqual(clauses);
  });

  it('counts the words of all clauses', () => {
    expect(parseQuery('one "two three" -four').words).toBe(4);
  });
});

describe('any string', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc
      .array(
        fc.constantFrom(
          '"',
          '-',
          '*',
          ':',
          'caller:',
          ' ',
          'ab',
          "'",
          '|',
          '&',
          '!',
          '<->',
          '\\',
          '“',
          '«',
          '\0',
          'é',
          '[X]',
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join('')),
  );

  it('is read, and only letters and digits come of it', () => {
    fc.assert(
      fc.property(text, (query) => {
        const { clauses, words } = parseQuery(query);
        expect(words).toBe(clauses.flatMap((clause) => clause.words).length);
        for (const clause of clauses) {
          expect(clause.words.length).toBeGreaterThan(0);
          for (const word of clause.words) expect(word).toMatch(/^[\p{L}\p{Nd}]+$/u);
        }
      }),
      SETTINGS,
    );
  });

  it('in quotation marks is one phrase at most', () => {
    fc.assert(
      fc.property(text, (query) => {
        const { clauses } = parseQuery(`"${query.replaceAll(/["“”„«»]/g, '')}"`);
        expect(clauses.length).toBeLessThanOrEqual(1);
        for (const { quoted, negated, prefix } of clauses) {
          expect({ quoted, negated, prefix }).toEqual({
            quoted: true,
            negated: false,
            prefix: 'NONE',
          });
        }
      }),
      SETTINGS,
    );
  });
});
