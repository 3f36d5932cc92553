// The lengths of time that sums are kept for, in UTC. Pure.
import type { ReportSpan } from '#generated/prisma/enums.ts';

/** Longest first. */
export const SPANS = ['MONTH', 'WEEK', 'DAY', 'HOUR', 'QUARTER'] as const satisfies ReportSpan[];

const LENGTH_MS = { QUARTER: 900_000, HOUR: 3_600_000, DAY: 86_400_000, WEEK: 604_800_000 };
/** 1970-01-05, in ms: weeks begin on Mondays */
const FIRST_MONDAY = 4 * LENGTH_MS.DAY;

/** The first moment of the span in which a moment lies, in ms. */
export function startOf(span: ReportSpan, at: number): number {
  if (span === 'MONTH') {
    const date = new Date(at);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  }
  const length = LENGTH_MS[span];
  const origin = span === 'WEEK' ? FIRST_MONDAY : 0;
  return Math.floor((at - origin) / length) * length + origin;
}

/** The first moment of the span after the one that begins at `start`, in ms. */
export function endOf(span: ReportSpan, start: number): number {
  if (span !== 'MONTH') return start + LENGTH_MS[span];
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
