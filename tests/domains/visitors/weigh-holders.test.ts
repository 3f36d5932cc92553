// Who most likely dialled a pool's number.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CERTAIN,
  type Holder,
  LOOK_BACK_MS,
  weighHolders,
} from '#domains/visitors/weigh-holders.ts';

const MINUTE = 60_000;
const NOBODY: ReadonlySet<string> = new Set();
const holder = (name: string, more: Partial<Holder> = {}): Holder => ({
  sessionId: name,
  visitorId: `${name}'s browser`,
  leasedAt: -5 * MINUTE,
  leasedUntil: 2 * MINUTE,
  isOverflow: false,
  telClickedAt: null,
  ...more,
});
const left = (name: string, minutes: number, more: Partial<Holder> = {}) =>
  holder(name, { leasedAt: -600 * MINUTE, leasedUntil: -minutes * MINUTE, ...more });
const shares = (holders: Holder[], known = NOBODY) =>
  weighHolders(holders, 0, known).map(({ sessionId, probability }) => [sessionId, probability]);

describe('a call on a pool’s number', () => {
  it('is certainly of the one who holds it', () => {
    expect(weighHolders([holder('ann')], 0, NOBODY)).toEqual([
      {
        sessionId: 'ann',
        visitorId: "ann's browser",
        probability: CERTAIN,
        reasons: ['HELD_NUMBER'],
      },
    ]);
  });

  it('is rather of who holds it than of who left it a while ago', () => {
    const [first, second] = weighHolders([left('bob', 30), holder('ann')], 0, NOBODY);
    expect(first).toMatchObject({ sessionId: 'ann', probability: 888_888 });
    expect(second).toMatchObject({ sessionId: 'bob', reasons: ['HELD_NUMBER_BEFORE'] });
  });

  it('leaves room for a stranger once nobody is there', () => {
    expect(shares([left('bob', 10)])).toEqual([['bob', 909_090]]);
    expect(shares([left('bob', 60)])).toEqual([['bob', 238_095]]);
    expect(shares([left('bob', LOOK_BACK_MS / MINUTE + 1)])).toEqual([]);
    expect(shares([])).toEqual([]);
  });

  it('is rather of who pressed the link, or has called from this browser before', () => {
    const both = [holder('ann', { isOverflow: true }), holder('bob', { isOverflow: true })];
    expect(shares(both)).toEqual([
      ['bob', 500_000],
      ['ann', 500_000],
    ]);
    const [ann, bob] = both as [Holder, Holder];
    const pressed = weighHolders([{ ...ann, telClickedAt: -MINUTE }, bob], 0, NOBODY);
    expect(pressed[0]).toMatchObject({
      sessionId: 'ann',
      probability: 952_380,
      reasons: ['HELD_NUMBER', 'SHARED_NUMBER', 'PRESSED_TO_CALL'],
    });
    const known = weighHolders(both, 0, new Set(["bob's browser"]));
    expect(known[0]).toMatchObject({
      sessionId: 'bob',
      probability: 980_392,
      reasons: ['HELD_NUMBER', 'SHARED_NUMBER', 'KNOWN_CALLER'],
    });
  });

  it('is of nobody who got the number later, or pressed the link after the ring', () => {
    expect(shares([holder('late', { leasedAt: 1 })])).toEqual([]);
    const [only] = weighHolders([holder('ann', { telClickedAt: 1 })], 0, NOBODY);
    expect(only?.reasons).toEqual(['HELD_NUMBER']);
  });

  it('counts the leases of a session as one', () => {
    const twice = weighHolders([left('ann', 60), holder('ann')], 0, NOBODY);
    expect(twice).toMatchObject([{ probability: CERTAIN, reasons: ['HELD_NUMBER'] }]);
  });

  describe('of a visitor who came by several campaigns', () => {
    const ann = { visitorId: 'ann' };
    // each session ends the lease of the one before
    const campaigns = [20, 15, 10, 5].map((minutes) =>
      holder(`visit ${20 - minutes}`, {
        ...ann,
        leasedAt: -minutes * MINUTE,
        leasedUntil: minutes === 5 ? 2 * MINUTE : -(minutes - 5) * MINUTE,
      }),
    );

    it('is certainly theirs while nobody else had the number, out of the latest visit', () => {
      for (const order of [campaigns, campaigns.toReversed()]) {
        expect(shares(order)).toEqual([['visit 15', CERTAIN]]);
      }
    });

    it('weighs them once against another', () => {
      const [first, second] = weighHolders([left('bob', 30), ...campaigns], 0, NOBODY);
      expect(first).toMatchObject({ sessionId: 'visit 15', probability: 888_888 });
      expect(second).toMatchObject({ sessionId: 'bob', probability: 111_111 });
    });

    it('leaves a stranger the room that one visit would', () => {
      const gone = campaigns.map((one) => ({ ...one, leasedUntil: one.leasedUntil - 12 * MINUTE }));
      expect(shares(gone)).toEqual([['visit 15', 909_090]]);
    });

    it('is out of the visit in which they pressed the link, when that was later', () => {
      const shared = { ...ann, isOverflow: true };
      const [before, now] = [
        holder('before', { ...shared, leasedAt: -9 * MINUTE }),
        holder('now', shared),
      ];
      const bob = holder('bob', { isOverflow: true });
      const pressed = (minutes: number) =>
        weighHolders([{ ...before, telClickedAt: -minutes * MINUTE }, now, bob], 0, NOBODY)[0];
      const likely = {
        probability: 952_380,
        reasons: ['HELD_NUMBER', 'SHARED_NUMBER', 'PRESSED_TO_CALL'],
      };
      expect(pressed(1)).toMatchObject({ sessionId: 'before', ...likely });
      expect(pressed(7)).toMatchObject({ sessionId: 'now', ...likely });
    });
  });

  it('never has more than certainty, and is in order, whoever held the number', () => {
    const minutes = fc.integer({ min: -300, max: 5 });
    const anybody = fc
      .record({
        who: fc.integer({ min: 0, max: 9 }),
        visit: fc.integer({ min: 0, max: 2 }),
        leasedAt: minutes,
        lasts: fc.integer({ min: 0, max: 200 }),
        isOverflow: fc.boolean(),
        clicked: fc.option(minutes),
      })
      .map(({ who, visit, leasedAt, lasts, isOverflow, clicked }) =>
        holder(`${who}, visit ${visit}`, {
          visitorId: `${who}'s browser`,
          leasedAt: leasedAt * MINUTE,
          leasedUntil: (leasedAt + lasts) * MINUTE,
          isOverflow,
          telClickedAt: clicked === null ? null : clicked * MINUTE,
        }),
      );
    fc.assert(
      fc.property(fc.array(anybody, { maxLength: 20 }), (holders) => {
        const found = weighHolders(holders, 0, new Set(["3's browser"]));
        const probabilities = found.map(({ probability }) => probability);
        expect(probabilities.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(CERTAIN);
        expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
        expect(new Set(found.map(({ visitorId }) => visitorId)).size).toBe(found.length);
      }),
    );
  });
});
