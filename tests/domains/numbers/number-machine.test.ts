// The life of a number: facts in any order, late or twice, lead only along the table.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLive, type NumberFact, nextCheck, nextStatus } from '#domains/numbers/number-machine.ts';
import type { PhoneNumberStatus } from '#generated/prisma/enums.ts';

const FACTS: NumberFact[] = [
  'FILLED',
  'NOT_FILLED',
  'RELEASE_ASKED',
  'RELEASE_DONE',
  'RELEASE_REFUSED',
];
const STATUSES: PhoneNumberStatus[] = ['ORDERING', 'ACTIVE', 'FAILED', 'RELEASING', 'RELEASED'];
const facts = fc.array(fc.constantFrom(...FACTS), { maxLength: 30 });
const follow = (status: PhoneNumberStatus, told: readonly NumberFact[]) =>
  told.reduce<PhoneNumberStatus>((at, fact) => nextStatus(at, fact) ?? at, status);

describe('nextStatus', () => {
  it.each([
    ['ORDERING', 'FILLED', 'ACTIVE'],
    ['ORDERING', 'NOT_FILLED', 'FAILED'],
    ['FAILED', 'FILLED', 'ACTIVE'],
    ['ACTIVE', 'RELEASE_ASKED', 'RELEASING'],
    ['RELEASING', 'RELEASE_DONE', 'RELEASED'],
    ['RELEASING', 'RELEASE_REFUSED', 'ACTIVE'],
  ] as const)('%s and %s is %s; every other pair changes nothing', (from, fact, to) => {
    expect(nextStatus(from, fact)).toBe(to);
    const moves = STATUSES.flatMap((status) =>
      FACTS.filter((one) => nextStatus(status, one) !== null),
    );
    expect(moves).toHaveLength(6);
  });

  it('never leaves RELEASED', () => {
    fc.assert(
      fc.property(facts, (told) => follow('RELEASED', told) === 'RELEASED'),
      { seed: 1 },
    );
  });

  it('a number is given back only when somebody asked for it while it was in service', () => {
    fc.assert(
      fc.property(facts, (told) => {
        if (follow('ORDERING', told) !== 'RELEASED') return true;
        const filled = told.indexOf('FILLED');
        const asked = told.indexOf('RELEASE_ASKED', filled + 1);
        return filled >= 0 && asked > filled && told.indexOf('RELEASE_DONE', asked + 1) > asked;
      }),
      { seed: 2, numRuns: 1_000 },
    );
  });

  it('a fact that is told twice in a row changes nothing the second time', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...FACTS), (told, fact) => {
        const once = follow('ORDERING', [...told, fact]);
        return follow(once, [fact]) === once;
      }),
      { seed: 3 },
    );
  });
});

describe('nextCheck', () => {
  const now = new Date('2026-03-02T15:00:00.000Z');
  const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);

  it('is daily in service, sooner when it is to be given back, after its job else, never at the end', () => {
    expect(nextCheck('ACTIVE', null, now)).toEqual(hours(24));
    expect(nextCheck('ACTIVE', hours(5), now)).toEqual(hours(5));
    expect(nextCheck('ACTIVE', hours(50), now)).toEqual(hours(24));
    expect(nextCheck('ORDERING', null, now)).toEqual(hours(3));
    expect(nextCheck('RELEASING', null, now)).toEqual(hours(3));
    for (const status of STATUSES.filter((one) => !isLive(one))) {
      expect(nextCheck(status, null, now)).toBeNull();
    }
  });
});
