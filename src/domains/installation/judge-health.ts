// What is well in an installation and what is not, each with what to do next, in the order in which a person would look.
// Pure.
import type { HealthCheck } from './health-check.ts';
import type { HealthFacts } from './health-facts.ts';
import { judgeArrivals } from './judge-arrivals.ts';
import { judgeScan } from './judge-scan.ts';
import { judgeShown } from './judge-shown.ts';

/** Judges an installation. */
export function judgeHealth(facts: HealthFacts): HealthCheck[] {
  return [...judgeArrivals(facts), ...judgeShown(facts), ...judgeScan(facts)];
}
