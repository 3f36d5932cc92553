// What the server answers to a visit.
import type { Swap } from '#values/telephone-text.ts';

export interface VisitAnswer {
  session: string | null;
  swaps: Swap[];
  /** all of the company's, whether this page shows them or not */
  targets: string[];
  /** of forms, in small letters; missing = none */
  ignoredFields?: string[];
  keepSeconds: number;
  heartbeatSeconds: number;
  cookieDays: number;
}
