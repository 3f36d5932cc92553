// The pure rules: when a delivery is tried again, when it is given up, when its endpoint is paused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterAttempt,
  delayAfter,
  FAILURES,
  type Failure,
  type Health,
  healthAfter,
  MAX_TRIES,
  type Outcome,
} from '#domains/webhooks/machine.ts';

const AT = new Date('2026-03-02T15:00:00.000Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SCHEDULE = [5_000, 300_000, 1_800_000, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR];
const later = (ms: number) => new Date(AT.getTime() + ms);

const taken: Outcome = { failure: null, status: 204, retryAfterMs: null };
const failed = (more: Partial<Outcome> = {}): Outcome => ({
  failure: 'STATUS',
  status: 500,
  retryAfterMs: null,
  ...more,
});
const healthy: Health = { failingSince: null, lastFailureAt: null, holdUntil: null };

describe('the schedule', () => {
  it('waits 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h, each up to a fifth shorter or longer', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 1, max: 7 }), (id, tries) => {
        const ms = delayAfter({ id, tries }) ?? -1;
        const whole = SCHEDULE[tries - 1] ?? 0;
        expect(ms).toBeGreaterThanOrEqual(whole * 0.8 - 1);
        expect(ms).toBeLessThanOrEqual(whole * 1.2 + 1);
        expect(delayAfter({ id, tries })).toBe(ms);
      }),
      { seed: 7 },
    );
  });

  it('spreads what failed together over the whole of that time', () => {
    const waits = Array.from(
      { length: 2_000 },
      (_, n) => delayAfter({ id: `d${n}`, tries: 2 }) ?? 0,
    );
    const tenth = (ms: number) => Math.floor(((ms - 240_000) / 120_000) * 10);
    const counts = Map.groupBy(waits, tenth);
    expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { length } of counts.values()) expect(length).toBeGreaterThan(120);
  });

  it('ends after the eighth attempt', () => {
    expect(MAX_TRIES).toBe(8);
    expect(delayAfter({ id: 'a', tries: 8 })).toBeNull();
    const after = afterAttempt({ id: 'a', tries: 8 }, failed(), AT);
    expect(after).toEqual({ state: 'FAILED', failure: 'STATUS', dueAt: AT });
  });
});

describe('a delivery', () => {
  it('that was taken is delivered, at whichever attempt', () => {
    for (let tries = 1; tries <= 8; tries += 1) {
      expect(afterAttempt({ id: 'a', tries }, taken, AT)).toMatchObject({ state: 'DELIVERED' });
    }
  });

  it.each([
    ['BODY_TOO_LARGE', 'FAILED'],
    ['NOT_ALLOWED', 'FAILED'],
    ['EVENT_GONE', 'FAILED'],
    ['ERASED', 'FAILED'],
    ['RENDERING_FAILED', 'PENDING'],
    ['TIMEOUT', 'PENDING'],
    ['CONNECTION_FAILED', 'PENDING'],
    ['TLS_FAILED', 'PENDING'],
    ['NAME_NOT_RESOLVED', 'PENDING'],
    ['ADDRESS_REFUSED', 'PENDING'],
    ['STATUS', 'PENDING'],
  ] as const)('that failed by %s at its first attempt is %s', (failure, state) => {
    const outcome = { failure, status: null, retryAfterMs: null };
    expect(afterAttempt({ id: 'a', tries: 1 }, outcome, AT)).toMatchObject({ state, failure });
  });

  it('is not offered again to a receiver that is gone', () => {
    const after = afterAttempt({ id: 'a', tries: 1 }, failed({ status: 410 }), AT);
    expect(after.state).toBe('FAILED');
  });

  it('waits as long as the receiver asks, but never shorter than it would, nor longer than a day', () => {
    const wait = (tries: number, retryAfterMs: number) =>
      afterAttempt({ id: 'a', tries }, failed({ retryAfterMs }), AT).dueAt.getTime() - AT.getTime();
    expect(wait(1, 600_000)).toBe(600_000);
    expect(wait(5, 1_000)).toBe(delayAfter({ id: 'a', tries: 5 }));
    expect(wait(1, 40 * DAY)).toBe(DAY);
  });
});

