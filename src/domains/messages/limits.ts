// How much may be sent (rules.md): each figure is the default of the service description.

export const SEND_LIMITS = {
  /** the hours of the recipient's day from which and until which conversations may be begun */
  earliestHour: 8,
  latestHour: 21,
  /** the least share of inbound texts in 30 days, in percent, counted from so many outbound ones on (L05) */
  inboundPercent: 20,
  ratioFrom: 50,
  /** people to whom nearly the same text may go in an hour, in a day (L12) */
  samePeopleInHour: 25,
  samePeopleInDay: 100,
  /** texts of one agent in a minute: one a second, sustained (L12) */
  agentInMinute: 60,
  /** texts of an account in an hour, in a day (L27) */
  accountInHour: 150,
  accountInDay: 1_000,
} as const;
export type SendLimits = { readonly [Name in keyof typeof SEND_LIMITS]: number };

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** over which inbound and outbound texts are compared */
export const RATIO_MS = 30 * DAY_MS;
