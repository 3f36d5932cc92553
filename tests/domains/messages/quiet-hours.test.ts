// The hours in which conversations are begun, where the recipient is: at their edges, over zones, and when clocks change.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { STANDARD_LIMITS } from '#domains/agents/index.ts';
import { LEAST_HOURS } from '#domains/agents/message-limits.ts';
import { quietUntil } from '#domains/messages/quiet-hours.ts';
import { zonesOfNumber } from '#domains/messages/zones-of-number.ts';

const until = (number: string, at: string) =>
  quietUntil(number, new Date(at), STANDARD_LIMITS)?.toISOString() ?? null;

const NEW_YORK = '+12125550134';
const CHICAGO_AND_NEW_YORK = '+18505550134';

it.each([
  // 8:00 and 21:00 in New York, in winter
  [NEW_YORK, '2026-01-15T12:59:59.999Z', '2026-01-15T13:00:00.000Z'],
  [NEW_YORK, '2026-01-15T13:00:00.000Z', null],
  [NEW_YORK, '2026-01-16T01:59:59.999Z', null],
  [NEW_YORK, '2026-01-16T02:00:00.000Z', '2026-01-16T13:00:00.000Z'],
  // over the night in which clocks go forward, and back
  [NEW_YORK, '2026-03-08T03:00:00.000Z', '2026-03-08T12:00:00.000Z'],
  [NEW_YORK, '2026-11-01T03:00:00.000Z', '2026-11-01T13:00:00.000Z'],
  // both zones of western Florida are awake
  [CHICAGO_AND_NEW_YORK, '2026-01-15T13:30:00.000Z', '2026-01-15T14:00:00.000Z'],
  [CHICAGO_AND_NEW_YORK, '2026-01-15T14:00:00.000Z', null],
  [CHICAGO_AND_NEW_YORK, '2026-01-16T02:30:00.000Z', '2026-01-16T14:00:00.000Z'],
  // Arizona keeps no summer time, Hawaii is far
  ['+16025550134', '2026-07-15T15:00:00.000Z', null],
  ['+18085550134', '2026-07-15T17:59:00.000Z', '2026-07-15T18:00:00.000Z'],
  // the territories of the US: the Caribbean keeps no summer time, Guam is a day ahead, Samoa behind
  ['+17875550134', '2026-07-15T11:59:00.000Z', '2026-07-15T12:00:00.000Z'],
  ['+16715550134', '2026-07-15T11:00:00.000Z', '2026-07-15T22:00:00.000Z'],
  ['+16845550134', '2026-07-15T08:00:00.000Z', '2026-07-15T19:00:00.000Z'],
  // an area code that nobody knows yet may be anywhere from coast to coast
  ['+12995550134', '2026-01-15T15:59:00.000Z', '2026-01-15T16:00:00.000Z'],
])('%s at %s: until %s', (number, at, expected) => {
  expect(until(number, at)).toBe(expected);
});

it('whatever hours an account sets, each number has one of them, and none is outside', () => {
  const hours = fc
    .tuple(fc.integer({ min: 8, max: 17 }), fc.integer({ min: 12, max: 21 }))
    .filter(([earliestHour, latestHour]) => latestHour - earliestHour >= LEAST_HOURS)
    .map(([earliestHour, latestHour]) => ({ earliestHour, latestHour }));
  const moments = fc.date({
    min: new Date('2026-01-01T00:00:00Z'),
    max: new Date('2027-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  const codes = fc.constantFrom('212', '867', '907', '541', '299', '709', '928', '808');
  fc.assert(
    fc.property(hours, moments, codes, (limits, at, code) => {
      const number = `+1${code}5550134`;
      const open = quietUntil(number, at, limits) ?? at;
      expect(open.getTime() - at.getTime()).toBeLessThan(25 * 3_600_000);
      for (const zone of zonesOfNumber(number)) {
        const { hour } = Temporal.Instant.fromEpochMilliseconds(open.getTime()).toZonedDateTimeISO(
          zone,
        );
        expect(hour).toBeGreaterThanOrEqual(limits.earliestHour);
        expect(hour).toBeLessThan(limits.latestHour);
      }
    }),
    { seed: 13, numRuns: 300 },
  );
});

it('whatever the number, there is an hour of each day', () => {
  const night = '2026-06-01T07:00:00.000Z';
  for (let code = 200; code < 1_000; code++) {
    const number = `+1${code}5550134`;
    expect(zonesOfNumber(number).length).toBeGreaterThan(0);
    // in the islands of the Pacific it is day then
    const open = until(number, night) ?? night;
    expect(until(number, open)).toBeNull();
    expect((Date.parse(open) - Date.parse(night)) / 3_600_000).toBeLessThan(24);
  }
});
