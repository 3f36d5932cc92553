// Keeps the copy equal to the index here: one process at a time, by passes that may end anywhere.
import type { Db } from '#platform/db/index.ts';
import type { Log } from '#platform/log/index.ts';
import { type Building, beginBuild, compare, dropRetired, runBuild } from './build.ts';
import { areNoted, isBehind, readOldest } from './changes.ts';
import { COPY_RULES } from './document.ts';
import { sendChanges } from './send.ts';
import type { CopyServer } from './server.ts';
import { beginCopy, bindCopy, COPY_LOCK, readCopy, retire, retiredAt, writeCopy } from './state.ts';

const LOCK = `select pg_try_advisory_lock(${COPY_LOCK}) as held`;
const UNLOCK = `select pg_advisory_unlock(${COPY_LOCK})`;

/** on the server, for whoever looks there for what happened */
const TASKS_KEPT_MS = 24 * 60 * 60_000;

/** so long what changed may wait before that is told, and between two times that it is */
const LONG_BEHIND_MS = 5 * 60_000;

interface Pass {
  now: () => Date;
  signal: AbortSignal;
}

/** The keeper of a copy. Each throws when the server does not answer, or the signal aborts; the next pass goes on. */
export interface CopyKeeper {
  /** One pass: what changed is sent, an index is built where there is none or another is due. False: others do it now. */
  keep(pass: Pass): Promise<boolean>;
  /** Is there anything to send? */
  isBehind(now: Date): Promise<boolean>;
  /** May the server still hold any of these documents, which are gone here, in whatever index? */
  mayHold(accountId: string, documentIds: readonly string[]): Promise<boolean>;
  /** One pass, then all documents are compared, and what differed is sent. Returns how many differed; null: others are at it now. */
  reconcile(pass: Pass): Promise<number | null>;
}

/** Opens the keeper. */
export function openKeeper(options: { db: Db; server: CopyServer; log: Log }): CopyKeeper {
  const { db, server, log } = options;

  let toldAt = 0;

  const tellBehind = async (now: Date): Promise<void> => {
    const before = now.getTime() - LONG_BEHIND_MS;
    if (toldAt > before) return;
    const oldest = await readOldest(db, new Date(before));
    if (!oldest) return;
    toldAt = now.getTime();
    log.warn(oldest, 'the copy of the search index is behind');
  };

  const pass = async (building: Building): Promise<void> => {
    await tellBehind(building.now());
    if (await bindCopy(db, server.digest)) {
      log.warn('the search server is another one: the copy is built anew there');
    }
    // first, since they hold what may have been erased since, and a build takes long
    await dropRetired(building);
    let copy = await beginCopy(db);
    // a server that lost its data, or was set up anew, has no such index, or another one under its name
    if (copy.activeUid && (await server.indexMadeAt(copy.activeUid)) !== copy.activeCreatedAt) {
      log.warn('the search server lost its index: it is built again');
      copy = await writeCopy(db, {
        activeUid: null,
        activeCreatedAt: null,
        activeRules: null,
        retiredUids: retire(copy, [copy.activeUid]),
      });
    }
    if (
      copy.buildingUid &&
      (copy.buildingCreatedAt === null ||
        (await server.indexMadeAt(copy.buildingUid)) !== copy.buildingCreatedAt)
    ) {
      copy = await writeCopy(db, {
        buildingUid: null,
        retiredUids: retire(copy, [copy.buildingUid]),
      });
    }
    if (copy.buildingUid || !copy.activeUid || copy.activeRules !== COPY_RULES) {
      copy = await beginBuild(building, copy);
    }
    const uids = [copy.activeUid, copy.buildingUid].filter((uid) => uid !== null);
    await sendChanges(building, uids);
    const documents = copy.buildingUid ? await runBuild(building, copy) : 0;
    if (copy.buildingUid) log.info({ documents }, 'the copy of the search index is built');
    await dropRetired(building);
  };

  /** Runs work while this process alone keeps the copy; null when another does. */
  const alone = async <T>({ now, signal }: Pass, work: (building: Building) => Promise<T>) => {
    const client = await db.pool.connect();
    // with its connection the lock is lost: then this process is no longer alone
    const lost = new AbortController();
    const lose = () => lost.abort(new Error('The connection that holds the lock was lost.'));
    client.on('error', lose);
    let isClean = false;
    try {
      const { rows } = await client.query<{ held: boolean }>(LOCK);
      isClean = rows[0]?.held === false;
      if (isClean) return null;
      const signals = AbortSignal.any([signal, lost.signal]);
      try {
        return await work({ db, server, log, now, signal: signals });
      } finally {
        await client.query(UNLOCK);
        isClean = true;
      }
    } finally {
      client.off('error', lose);
      client.release(!isClean);
    }
  };

  return {
    isBehind: (now) => isBehind(db, now),
    async mayHold(accountId, documentIds) {
      if (documentIds.length === 0) return false;
      const copy = await readCopy(db);
      const retired = copy ? retiredAt(copy, server.digest) : [];
      return retired.length > 0 || areNoted(db, accountId, documentIds);
    },
    async keep(given) {
      const done = await alone(given, async (building) => {
        await pass(building);
        return true;
      });
      return done ?? false;
    },
    reconcile: (given) =>
      alone(given, async (building) => {
        await pass(building);
        const { activeUid } = await beginCopy(db);
        if (!activeUid) return 0;
        const differ = await compare(building, activeUid);
        await sendChanges(building, [activeUid]);
        await server.forgetTasks(activeUid, new Date(building.now().getTime() - TASKS_KEPT_MS));
        return differ;
      }),
  };
}
