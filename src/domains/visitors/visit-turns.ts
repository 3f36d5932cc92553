// Visits wait for their turn here and not at the database: each holds a connection while it waits for its pool, and calls
// and the API need some too.
import pLimit, { type LimitFunction } from 'p-limit';
import { CollectRefused } from './collect-refused.ts';

/** of one company: what is served within seconds, however slow its pools are */
const MOST_WAITING = 1_000;

/** The turns of the visits of a process. */
export interface VisitTurns {
  /**
   * Does the work when its turn comes. Companies take turns: who waits for one waits for few of another's visits.
   * @throws CollectRefused OVERLOADED when too many of the company's visits wait already; and what the work throws
   */
  take<T>(companyId: string, work: () => Promise<T>): Promise<T>;
}

/**
 * Opens the turns.
 * @param options.atOnce visits under way at once
 */
export function openVisitTurns({
  atOnce,
  mostWaiting = MOST_WAITING,
}: {
  atOnce: number;
  mostWaiting?: number;
}): VisitTurns {
  const inTurn = pLimit(atOnce);
  const companies = new Map<string, { turns: LimitFunction; visits: number }>();
  return {
    async take(companyId, work) {
      const own = companies.get(companyId) ?? { turns: pLimit(atOnce), visits: 0 };
      if (own.visits >= atOnce + mostWaiting) {
        throw new CollectRefused(
          'OVERLOADED',
          'Too many visits come at once. Send it again shortly.',
        );
      }
      companies.set(companyId, own);
      own.visits += 1;
      try {
        // of the common queue a company has no more places than there are turns
        return await own.turns(() => inTurn(work));
      } finally {
        own.visits -= 1;
        if (own.visits === 0) companies.delete(companyId);
      }
    },
  };
}
