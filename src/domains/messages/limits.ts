// The times over which texts are counted (rules.md); how many may go in them are the account's limits.

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** over which inbound and outbound texts are compared */
export const RATIO_MS = 30 * DAY_MS;
