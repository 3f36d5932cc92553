// Sends what is due, over all accounts: looks when it is woken and twice a second, takes no more of one endpoint than may
// be in hand, and goes on with an endpoint as soon as an attempt at it is over. A receiver that hangs holds up nobody but
// itself.
import { setTimeout as pause } from 'node:timers/promises';
import type { Presence } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { type Attempted, type AttemptNeeds, attemptDelivery, unsent } from './attempt-delivery.ts';
import { pauseEndpoint } from './pause-endpoint.ts';
import { giveBack, releaseDead, settleAttempt, type Taken, takeDue } from './settle-attempt.ts';
import { type EndpointRow, readDueEndpoints } from './store.ts';
import { type DeliveryRow, readClaims } from './store-deliveries.ts';

export interface Sender {
  /** Looks again soon. */
  wake(): void;
  /** Sends all that is due now, and resolves when nothing is in hand any more. */
  quiet(): Promise<void>;
  /** Takes nothing more, gives attempts under way a moment, and leaves the rest to other processes. */
  stop(): Promise<void>;
}

type Needs = AttemptNeeds & Pick<Platform, 'events' | 'log'> & { presence: Presence };

const LOOK_EVERY_MS = 500;
/** attempts at once in this process; each costs a socket and its body */
const MOST_AT_ONCE = 400;
/** endpoints at one look */
const ENDPOINTS = 500;
/** endpoints that are looked at side by side: the pool of connections is everybody's */
const SIDE_BY_SIDE = 4;
const GRACE_MS = 3_000;
const LONGEST_PAUSE_MS = 2_000;

/** Starts to send. Any number of processes may do so beside each other. */
export function startSender(needs: Needs): Sender {
  const { db, clock, log, presence } = needs;
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();
  const abandoned = new AbortController();
  let nudge = Promise.withResolvers<void>();
  let looking: Promise<unknown> = Promise.resolve();

  const taker = () => ({
    worker: presence.id,
    limit: stopping.signal.aborted ? 0 : MOST_AT_ONCE - underWay.size,
  });

  /** Tries again until it is done: what an attempt came to must not be lost to a database that is away for a moment. */
  async function persist<T>(write: () => Promise<T>): Promise<T | null> {
    for (let failures = 0; !abandoned.signal.aborted; failures += 1) {
      try {
        return await write();
      } catch (err) {
        if (failures === 0)
          log.warn({ err }, 'a delivery could not be written down; it goes on trying');
        const ms = Math.min(50 * 2 ** failures, LONGEST_PAUSE_MS);
        await pause(ms, undefined, { signal: abandoned.signal }).catch(() => {});
      }
    }
    return null;
  }

  async function carry(endpoint: EndpointRow, delivery: DeliveryRow): Promise<void> {
    const { accountId } = endpoint;
    let attempted: Attempted | null;
    try {
      attempted = await attemptDelivery(needs, endpoint, delivery, abandoned.signal);
    } catch (err) {
      if (abandoned.signal.aborted) return; // others take it up when this process is gone
      log.warn({ err, accountId, deliveryId: delivery.id }, 'a delivery could not be attempted');
      attempted = unsent(clock.now(accountId), 'RENDERING_FAILED');
    }
    if (!attempted) {
      await persist(() => pauseEndpoint(needs, endpoint, 'RIGHTS_LOST'));
      await persist(() => giveBack(needs, endpoint, delivery));
      return;
    }
    const { attempt, outcome } = attempted;
    const next = await persist(() =>
      settleAttempt(needs, endpoint, delivery, { attempt, outcome }, taker()),
    );
    if (next) begin(next);
  }

  function begin({ endpoint, deliveries }: Taken): void {
    for (const delivery of deliveries) {
      const carried = carry(endpoint, delivery).finally(() => {
        const wasFull = underWay.size >= MOST_AT_ONCE;
        underWay.delete(carried);
        if (wasFull) nudge.resolve();
      });
      underWay.add(carried);
    }
  }

  /** One look; true when anything was found. */
  async function look(): Promise<boolean> {
    await takeUpFromTheDead();
    const due = (await readDueEndpoints(db.prisma, ENDPOINTS)).filter(
      ({ accountId, dueAt }) => dueAt !== null && dueAt <= clock.now(accountId),
    );
    let found = false;
    const next = due[Symbol.iterator]();
    const line = async () => {
      for (const endpoint of next) {
        if (taker().limit <= 0) return;
        const taken = await takeDue(needs, endpoint, taker());
        if (!taken || taken.deliveries.length === 0) continue;
        found = true;
        begin(taken);
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, line));
    return found;
  }

  async function takeUpFromTheDead(): Promise<void> {
    const claims = await readClaims(db.prisma, presence.id, ENDPOINTS);
    if (claims.length === 0) return;
    const alive = await presence.alive();
    const dead = claims.filter(({ claimedBy }) => claimedBy !== null && !alive.has(claimedBy));
    for (const { accountId, endpointId: id, claimedBy } of dead) {
      await releaseDead(needs, { accountId, id }, [claimedBy ?? 0]);
    }
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
        if (failures === 1)
          log.warn({ err }, 'the sender cannot look for deliveries; it goes on trying');
      }
      const ms = failures === 0 ? LOOK_EVERY_MS : Math.min(100 * 2 ** failures, LONGEST_PAUSE_MS);
      const rest = pause(ms, undefined, { signal: stopping.signal }).catch(() => {});
      await (failures === 0 ? Promise.race([rest, nudge.promise]) : rest);
    }
  }

  const running = keepLooking();
  return {
    wake: () => nudge.resolve(),
    async quiet() {
      while ((await lookNow()) || underWay.size > 0) await Promise.all(underWay);
    },
    async stop() {
      stopping.abort();
      nudge.resolve();
      await running;
      const grace = setTimeout(() => abandoned.abort(), GRACE_MS);
      await Promise.all(underWay);
      clearTimeout(grace);
      abandoned.abort();
    },
  };
}
