// What is refused: to break clients without a listed reason, to deprecate at short notice, to remove before the promised day.
import { buildSchema, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { writeUnreleased } from '../../../scripts/contract/changelog.ts';
import { compareSchemas } from '../../../scripts/contract/compare-schemas.ts';
import { findContractFaults } from '../../../scripts/contract/find-contract-faults.ts';
import { findDeprecationFaults } from '../../../scripts/contract/find-deprecation-faults.ts';

const RELEASED_ON = '2026-11-30';
const CHANGELOG = `# Changelog\n\n## Unreleased\n\n## 0.1.0 (${RELEASED_ON})\n`;

const withNote = (note: string): GraphQLSchema => buildSchema(`type Query { id: ID ${note} }`);
const deprecated = (reason: string) => withNote(`note: Int @deprecated(reason: "${reason}")`);
const until = (day: string) => deprecated(`Use tags. (removal ${day})`);
const plain = withNote('note: Int');
const gone = withNote('');

/** The faults of both schemas as a whole check finds them on `today`, once `npm run generate` has run and each reason is given. */
function check(released: GraphQLSchema, current: GraphQLSchema, today: string, why = 'Because.') {
  const generated = writeUnreleased(CHANGELOG, compareSchemas(released, current));
  const changelog = generated.replaceAll('Why:', `Why: ${why}`);
  return findContractFaults({ released, current, changelog }, today);
}

describe('a breaking change', () => {
  it('is refused until it is listed with a reason, and the refusal says what to do', () => {
    expect(check(plain, gone, '2026-12-01', '')).toEqual([
      expect.stringMatching(
        /^Query\.note was removed\. .*npm run generate.*"Why:" in CHANGELOG\.md/,
      ),
    ]);
    expect(
      findContractFaults({ released: plain, current: gone, changelog: CHANGELOG }, '2026-12-01'),
    ).toHaveLength(1);
    expect(check(plain, gone, '2026-12-01')).toEqual([]);
  });
});

describe('a deprecation', () => {
  it.each([
    ['no day', 'Use tags.'],
    ['a day that is none', 'Use tags. (removal 2027-02-31)'],
    ['words for a day', 'Use tags. (removal next summer)'],
    ['the day not at the end', '(removal 2027-06-01) Use tags.'],
  ])('is refused with %s', (_, reason) => {
    expect(check(plain, deprecated(reason), '2026-12-01')).toEqual([
      expect.stringContaining('Query.note is deprecated without a day of removal'),
    ]);
  });

  it('gives six months from the release on', () => {
    expect(check(plain, until('2027-05-29'), '2026-12-01')).toEqual([
      expect.stringContaining('six months of notice end on 2027-05-30'),
    ]);
    expect(check(plain, until('2027-05-30'), '2026-12-01')).toEqual([]);
  });

  it('is measured by its own release when that is made', () => {
    const days = { deprecatedOn: '2027-01-15', removedOn: '2027-01-15' };
    expect(findDeprecationFaults(plain, until('2027-07-14'), days)).toEqual([
      expect.stringContaining('2027-07-15'),
    ]);
    expect(findDeprecationFaults(plain, until('2027-07-15'), days)).toEqual([]);
  });

  it('rounds a month without such a day up', () => {
    const days = { deprecatedOn: '2026-08-31', removedOn: '2026-08-31' };
    expect(findDeprecationFaults(plain, until('2027-02-28'), days)).toHaveLength(1);
    expect(findDeprecationFaults(plain, until('2027-03-03'), days)).toEqual([]);
  });

  it('that was released is not measured again, and its day only moves away', () => {
    const released = until('2027-03-01');
    expect(check(released, until('2027-03-01'), '2027-02-01')).toEqual([]);
    expect(check(released, until('2027-04-01'), '2027-02-01')).toEqual([]);
    expect(check(released, until('2027-02-01'), '2027-01-01')).toEqual([
      expect.stringContaining('was promised until 2027-03-01'),
    ]);
    expect(check(released, plain, '2027-01-01')).toEqual([]);
  });

  it('stands on arguments, input fields and enum values as well', () => {
    const sdl = (mark: string) =>
      buildSchema(`
        type Query { calls(first: Int ${mark}, filter: F): S }
        input F { note: String ${mark} }
        enum S { A B ${mark} }`);
    const found = check(sdl(''), sdl('@deprecated(reason: "Old.")'), '2026-12-01');
    expect(found.map((fault) => fault.split(' ')[0])).toEqual([
      'Query.calls(first:)',
      'F.note',
      'S.B',
    ]);
  });
});

describe('a removal', () => {
  it('is refused before the promised day whatever the reason, and allowed from that day on', () => {
    expect(check(until('2027-06-01'), gone, '2027-05-31')).toEqual([
      'Query.note is gone, and was promised until 2027-06-01: put it back until then.',
    ]);
    expect(check(until('2027-06-01'), gone, '2027-06-01')).toEqual([]);
  });

  it('of a whole type takes the promises in it along', () => {
    const released = buildSchema(
      'type Query { id: ID } type Lead { note: Int @deprecated(reason: "Old. (removal 2027-06-01)") }',
    );
    expect(check(released, withNote(''), '2027-05-31')).toEqual([
      expect.stringContaining('Lead.note is gone'),
    ]);
  });
});
