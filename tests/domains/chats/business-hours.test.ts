// Hours of a chat: on the clocks of the company, also on the days when these are changed.
import { expect, it } from 'vitest';
import { hoursShape, isWithinHours } from '#domains/chats/business-hours.ts';

const OFFICE = [
  { day: 'MONDAY', opens: '09:00', closes: '17:00' },
  { day: 'SUNDAY', opens: '00:00', closes: '24:00' },
] as const;
const isOpen = (at: string) => isWithinHours(OFFICE, 'America/Chicago', new Date(at));

it('open at the first minute, closed at the last', () => {
  expect(isOpen('2026-03-02T14:59:59.999Z')).toBe(false);
  expect(isOpen('2026-03-02T15:00:00Z')).toBe(true);
  expect(isOpen('2026-03-02T22:59:59.999Z')).toBe(true);
  expect(isOpen('2026-03-02T23:00:00Z')).toBe(false);
  expect(isOpen('2026-03-03T18:00:00Z')).toBe(false);
});

it('follow the clock over the change to summer time', () => {
  expect(isOpen('2026-03-09T13:59:59Z')).toBe(false);
  expect(isOpen('2026-03-09T14:00:00Z')).toBe(true);
  expect(isOpen('2026-03-08T05:59:00Z')).toBe(false);
  expect(isOpen('2026-03-08T06:00:00Z')).toBe(true);
  expect(isOpen('2026-03-09T04:59:00Z')).toBe(true);
  expect(isOpen('2026-03-09T05:00:00Z')).toBe(false);
});

it('none are all', () => {
  expect(isWithinHours([], 'America/Chicago', new Date())).toBe(true);
});

it('that end before they begin, or are no times, are refused', () => {
  for (const [opens, closes] of [
    ['17:00', '09:00'],
    ['09:00', '09:00'],
    ['9:00', '17:00'],
    ['09:00', '24:01'],
  ]) {
    expect(hoursShape.safeParse([{ day: 'MONDAY', opens, closes }]).success).toBe(false);
  }
  expect(hoursShape.safeParse(OFFICE).success).toBe(true);
});