describe('an endpoint', () => {
  it('is paused when every attempt of five days has failed', () => {
    let health = healthy;
    const pauses: (string | null)[] = [];
    for (let hours = 0; hours <= 120; hours += 12) {
      const { pause, ...after } = healthAfter(health, failed(), later(hours * HOUR));
      health = after;
      pauses.push(pause);
    }
    expect(health.failingSince).toEqual(AT);
    expect(pauses).toEqual([...Array(10).fill(null), 'FAILING']);
  });

  it('begins anew after a success', () => {
    const ill = { ...healthy, failingSince: AT, lastFailureAt: later(4 * DAY) };
    const well = healthAfter(ill, taken, later(4 * DAY + 1));
    expect(well).toMatchObject({ failingSince: null, lastFailureAt: null, pause: null });
    expect(healthAfter(well, failed(), later(5 * DAY)).pause).toBeNull();
  });

  it('begins anew after a day of silence: nobody knows how it fared', () => {
    const ill = { ...healthy, failingSince: AT, lastFailureAt: later(28 * HOUR) };
    expect(healthAfter(ill, failed(), later(6 * DAY))).toMatchObject({
      failingSince: later(6 * DAY),
      pause: null,
    });
  });

  it('that answers 410 is paused at once', () => {
    expect(healthAfter(healthy, failed({ status: 410 }), AT).pause).toBe('GONE');
  });

  it('is left alone for as long as it asks, up to a day; a shorter wish takes nothing back', () => {
    const held = healthAfter(healthy, failed({ retryAfterMs: 60_000 }), AT);
    expect(held.holdUntil).toEqual(later(60_000));
    expect(healthAfter(held, failed({ retryAfterMs: 1_000 }), AT).holdUntil).toEqual(later(60_000));
    expect(healthAfter(held, failed(), later(1)).holdUntil).toEqual(later(60_000));
    expect(healthAfter(held, failed({ retryAfterMs: 9 * DAY }), AT).holdUntil).toEqual(later(DAY));
  });

  it('is not blamed for what is our fault', () => {
    const ours: Failure[] = [
      'RENDERING_FAILED',
      'BODY_TOO_LARGE',
      'NOT_ALLOWED',
      'EVENT_GONE',
      'ERASED',
    ];
    const ill = { ...healthy, failingSince: AT, lastFailureAt: later(4.9 * DAY) };
    for (const failure of ours) {
      const outcome = { failure, status: null, retryAfterMs: null };
      expect(healthAfter(ill, outcome, later(5 * DAY))).toEqual({ ...ill, pause: null });
    }
  });

  it('never fails since later than its last failure, whatever happens', () => {
    const outcomes = fc.oneof(
      fc.constant(taken),
      fc.record({
        failure: fc.constantFrom(...(Object.keys(FAILURES) as Failure[])),
        status: fc.constantFrom(null, 302, 410, 429, 500),
        retryAfterMs: fc.option(fc.integer({ min: 0, max: 2 * DAY })),
      }),
    );
    const history = fc.array(fc.tuple(outcomes, fc.integer({ min: 0, max: 13 * HOUR })));
    fc.assert(
      fc.property(history, (steps) => {
        let health = healthy;
        let ms = 0;
        for (const [outcome, waitMs] of steps) {
          ms += waitMs;
          const { pause, ...after } = healthAfter(health, outcome, later(ms));
          if (pause === 'FAILING') {
            expect(
              ms - ((after.failingSince?.getTime() ?? 0) - AT.getTime()),
            ).toBeGreaterThanOrEqual(5 * DAY);
          }
          expect(after.failingSince === null).toBe(after.lastFailureAt === null);
          if (after.failingSince && after.lastFailureAt) {
            expect(after.failingSince <= after.lastFailureAt).toBe(true);
          }
          health = after;
        }
      }),
      { seed: 7 },
    );
  });
});
