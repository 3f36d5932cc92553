// Days of a time zone as moments. Pure. Zones and their changes are those of Temporal (the IANA time zone database).
import { invalidInput } from '#values/refusals.ts';

/** Ten years of hours are as much as an answer can well carry. */
export const MOST_DAYS = 3_660;
/** before it offsets were not yet multiples of a quarter of an hour everywhere */
const FIRST_DAY = '1973-01-01';
const HOUR_MS = 3_600_000;

/** Calendar days of a zone, both included. */
export interface Days {
  /** 2026-11-01 */
  from: string;
  to: string;
  /** IANA */
  timeZone: string;
}

export type Interval = 'HOUR' | 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

/**
 * Refuses days that cannot be reported on.
 * @throws Refused INVALID_INPUT for an unknown zone, days in the wrong order, before 1973 or more than ten years
 */
export function checkDays({ from, to, timeZone }: Days): void {
  if (!isTimeZone(timeZone)) {
    const message = `range.timeZone takes a zone of the IANA database, such as America/Chicago, not ${timeZone}.`;
    throw invalidInput(['range', 'timeZone'], message);
  }
  if (from < FIRST_DAY) {
    throw invalidInput(['range', 'from'], `range.from takes a day from ${FIRST_DAY} on.`);
  }
  const days = lengthInDays({ from, to });
  if (days < 1) throw invalidInput(['range', 'to'], 'range.to takes range.from or a later day.');
  if (days > MOST_DAYS) {
    const message = `A range takes at most ${MOST_DAYS} days, not ${days}. Ask in parts.`;
    throw invalidInput(['range', 'to'], message);
  }
}

/** How many days there are, both included. */
export function lengthInDays({ from, to }: Pick<Days, 'from' | 'to'>): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days + 1;
}

/** The same number of days just before. */
export function daysBefore(days: Days): Days {
  const from = Temporal.PlainDate.from(days.from);
  return {
    from: from.subtract({ days: lengthInDays(days) }).toString(),
    to: from.subtract({ days: 1 }).toString(),
    timeZone: days.timeZone,
  };
}

/**
 * The moments at which a series of intervals begins, and at last the one at which it ends, in ms. Days, weeks (from
 * Monday), months and years are those of the zone, so a day may have 23 or 25 hours; the first and last may be cut by the
 * range. Hours are counted from each day's beginning.
 */
export function momentsOf(days: Days, interval: Interval | 'ALL'): number[] {
  const end = Temporal.PlainDate.from(days.to).add({ days: 1 });
  const moments: number[] = [];
  let day = Temporal.PlainDate.from(days.from);
  while (Temporal.PlainDate.compare(day, end) < 0) {
    const next = interval === 'ALL' ? end : nextOf(day, interval);
    const start = beginOf(day, days.timeZone);
    if (interval === 'HOUR') {
      const stop = beginOf(next, days.timeZone);
      for (let at = start; at < stop; at += HOUR_MS) moments.push(at);
    } else moments.push(start);
    day = next;
  }
  return [...moments, beginOf(end, days.timeZone)];
}

function nextOf(day: Temporal.PlainDate, interval: Interval): Temporal.PlainDate {
  switch (interval) {
    case 'WEEK':
      return day.add({ days: 8 - day.dayOfWeek });
    case 'MONTH':
      return day.with({ day: 1 }).add({ months: 1 });
    case 'YEAR':
      return day.with({ day: 1, month: 1 }).add({ years: 1 });
    default:
      return day.add({ days: 1 });
  }
}

/** The day's first moment: not always midnight, since a change of the clocks may leave that out. */
function beginOf(day: Temporal.PlainDate, timeZone: string): number {
  return day.toZonedDateTime(timeZone).epochMilliseconds;
}

function isTimeZone(name: string): boolean {
  try {
    // offsets such as +05:30 are none of the database
    return /^[A-Za-z]/.test(name) && beginOf(Temporal.PlainDate.from(FIRST_DAY), name) !== null;
  } catch {
    return false;
  }
}
