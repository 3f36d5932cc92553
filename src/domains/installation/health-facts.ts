// What the health of an installation is judged by: the site, what arrived from its pages, its trackers, its latest scan.
import type { SwapTracker } from '#domains/numbers/index.ts';
import type { DayCounts, PoolFacts, Seen } from '#domains/visitors/index.ts';

/** All of it, of the last 30 days where it is counted. */
export interface HealthFacts {
  now: Date;
  mode: 'LIVE' | 'TEST';
  isCompanyActive: boolean;
  site: {
    domains: readonly string[];
    enabled: boolean;
    lastSeenAt: Date | null;
    previousKeyUntil: Date | null;
  } | null;
  counts: DayCounts;
  seen: readonly Seen[];
  trackers: readonly Pick<SwapTracker, 'name' | 'type' | 'targets' | 'numbers' | 'match'>[];
  pools: readonly PoolFacts[];
  scan: ScanFacts | null;
}

/** The latest scan that was done. */
export interface ScanFacts {
  id: string;
  endedAt: Date;
  /** pages that were read, and those of them that have no tag, a wrong one, or a policy that keeps the script out */
  pages: number;
  missing: PagesWith;
  wrong: PagesWith;
  blocked: PagesWith;
  /** numbers that its pages print, E.164 */
  targets: readonly string[];
  tracking: readonly string[];
  /** of no use there: disabled, given back, another company's */
  dead: readonly string[];
}

/** So many pages, and the addresses of some. */
export interface PagesWith {
  count: number;
  examples: readonly string[];
}
