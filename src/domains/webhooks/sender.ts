// Sends what is due, over all accounts: looks when it is woken and twice a second, and opens a desk for each endpoint that
// is due and that no living process is at. A receiver that hangs holds up nobody but itself.
import { setTimeout as pause } from 'node:timers/promises';
import { isPassing, type Presence } from '#platform/db/index.ts';
import { type Desk, type DeskNeeds, openDesk, TAKEN_AHEAD } from './desk.ts';
import { readClaimers, readDueEndpoints, readOrphans, restEndpoint } from './store-claims.ts';
import { takeEndpoint } from './take-turn.ts';

export interface Sender {
  /** Looks again soon. */
  wake(): void;
  /** Sends all that is due now, and resolves when nothing is in hand any more. */
  quiet(): Promise<void>;
  /** Takes nothing more, gives attempts under way a moment, and leaves the rest to other processes. */
  stop(): Promise<void>;
}

type Needs = Omit<DeskNeeds, 'room' | 'counts' | 'stopping' | 'abandoned' | 'persist' | 'rest'> & {
  presence: Presence;
};

const LOOK_EVERY_MS = 500;
/** attempts at once in this process; each costs a socket and its body */
const MOST_AT_ONCE = 400;
/** endpoints at one look */
const ENDPOINTS = 500;
/** endpoints that are taken side by side: the pool of connections is everybody's */
const SIDE_BY_SIDE = 4;
const GRACE_MS = 3_000;
const LONGEST_PAUSE_MS = 2_000;
/** what fails so often, and not for want of the database, will fail again */
const MOST_FAILURES = 5;
/** longer than an attempt takes */
const REST_MS = 60_000;

/** Starts to send. Any number of processes may do so beside each other. */
export function startSender(needs: Needs): Sender {
  const { db, clock, log, presence } = needs;
  /** by endpoint */
  const desks = new Map<string, Desk>();
  const stopping = new AbortController();
  const abandoned = new AbortController();
  let underWay = 0;
  let nudge = Promise.withResolvers<void>();
  let looking: Promise<unknown> = Promise.resolve();

  const nudgeAll = () => {
    for (const desk of desks.values()) desk.nudge();
  };
  const deskNeeds: DeskNeeds = {
    ...needs,
    stopping: stopping.signal,
    abandoned: abandoned.signal,
    room: () => MOST_AT_ONCE - underWay,
    counts(change) {
      const wasFull = underWay >= MOST_AT_ONCE;
      underWay += change;
      if (wasFull && change < 0) nudgeAll();
    },
    // what an attempt came to must not be lost to a database that is away for a moment
    async persist(write) {
      let lasting = 0;
      for (let failures = 0; !abandoned.signal.aborted; failures += 1) {
        try {
          return await write();
        } catch (err) {
          if (!isPassing(err)) lasting += 1;
          if (lasting === MOST_FAILURES) throw err;
          const ms = Math.min(50 * 2 ** failures, LONGEST_PAUSE_MS);
          if (failures === 0) {
            log.warn({ err }, 'deliveries could not be written down; it goes on trying');
          }
          await pause(ms, undefined, { signal: abandoned.signal }).catch(() => {});
        }
      }
      return null;
    },
    rest,
  };

  /** Leaves an endpoint at which the same fails again and again, so that it holds up none of the others. */
  async function rest(
    endpoint: { accountId: string; id: string; from: number | null },
    err: unknown,
  ): Promise<void> {
    log.error({ err, webhookEndpointId: endpoint.id }, 'an endpoint cannot be sent to; it rests');
    const until = new Date(clock.now(endpoint.accountId).getTime() + REST_MS);
    await restEndpoint(db.prisma, endpoint, until).catch((again) => {
      log.warn({ err: again }, 'an endpoint could not be let go; it is looked at again');
    });
  }

  /**
   * Endpoints to take: those that are due, those at which a process was that is dead, and those that this one took
   * without learning it, because the connection was lost before the database's answer came.
   */
  async function findEndpoints(): Promise<
    { accountId: string; id: string; from: number | null }[]
  > {
    const due = (await readDueEndpoints(db.prisma, ENDPOINTS))
      .filter(({ accountId, dueAt }) => dueAt !== null && dueAt <= clock.now(accountId))
      .map(({ accountId, id }) => ({ accountId, id, from: null }));
    const claimers = await readClaimers(db.prisma);
    if (claimers.length === 0) return due;
    const alive = await presence.alive();
    const dead = claimers.filter((worker) => !alive.has(worker));
    const own = { worker: presence.id, known: [...desks.keys()] };
    const orphans = await readOrphans(db.prisma, dead, own, ENDPOINTS);
    return [
      ...due,
      ...orphans.map(({ accountId, id, claimedBy: from }) => ({ accountId, id, from })),
    ];
  }

  async function take(endpoint: { accountId: string; id: string; from: number | null }) {
    try {
      return await takeEndpoint(needs, endpoint, presence.id, endpoint.from, TAKEN_AHEAD);
    } catch (err) {
      if (isPassing(err)) throw err;
      await rest(endpoint, err);
      return null;
    }
  }

  /** One look; true when anything was found. */
  async function look(): Promise<boolean> {
    nudgeAll();
    const next = (await findEndpoints())[Symbol.iterator]();
    let found = false;
    const line = async () => {
      for (const endpoint of next) {
        if (stopping.signal.aborted || underWay >= MOST_AT_ONCE) return;
        if (desks.has(endpoint.id)) continue;
        const taken = await take(endpoint);
        if (!taken) continue;
        found = true;
        const desk = openDesk(deskNeeds, taken.claim, taken.turn);
        desks.set(endpoint.id, desk);
        void desk.closed.finally(() => desks.delete(endpoint.id));
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, line));
    return found;
  }

  /** One look after the other, whoever asks. */
  function lookNow(): Promise<boolean> {
    const looked = looking.then(look);
    looking = looked.catch(() => {});
    return looked;
  }

  async function keepLooking(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      nudge = Promise.withResolvers<void>();
      try {
        await lookNow();
        if (failures > 0) log.info('the sender looks again');
        failures = 0;
      } catch (err) {
        failures += 1;
        if (failures === 1) {
          log.warn({ err }, 'the sender cannot look for deliveries; it goes on trying');
        }
      }
      const ms = failures === 0 ? LOOK_EVERY_MS : Math.min(100 * 2 ** failures, LONGEST_PAUSE_MS);
      const rest = pause(ms, undefined, { signal: stopping.signal }).catch(() => {});
      await (failures === 0 ? Promise.race([rest, nudge.promise]) : rest);
    }
  }

  const atDesks = () => Promise.all([...desks.values()].map(({ closed }) => closed));
  const running = keepLooking();
  return {
    wake: () => nudge.resolve(),
    async quiet() {
      while ((await lookNow()) || desks.size > 0) await atDesks();
    },
    async stop() {
      stopping.abort();
      nudgeAll();
      await running;
      const grace = setTimeout(() => abandoned.abort(), GRACE_MS);
      await atDesks();
      clearTimeout(grace);
      abandoned.abort();
    },
  };
}
