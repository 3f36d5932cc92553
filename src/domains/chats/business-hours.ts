// When a company's chat is answered: hours by day of the week, on the clocks of the company's time zone. Pure.
import { z } from 'zod';

export const DAYS = [
  'SUNDAY',
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
] as const;

/** From `opens` on, until `closes` comes: "09:00" to "17:00"; "24:00" is the end of the day. */
export interface OpenHours {
  day: (typeof DAYS)[number];
  opens: string;
  closes: string;
}

const MOST = 28;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const CLOSES = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

export const hoursShape = z
  .array(
    z
      .object({
        day: z.enum(DAYS),
        opens: z.string().regex(TIME, 'opens takes a time of day: "09:00".'),
        closes: z.string().regex(CLOSES, 'closes takes a time of day: "17:00", at most "24:00".'),
      })
      .refine(
        ({ opens, closes }) => opens < closes,
        'closes comes after opens; hours over midnight are two: until "24:00", and from "00:00".',
      ),
  )
  .max(MOST, `hours takes at most ${MOST} stretches.`);

/**
 * Whether a moment lies within the hours. None at all are all hours.
 * @param timeZone IANA: "America/Chicago"
 */
export function isWithinHours(hours: readonly OpenHours[], timeZone: string, at: Date): boolean {
  if (hours.length === 0) return true;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const day = part('weekday').toUpperCase();
  const time = `${part('hour')}:${part('minute')}`;
  return hours.some((one) => one.day === day && one.opens <= time && time < one.closes);
}
