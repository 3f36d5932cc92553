// The night of whoever is written to. Pure. Where one is, is told by the area code: of one that lies in several zones, all
// of them count.
import type { MessageLimits } from '#domains/agents/index.ts';
import { zonesOfNumber } from './zones-of-number.ts';

/**
 * Until when it is too early or too late to begin a conversation with a number.
 * @param at when it is to be begun
 * @returns null when it is not: from earliestHour:00 to before latestHour:00 in every zone of the number
 */
export function quietUntil(
  e164: string,
  at: Date,
  limits: Pick<MessageLimits, 'earliestHour' | 'latestHour'>,
): Date | null {
  const zones = zonesOfNumber(e164);
  let open = Temporal.Instant.fromEpochMilliseconds(at.getTime());
  // each look opens one zone at the most, and there are few; all are open at noon in the middle
  for (let looks = 0; looks <= 2 * zones.length; looks++) {
    const shut = zones.map((zone) => opensAt(open.toZonedDateTimeISO(zone), limits));
    const latest = shut
      .filter((one) => one !== null)
      .sort((a, b) => Temporal.Instant.compare(b, a))[0];
    if (!latest) break;
    open = latest;
  }
  return open.epochMilliseconds === at.getTime() ? null : new Date(open.epochMilliseconds);
}

/** When the hours begin again; null within them. */
function opensAt(
  local: Temporal.ZonedDateTime,
  { earliestHour, latestHour }: Pick<MessageLimits, 'earliestHour' | 'latestHour'>,
): Temporal.Instant | null {
  if (local.hour >= earliestHour && local.hour < latestHour) return null;
  const day =
    local.hour < earliestHour ? local.toPlainDate() : local.toPlainDate().add({ days: 1 });
  return day
    .toZonedDateTime({ timeZone: local.timeZoneId, plainTime: { hour: earliestHour } })
    .toInstant();
}
