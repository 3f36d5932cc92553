// What stands by the ledger: the 24 hours to the millisecond, and the same state in whatever order its entries come.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Consent } from '#domains/consent/index.ts';
import {
  applySaid,
  consentOf,
  judgeConsent,
  NOTHING_SAID,
  openRequestOf,
  type Said,
  type Standing,
  stateOfConsent,
} from '#domains/consent/machine.ts';

const DAY_MS = 86_400_000;
const at = (ms: number) => new Date(Date.UTC(2026, 2, 2) + ms);
const ledger = (...said: Said[]): Standing => said.reduce(applySaid, NOTHING_SAID);
const judged = (standing: Standing, now: Date) => judgeConsent(consentOf(standing), now);

const moment = fc.integer({ min: 0, max: 5 });
const said: fc.Arbitrary<Said> = fc.oneof(
  moment.map((n): Said => ({ kind: 'INBOUND', at: at(n) })),
  moment.map((n): Said => ({ kind: 'OPT_OUT', at: at(n) })),
  fc
    .tuple(moment, fc.boolean())
    .map(([n, byText]): Said => ({ kind: 'OPT_IN', at: at(n), byText })),
  fc.tuple(moment, fc.boolean()).map(
    ([n, holds]): Said => ({
      ...{ kind: 'OPT_OUT_REQUEST', at: at(n), holds },
      entryId: `request at ${n}`,
    }),
  ),
);

describe('an inbound text', () => {
  it('may be answered for 24 hours to the millisecond, refused at exactly their end', () => {
    const between = fc.integer({ min: 0, max: DAY_MS - 1 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * DAY_MS }), between, (begin, age) => {
        const standing = ledger({ kind: 'INBOUND', at: at(begin) });
        expect(judged(standing, at(begin + age))).toBeNull();
        expect(judged(standing, at(begin + DAY_MS - 1))).toBeNull();
        expect(judged(standing, at(begin + DAY_MS))).toBe('CONSENT_EXPIRED');
        expect(judged(standing, at(begin + DAY_MS + age))).toBe('CONSENT_EXPIRED');
      }),
      { seed: 1 },
    );
  });

  it('opens the 24 hours anew, and an older one that comes late does not shorten them', () => {
    const standing = ledger({ kind: 'INBOUND', at: at(DAY_MS) }, { kind: 'INBOUND', at: at(0) });
    expect(judged(standing, at(2 * DAY_MS - 1))).toBeNull();
    expect(judged(standing, at(2 * DAY_MS))).toBe('CONSENT_EXPIRED');
  });
});

describe('what stands', () => {
  it('is nothing at first', () => {
    const nothing: Consent = consentOf(NOTHING_SAID);
    expect(judgeConsent(nothing, at(0))).toBe('NO_CONSENT');
    expect(stateOfConsent(consentOf(NOTHING_SAID), at(0))).toBe('NONE');
  });

  it('does not depend on the order in which the entries come', () => {
    const shuffled = fc
      .array(said, { maxLength: 8 })
      .chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      );
    fc.assert(
      fc.property(shuffled, moment, ([one, other], n) => {
        expect(ledger(...other)).toEqual(ledger(...one));
        expect(openRequestOf(ledger(...other))).toBe(openRequestOf(ledger(...one)));
        expect(judged(ledger(...other), at(n))).toBe(judged(ledger(...one), at(n)));
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('lets nothing out from an opt-out to a later opt-in, whatever else is said', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 8 }), moment, moment, (others, out, now) => {
        const standing = ledger(...others, { kind: 'OPT_OUT', at: at(out) });
        const isBack = others.some((one) => one.kind === 'OPT_IN' && one.at > at(out));
        if (!isBack) expect(judged(standing, at(now))).toBe('OPTED_OUT');
        else expect(judged(standing, at(now))).not.toBe('NO_CONSENT');
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('holds at a clear request until it is dismissed or taken back', () => {
    const request = { kind: 'OPT_OUT_REQUEST', at: at(1), entryId: 'one', holds: true } as const;
    const held = ledger({ kind: 'OPT_IN', at: at(0), byText: false }, request);
    expect(stateOfConsent(consentOf(held), at(2))).toBe('HELD_FOR_REVIEW');
    expect(judged(held, at(2))).toBe('OPTED_OUT');
    expect(openRequestOf(held)).toBe('one');
    const dismissed = applySaid(held, { kind: 'REQUEST_DISMISSED' });
    expect(judged(dismissed, at(2))).toBeNull();
    expect(openRequestOf(dismissed)).toBeNull();
    expect(judged(applySaid(held, { kind: 'OPT_IN', at: at(2), byText: true }), at(2))).toBeNull();
    const shown = ledger({ kind: 'INBOUND', at: at(0) }, { ...request, holds: false });
    expect([judged(shown, at(2)), openRequestOf(shown)]).toEqual([null, 'one']);
    const out = applySaid(shown, { kind: 'OPT_OUT', at: at(3) });
    expect([judged(out, at(3)), openRequestOf(out)]).toEqual(['OPTED_OUT', null]);
  });
});
