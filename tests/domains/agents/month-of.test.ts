// The month of an account’s zone at its edges, across changes of daylight saving.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthOf } from '#domains/agents/month-of.ts';

const ZONES = [
  'America/Los_Angeles',
  'America/New_York',
  'America/Havana',
  'Asia/Kolkata',
  'UTC',
  'Pacific/Apia',
];

describe('the month of a moment', () => {
  it.each([
    // an hour is lost on 8 March 2026, and comes twice on 1 November: both lie in their own months
    ['America/Los_Angeles', '2026-03-01T07:59:59.999Z', '2026-02-01', '2026-03-01T08:00:00.000Z'],
    ['America/Los_Angeles', '2026-03-01T08:00:00.000Z', '2026-03-01', '2026-04-01T07:00:00.000Z'],
    ['America/Los_Angeles', '2026-03-08T10:00:00.000Z', '2026-03-01', '2026-04-01T07:00:00.000Z'],
    ['America/Los_Angeles', '2026-11-01T06:59:59.999Z', '2026-10-01', '2026-11-01T07:00:00.000Z'],
    ['America/Los_Angeles', '2026-11-01T07:00:00.000Z', '2026-11-01', '2026-12-01T08:00:00.000Z'],
    ['America/Los_Angeles', '2026-11-01T09:30:00.000Z', '2026-11-01', '2026-12-01T08:00:00.000Z'],
    ['Asia/Kolkata', '2026-12-31T18:29:59.999Z', '2026-12-01', '2026-12-31T18:30:00.000Z'],
    ['Asia/Kolkata', '2026-12-31T18:30:00.000Z', '2027-01-01', '2027-01-31T18:30:00.000Z'],
    ['UTC', '2028-02-29T23:59:59.999Z', '2028-02-01', '2028-03-01T00:00:00.000Z'],
  ])('in %s at %s is %s and ends at %s', (zone, at, firstDay, resetsAt) => {
    const month = monthOf(new Date(at), zone);
    expect(month.firstDay.toISOString()).toBe(`${firstDay}T00:00:00.000Z`);
    expect(month.resetsAt.toISOString()).toBe(resetsAt);
  });

  it('ends just where the next one begins, in every zone', () => {
    const moment = fc.integer({ min: Date.UTC(2012, 0), max: Date.UTC(2040, 0) });
    fc.assert(
      fc.property(moment, fc.constantFrom(...ZONES), (at, zone) => {
        const { firstDay, resetsAt } = monthOf(new Date(at), zone);
        expect(resetsAt.getTime()).toBeGreaterThan(at);
        const last = monthOf(new Date(resetsAt.getTime() - 1), zone);
        expect(last).toMatchObject({ firstDay, resetsAt });
        expect(last.beginsAt.getTime()).toBeLessThanOrEqual(at);
        const next = monthOf(resetsAt, zone);
        expect(next.beginsAt).toEqual(resetsAt);
        const months = ({ firstDay: day }: { firstDay: Date }) =>
          day.getUTCFullYear() * 12 + day.getUTCMonth();
        expect(months(next)).toBe(months(last) + 1);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
