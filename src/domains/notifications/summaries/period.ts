// When a summary is due, and of which days it tells. Pure. An hour of a zone's day is one moment, as Temporal has it: one
// that the clocks leave out is the next there is, and of one that comes twice it is the first.
import type { SummaryFrequency } from '#generated/prisma/enums.ts';

/** How often, and at which full hour (0 to 23) of which zone (IANA). */
export interface Schedule {
  frequency: SummaryFrequency;
  hour: number;
  timeZone: string;
}

/** Calendar days, both included: 2026-03-01. */
export interface Period {
  from: string;
  to: string;
}

/** The period that is over and whose hour has come last, and when it came. */
export function latestPeriod(schedule: Schedule, now: Date): { period: Period; at: Date } {
  const day = latestDay(schedule, now);
  return { period: periodBefore(schedule.frequency, day), at: momentOf(schedule, day) };
}

/** When a summary is due: at once when the latest period was not told, else when one is over that was not. */
export function dueAtOf(schedule: Schedule, toldUntil: string, now: Date): Date {
  let day = latestDay(schedule, now);
  while (day.subtract({ days: 1 }).toString() <= toldUntil) day = move(schedule.frequency, day, 1);
  return momentOf(schedule, day);
}

/** The period before a period: the day, week or month. */
export function previousPeriod(frequency: SummaryFrequency, { from }: Period): Period {
  return periodBefore(frequency, Temporal.PlainDate.from(from));
}

/** The days between those that were told last and a period; null when there are none. */
export function missedBefore({ from }: Period, toldUntil: string): Period | null {
  const missed = {
    from: Temporal.PlainDate.from(toldUntil).add({ days: 1 }).toString(),
    to: Temporal.PlainDate.from(from).subtract({ days: 1 }).toString(),
  };
  return missed.from <= missed.to ? missed : null;
}

/** The day on which the latest summary came due. */
function latestDay(schedule: Schedule, now: Date): Temporal.PlainDate {
  const { frequency, timeZone } = schedule;
  const instant = Temporal.Instant.fromEpochMilliseconds(now.getTime());
  const day = firstOf(frequency, instant.toZonedDateTimeISO(timeZone).toPlainDate());
  return momentOf(schedule, day) <= now ? day : move(frequency, day, -1);
}

function momentOf({ hour, timeZone }: Schedule, day: Temporal.PlainDate): Date {
  const plainTime = Temporal.PlainTime.from({ hour });
  return new Date(day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds);
}

function periodBefore(frequency: SummaryFrequency, day: Temporal.PlainDate): Period {
  return {
    from: move(frequency, day, -1).toString(),
    to: day.subtract({ days: 1 }).toString(),
  };
}

function firstOf(frequency: SummaryFrequency, day: Temporal.PlainDate): Temporal.PlainDate {
  if (frequency === 'MONTHLY') return day.with({ day: 1 });
  return frequency === 'WEEKLY' ? day.subtract({ days: day.dayOfWeek - 1 }) : day;
}

function move(
  frequency: SummaryFrequency,
  day: Temporal.PlainDate,
  times: number,
): Temporal.PlainDate {
  if (frequency === 'MONTHLY') return day.add({ months: times });
  return day.add({ days: times * (frequency === 'WEEKLY' ? 7 : 1) });
}
