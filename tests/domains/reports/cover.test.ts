// The sums that make up a series: each of its moments once, no other, and few of them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverOf, runsOf } from '#domains/reports/cover.ts';
import { type Interval, momentsOf } from '#domains/reports/period.ts';
import { endOf, SPANS, startOf } from '#domains/reports/spans.ts';

const zones = ['UTC', 'America/Chicago', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Asia/Tokyo'];
const days = (from: string, to: string, timeZone = 'UTC') =>
  momentsOf({ from, to, timeZone }, 'ALL');
const shown = (moments: readonly number[]) =>
  coverOf(moments).map(
    ({ span, at, sign }) =>
      `${sign === 1 ? '+' : '-'} ${span} ${new Date(at).toISOString().slice(0, 13)}`,
  );

describe('a time is made up of', () => {
  it('a month in UTC alone', () => {
    expect(shown(days('2026-11-01', '2026-11-30'))).toEqual(['+ MONTH 2026-11-01T00']);
  });

  it('a month and the hours by which its zone is shifted', () => {
    expect(shown(days('2026-07-01', '2026-07-31', 'Europe/Rome'))).toEqual([
      '+ MONTH 2026-07-01T00',
      '+ HOUR 2026-06-30T22',
      '+ HOUR 2026-06-30T23',
      '- HOUR 2026-07-31T22',
      '- HOUR 2026-07-31T23',
    ]);
  });

  it('a month without its last week', () => {
    expect(shown(days('2026-06-01', '2026-06-21'))).toEqual([
      '+ WEEK 2026-06-01T00',
      '+ WEEK 2026-06-08T00',
      '+ WEEK 2026-06-15T00',
    ]);
    expect(shown(days('2026-10-01', '2026-10-25'))).toEqual([
      '+ MONTH 2026-10-01T00',
      '- WEEK 2026-10-26T00',
      '+ DAY 2026-11-01T00',
    ]);
  });
});

it('is exact to the moment in every zone, with spans that begin where they should', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 1_000 }),
      fc.integer({ min: 1, max: 400 }),
      fc.constantFrom<Interval | 'ALL'>('HOUR', 'DAY', 'WEEK', 'MONTH', 'ALL'),
      (timeZone, start, length, interval) => {
        const from = Temporal.PlainDate.from('2024-01-01').add({ days: start });
        const to = from.add({ days: interval === 'HOUR' ? length % 5 : length });
        const moments = momentsOf({ from: `${from}`, to: `${to}`, timeZone }, interval);
        const blocks = coverOf(moments);
        const inRuns = runsOf(blocks).flatMap(({ until, ...run }) => {
          const starts = [run.at];
          while (endOf(run.span, starts.at(-1) as number) < until) {
            starts.push(endOf(run.span, starts.at(-1) as number));
          }
          return starts.map((at) => ({ ...run, at }));
        });
        expect(inRuns).toEqual(blocks);
        // what each moment is counted in changes only where a block begins or ends
        const steps = new Map<string, number>();
        const step = (n: number, at: number, by: number) =>
          steps.set(`${n} ${at}`, (steps.get(`${n} ${at}`) ?? 0) + by);
        for (const { n, span, at, sign } of blocks) {
          expect(startOf(span, at)).toBe(at);
          expect(startOf(span, endOf(span, at) - 1)).toBe(at);
          step(n, at, sign);
          step(n, endOf(span, at), -sign);
        }
        moments.slice(0, -1).forEach((begin, n) => {
          step(n, begin, -1);
          step(n, moments[n + 1] as number, 1);
        });
        expect([...steps.values()].every((left) => left === 0)).toBe(true);
      },
    ),
    { numRuns: 80, seed: 20_261_126 },
  );
});

it('takes no more sums for ten years of data than a zone and a calendar ask for', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 1_000 }),
      fc.integer({ min: 0, max: 3_659 }),
      (timeZone, start, length) => {
        const from = Temporal.PlainDate.from('2016-01-01').add({ days: start });
        const to = from.add({ days: length });
        const blocks = coverOf(days(`${from}`, `${to}`, timeZone));
        const count = (span: string) => blocks.filter((block) => block.span === span).length;
        expect(count('MONTH')).toBeLessThanOrEqual(Math.ceil(length / 28) + 1);
        const most = { WEEK: 8, DAY: 14, HOUR: 36, QUARTER: 8 };
        for (const span of SPANS.slice(1)) {
          expect(count(span)).toBeLessThanOrEqual(most[span as keyof typeof most]);
        }
      },
    ),
    { numRuns: 200, seed: 20_261_126 },
  );
});
