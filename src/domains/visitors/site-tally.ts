// What is noted of a site as a whole, from many requests at once: that its script was seen, and how many visits had no
// consent. Of those visits nothing else is kept.
import type { Platform } from '#platform/platform.ts';
import { addDeniedVisits, noteSeen } from './store-sites.ts';

/** A visit, as its site's tally knows it. */
export interface TallyMark {
  accountId: string;
  companyId: string;
  at: Date;
  isDenied: boolean;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const floor = (at: Date, ms: number) => new Date(Math.floor(at.getTime() / ms) * ms);

/** Writes the marks of any sites in one transaction, a row or two for each site; all of them, or none. */
export function writeTally(
  { db }: Pick<Platform, 'db'>,
  marks: readonly TallyMark[],
): Promise<true[]> {
  // always in the same order, so that two processes do not wait for each other
  const sites = [...Map.groupBy(marks, ({ companyId }) => companyId)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return db.transaction(async (tx) => {
    for (const [, own] of sites) {
      const { accountId, companyId } = own[0] as TallyMark;
      const latest = new Date(Math.max(...own.map(({ at }) => at.getTime())));
      await noteSeen(tx, accountId, companyId, floor(latest, MINUTE_MS));
      const denied = own.filter(({ isDenied }) => isDenied);
      for (const [day, visits] of Map.groupBy(denied, ({ at }) => floor(at, DAY_MS).getTime())) {
        const tally = { companyId, day: new Date(day), visits: visits.length };
        await addDeniedVisits(tx, accountId, tally);
      }
    }
    return marks.map(() => true as const);
  });
}
