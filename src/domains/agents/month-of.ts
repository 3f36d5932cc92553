// The month in which an account counts what its agents use. Pure; zones and their changes are those of Temporal (the IANA
// time zone database).

/** A calendar month of a zone. */
export interface Month {
  /** its first day, at midnight in UTC, as a date column takes it */
  firstDay: Date;
  /** the moment at which it begins in the zone */
  beginsAt: Date;
  /** the moment at which the next one begins in the zone */
  resetsAt: Date;
}

/**
 * The month in which a moment lies.
 * @param timeZone IANA
 */
export function monthOf(at: Date, timeZone: string): Month {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  const first = local.toPlainDate().with({ day: 1 });
  const next = first.add({ months: 1 }).toZonedDateTime(timeZone);
  return {
    firstDay: new Date(`${first.toString()}T00:00:00.000Z`),
    beginsAt: new Date(first.toZonedDateTime(timeZone).epochMilliseconds),
    resetsAt: new Date(next.epochMilliseconds),
  };
}
