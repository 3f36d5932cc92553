// What is noted of a site as a whole, from many requests at once: that its script was seen, and how many visits had no
// consent. Of those visits nothing else is kept.
import { writeTogether } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { addDeniedVisits, noteSeen } from './store-sites.ts';

/** A visit, as its site's tally knows it. */
export interface TallyMark {
  accountId: string;
  companyId: string;
  at: Date;
  isDenied: boolean;
}

/** The tallies that a process writes. */
export interface Tally {
  /** Nobody waits for it: the visit is what counts. */
  add(mark: TallyMark): void;
  /** Writes what was taken, then ends. */
  stop(): Promise<void>;
}

const MOST_WAITING = 100_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const floor = (at: Date, ms: number) => new Date(Math.floor(at.getTime() / ms) * ms);

/** Opens the tally of a process. */
export function openTally(platform: Pick<Platform, 'db' | 'log'>): Tally {
  const marks = writeTogether<TallyMark, true>((rows) => writeTally(platform, rows), {
    mostWaiting: MOST_WAITING,
  });
  /** the minute in which each company's script was last noted by this process */
  const noted = new Map<string, number>();
  return {
    add(mark) {
      const { companyId, at, isDenied } = mark;
      const minute = floor(at, MINUTE_MS).getTime();
      if (!isDenied && noted.get(companyId) === minute) return;
      noted.set(companyId, minute);
      marks.write(mark).catch((err) => {
        noted.delete(companyId);
        platform.log.warn({ err, companyId }, 'a site’s tally was not written');
      });
    },
    stop: marks.stop,
  };
}

/** Writes the marks of any sites in one transaction, a row or two for each site; all of them, or none. */
function writeTally({ db }: Pick<Platform, 'db'>, marks: readonly TallyMark[]): Promise<true[]> {
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
