// What is noted of a site as a whole, from many requests at once: when its script was seen, visits by day, and what they
// were seen with. Gathered in memory and written once a second, so no visit costs a statement; of visits without consent
// nothing but their number is kept.
import type { SightingKind } from '#generated/prisma/enums.ts';
import { isPassing } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { addSightings, addToDay, type DayCounts, noteSeen, type Sighting } from './store-sites.ts';

/** Something that came from a page, as its site's tally knows it. */
export interface TallyMark {
  accountId: string;
  companyId: string;
  at: Date;
  /** what it counts as; a refused one is no visit */
  counts: readonly (keyof DayCounts)[];
  /** bounded texts */
  seen?: readonly { kind: SightingKind; value: string }[];
}

/** The tallies that a process writes. */
export interface Tally {
  /** Nobody waits for it: the visit is what counts. */
  add(mark: TallyMark): void;
  /** Writes what was taken, then ends. */
  stop(): Promise<void>;
}

const EVERY_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** sites of one transaction: the event tail waits for the oldest one */
const CHUNK = 50;
/** values of a kind that a process notes of a site in a day; strangers choose some of them */
const MOST_VALUES: Readonly<Record<SightingKind, number>> = {
  HOST: 50,
  FOREIGN_HOST: 20,
  TARGET: 200,
  SCRIPT: 10,
};

interface Gathered {
  accountId: string;
  companyId: string;
  day: Date;
  /** to the minute; null when only refused ones came */
  seenAt: Date | null;
  counts: DayCounts;
  sightings: Map<string, Sighting>;
}

const NONE: DayCounts = {
  visits: 0,
  deniedVisits: 0,
  targetVisits: 0,
  unservedVisits: 0,
  foreignVisits: 0,
  oldKeyVisits: 0,
};
const floor = (at: Date, ms: number) => new Date(Math.floor(at.getTime() / ms) * ms);

/** Opens the tally of a process. */
export function openTally(platform: Pick<Platform, 'db' | 'log'>): Tally {
  const { db, log } = platform;
  /** by company and day */
  let gathered = new Map<string, Gathered>();
  /** the values noted of a company on a day, by kind */
  const noted = new Map<string, { day: number; values: Set<string> }>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const isNoted = (companyId: string, day: Date, kind: SightingKind, value: string): boolean => {
    const known = noted.get(companyId);
    const of =
      known?.day === day.getTime() ? known : { day: day.getTime(), values: new Set<string>() };
    noted.set(companyId, of);
    if (of.values.has(`${kind} ${value}`)) return true;
    const same = [...of.values].filter((one) => one.startsWith(`${kind} `)).length;
    if (same >= MOST_VALUES[kind]) return false;
    of.values.add(`${kind} ${value}`);
    return true;
  };

  function gather(mark: Omit<TallyMark, 'counts'>, of: Gathered): void {
    for (const { kind, value } of mark.seen ?? []) {
      if (!isNoted(mark.companyId, of.day, kind, value)) continue;
      const key = `${kind} ${value}`;
      const times = (of.sightings.get(key)?.times ?? 0) + 1;
      of.sightings.set(key, { kind, value, times });
    }
  }

  function take(of: Gathered): Gathered {
    const key = `${of.companyId} ${of.day.getTime()}`;
    const known = gathered.get(key);
    if (!known) gathered.set(key, of);
    timer ??= setTimeout(writeSoon, EVERY_MS).unref();
    return known ?? of;
  }

  function writeSoon(): void {
    timer = undefined;
    writing = writing.then(write);
  }

  async function write(): Promise<void> {
    const all = [...gathered.values()].sort((a, b) => (a.companyId < b.companyId ? -1 : 1));
    gathered = new Map();
    for (let at = 0; at < all.length; at += CHUNK) {
      const chunk = all.slice(at, at + CHUNK);
      await writeTally(db, chunk).catch((err) => failed(chunk, err));
    }
  }

  /** What passes is waited for. Else one of them cannot be written, whose count is lost, not the others'. */
  async function failed(chunk: readonly Gathered[], err: unknown): Promise<void> {
    if (isPassing(err)) {
      log.warn({ err }, 'tallies of sites were not written; they wait for the next time');
      for (const one of chunk) keep(one);
    } else if (chunk.length > 1) {
      for (const one of chunk) await writeTally(db, [one]).catch((cause) => failed([one], cause));
    } else log.error({ err }, 'the tally of a site cannot be written');
  }

  /** Puts back what could not be written. */
  function keep(one: Gathered): void {
    const known = take(one);
    if (known === one) return;
    for (const name of Object.keys(NONE) as (keyof DayCounts)[]) {
      known.counts[name] += one.counts[name];
    }
    known.seenAt ??= one.seenAt;
    for (const [key, { times, ...sighting }] of one.sightings) {
      const more = known.sightings.get(key)?.times ?? 0;
      known.sightings.set(key, { ...sighting, times: times + more });
    }
  }

  return {
    add(mark) {
      const { accountId, companyId, at, counts } = mark;
      const day = floor(at, DAY_MS);
      const blank = { accountId, companyId, day, seenAt: null, sightings: new Map() };
      const of = take({ ...blank, counts: { ...NONE } });
      for (const name of counts) of.counts[name] += 1;
      if (counts.includes('visits')) of.seenAt = floor(at, MINUTE_MS);
      gather(mark, of);
    },
    async stop() {
      clearTimeout(timer);
      writeSoon();
      await writing;
      clearTimeout(timer);
    },
  };
}

/** Writes what was gathered of some sites, always in the same order, so that two processes do not wait for each other. */
function writeTally(db: Platform['db'], all: readonly Gathered[]): Promise<void> {
  return db.transaction(async (tx) => {
    for (const { accountId, companyId, day, seenAt, counts, sightings } of all) {
      if (seenAt) await noteSeen(tx, accountId, companyId, seenAt);
      await addToDay(tx, accountId, { companyId, day, counts });
      const seen = [...sightings.values()];
      if (seen.length > 0) await addSightings(tx, accountId, { companyId, day, seen });
    }
  });
}
