// Days of zones over changes of the clocks.
import { describe, expect, it } from 'vitest';
import {
  checkDays,
  daysBefore,
  type Interval,
  lengthInDays,
  momentsOf,
} from '#domains/reports/period.ts';

const HOUR = 3_600_000;
const zone = (timeZone: string, from: string, to = from) => ({ from, to, timeZone });
const hours = (moments: readonly number[]) =>
  moments.slice(1).map((end, n) => (end - (moments[n] as number)) / HOUR);
const iso = (moments: readonly number[]) => moments.map((ms) => new Date(ms).toISOString());

describe('a series', () => {
  it.each([
    ['America/Chicago', '2026-03-08', 23],
    ['America/Chicago', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Asia/Kolkata', '2026-03-29', 24],
  ])('in %s on %s is of %d hours', (timeZone, day, length) => {
    const [whole] = hours(momentsOf(zone(timeZone, day), 'DAY'));
    expect(whole).toBe(length);
    const parts = hours(momentsOf(zone(timeZone, day), 'HOUR'));
    expect(parts).toHaveLength(Math.ceil(length));
    expect(parts.reduce((a, b) => a + b)).toBe(length);
  });

  it('begins each day where the day begins, also where midnight is left out', () => {
    expect(iso(momentsOf(zone('America/Santiago', '2026-09-05', '2026-09-06'), 'DAY'))).toEqual([
      '2026-09-05T04:00:00.000Z',
      '2026-09-06T04:00:00.000Z',
      '2026-09-07T03:00:00.000Z',
    ]);
  });

  it('cuts weeks, months and years at the range', () => {
    const days = zone('UTC', '2026-12-30', '2027-02-02');
    const starts = (interval: Interval) =>
      iso(momentsOf(days, interval)).map((one) => one.slice(0, 10));
    expect(starts('WEEK').slice(0, 3)).toEqual(['2026-12-30', '2027-01-04', '2027-01-11']);
    expect(starts('MONTH')).toEqual(['2026-12-30', '2027-01-01', '2027-02-01', '2027-02-03']);
    expect(starts('YEAR')).toEqual(['2026-12-30', '2027-01-01', '2027-02-03']);
  });

  it('has no limit of points', () => {
    const moments = momentsOf(zone('Europe/Berlin', '2017-01-01', '2026-12-31'), 'HOUR');
    expect(moments).toHaveLength((9 * 365 + 365 + 2) * 24 + 1);
  });
});

it('days before are as many and end the day before', () => {
  const days = zone('UTC', '2026-03-01', '2026-03-31');
  expect(daysBefore(days)).toEqual(zone('UTC', '2026-01-29', '2026-02-28'));
  expect(lengthInDays(daysBefore(days))).toBe(31);
});

it.each([
  [zone('Mars/Olympus', '2026-01-01'), 'range.timeZone takes a zone'],
  [zone('+05:30', '2026-01-01'), 'range.timeZone takes a zone'],
  [zone('UTC', '2026-01-02', '2026-01-01'), 'range.to takes range.from or a later day'],
  [zone('UTC', '1900-01-01', '2026-01-01'), 'from 1973-01-01 on'],
  [zone('UTC', '2000-01-01', '2026-01-01'), 'at most 3660 days, not 9498'],
])('refuses %o', (days, message) => {
  expect(() => checkDays(days)).toThrow(message);
});
