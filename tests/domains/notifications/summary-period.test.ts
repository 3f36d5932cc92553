// When summaries are due, on days that the clocks make shorter or longer, and which days they tell of.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dueAtOf,
  latestPeriod,
  missedBefore,
  previousPeriod,
  type Schedule,
} from '#domains/notifications/summaries/period.ts';

const CHICAGO = { timeZone: 'America/Chicago' };
const latest = (schedule: Schedule, now: string) => {
  const { period, at } = latestPeriod(schedule, new Date(now));
  return [period.from, period.to, at.toISOString()];
};

describe('a summary', () => {
  it('tells of the day, the week from Monday or the month that is over', () => {
    const at = { ...CHICAGO, hour: 7 };
    const now = '2026-03-02T13:00:00Z'; // 7:00 on a Monday
    const before = '2026-03-02T12:59:59.999Z';
    expect(latest({ ...at, frequency: 'DAILY' }, now)).toEqual([
      '2026-03-01',
      '2026-03-01',
      '2026-03-02T13:00:00.000Z',
    ]);
    expect(latest({ ...at, frequency: 'DAILY' }, before).slice(0, 2)).toEqual([
      '2026-02-28',
      '2026-02-28',
    ]);
    expect(latest({ ...at, frequency: 'WEEKLY' }, now).slice(0, 2)).toEqual([
      '2026-02-23',
      '2026-03-01',
    ]);
    expect(latest({ ...at, frequency: 'WEEKLY' }, before).slice(0, 2)).toEqual([
      '2026-02-16',
      '2026-02-22',
    ]);
    expect(latest({ ...at, frequency: 'MONTHLY' }, now).slice(0, 2)).toEqual([
      '2026-02-01',
      '2026-02-28',
    ]);
    expect(previousPeriod('MONTHLY', { from: '2026-02-01', to: '2026-02-28' })).toEqual({
      from: '2026-01-01',
      to: '2026-01-31',
    });
    expect(previousPeriod('WEEKLY', { from: '2026-02-23', to: '2026-03-01' })).toEqual({
      from: '2026-02-16',
      to: '2026-02-22',
    });
  });

  it('is due once on a day whose hour is left out, and on one whose hour comes twice', () => {
    // 2026-03-08 has no 2:00, and 2026-11-01 has 1:00 twice
    expect(latest({ ...CHICAGO, frequency: 'DAILY', hour: 2 }, '2026-03-08T20:00:00Z')[2]).toBe(
      '2026-03-08T08:00:00.000Z',
    );
    const twice = { ...CHICAGO, frequency: 'DAILY', hour: 1 } as const;
    for (const now of ['2026-11-01T06:00:00Z', '2026-11-01T07:00:00Z']) {
      expect(latest(twice, now)[2]).toBe('2026-11-01T06:00:00.000Z');
    }
    expect(dueAtOf(twice, '2026-10-31', new Date('2026-11-01T06:30:00Z')).toISOString()).toBe(
      '2026-11-02T07:00:00.000Z',
    );
  });

  it('names the days that were missed', () => {
    expect(missedBefore({ from: '2026-03-05', to: '2026-03-05' }, '2026-03-04')).toBeNull();
    expect(missedBefore({ from: '2026-03-05', to: '2026-03-05' }, '2026-03-01')).toEqual({
      from: '2026-03-02',
      to: '2026-03-04',
    });
  });

  it('tells each day of a year once, whatever the hour, the zone and how often somebody looks', () => {
    const zones = [
      'America/Chicago',
      'Europe/Berlin',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'America/Havana',
    ];
    const cases = fc.record({
      frequency: fc.constantFrom('DAILY' as const, 'WEEKLY' as const, 'MONTHLY' as const),
      hour: fc.integer({ min: 0, max: 23 }),
      timeZone: fc.constantFrom(...zones),
    });
    fc.assert(
      fc.property(cases, (schedule) => {
        let now = new Date('2026-01-15T00:00:00Z');
        let { to: toldUntil } = latestPeriod(schedule, now).period;
        while (now < new Date('2027-01-15T00:00:00Z')) {
          now = dueAtOf(schedule, toldUntil, now);
          const { period, at } = latestPeriod(schedule, now);
          expect(at).toEqual(now);
          expect(missedBefore(period, toldUntil)).toBeNull();
          expect(period.to > toldUntil).toBe(true);
          toldUntil = period.to;
        }
      }),
      { seed: 7, numRuns: 20 },
    );
  });
});
