// The desk of one endpoint in the process that is at it: deliveries go out, four at once; whatever is over is written
// down together with what else is over by then; and what is due next is taken, until nothing is.
import type { Platform } from '#platform/platform.ts';
import { attemptDelivery, unsent } from './attempt-delivery.ts';
import { asksForRest } from './machine.ts';
import { pauseEndpoint } from './pause-endpoint.ts';
import { type Prepared, prepareDeliveries } from './prepare-deliveries.ts';
import type { Renderer } from './render-body.ts';
import type { EndpointRow } from './store.ts';
import type { Claim } from './store-claims.ts';
import type { DueDelivery } from './store-deliveries.ts';
import { type Attempted, type Turn, takeTurn } from './take-turn.ts';

/** Deliveries to one endpoint at once, over all processes (graphql-api.md): only one process is at it. */
const MOST_AT_ONCE = 4;
/** taken ahead, so that the next goes out before the last is written down */
export const TAKEN_AHEAD = 4 * MOST_AT_ONCE;
/** what waited longer is prepared anew: it may be erased by then, or the owner's rights have ended */
const FRESH_MS = 1_000;

export interface Desk {
  /** Looks again soon for what is due, and goes on when there is room again. */
  nudge(): void;
  /** Resolves when the endpoint was let go. */
  closed: Promise<void>;
}

export interface DeskNeeds
  extends Pick<Platform, 'db' | 'clock' | 'events' | 'log' | 'secrets' | 'outbound'> {
  renderer: Renderer;
  /** how many attempts more this process may have under way */
  room(): number;
  /** called before and after each attempt */
  counts(change: 1 | -1): void;
  /** nothing more is taken or begun */
  stopping: AbortSignal;
  /** what is under way is left to other processes */
  abandoned: AbortSignal;
  /** Tries again until it is done; null when all is abandoned meanwhile. Throws what fails again and again by itself. */
  persist<T>(write: () => Promise<T>): Promise<T | null>;
  /** Lets go of an endpoint that cannot be worked on, for a while. */
  rest(
    endpoint: { accountId: string; id: string; from: number | null },
    err: unknown,
  ): Promise<void>;
}

/** Opens the desk of an endpoint that this process has claimed. */
export function openDesk(needs: DeskNeeds, claim: Claim, first: Turn): Desk {
  const { clock, log, stopping, abandoned, persist } = needs;
  const waiting: (Prepared & { sinceMs: number })[] = [];
  const underWay = new Set<string>();
  const over: Attempted[] = [];
  let written: Attempted[] = [];
  let endpoint: EndpointRow = first.endpoint;
  let isAsked = false;
  let wake = Promise.withResolvers<void>();
  const nudge = () => {
    isAsked = true;
    wake.resolve();
  };

  async function attempt(prepared: Prepared): Promise<void> {
    const { delivery } = prepared;
    try {
      over.push(await attemptDelivery(needs, endpoint, prepared, abandoned));
    } catch (err) {
      if (abandoned.aborted) return; // others take it up when this process is gone
      log.warn({ err, deliveryId: delivery.id }, 'a delivery could not be attempted');
      over.push(unsent(delivery, clock.now(claim.accountId), 'RENDERING_FAILED'));
    } finally {
      underWay.delete(delivery.id);
      needs.counts(-1);
      begin();
      wake.resolve();
    }
  }

  function wait(prepared: readonly Prepared[]): void {
    const sinceMs = performance.now();
    waiting.push(...prepared.map((one) => ({ ...one, sinceMs })));
  }

  function begin(): void {
    const freshMs = stopping.aborted ? Infinity : performance.now() - FRESH_MS;
    while (waiting[0] && waiting[0].sinceMs < freshMs) waiting.shift();
    // only the next turn knows whether it goes on
    if ([...over, ...written].some(({ outcome }) => asksForRest(outcome))) return;
    while (underWay.size < MOST_AT_ONCE && needs.room() > 0) {
      const next = waiting.shift();
      if (!next) return;
      underWay.add(next.delivery.id);
      needs.counts(1);
      void attempt(next);
    }
  }

  async function prepare(due: readonly DueDelivery[]): Promise<void> {
    if (due.length === 0) return;
    let prepared: Prepared[] | null;
    try {
      prepared = await prepareDeliveries(needs, claim, endpoint, due);
    } catch (err) {
      log.warn({ err, webhookEndpointId: claim.id }, 'deliveries could not be prepared');
      prepared = due.map((delivery) => ({ delivery, failure: 'RENDERING_FAILED' }));
    }
    if (prepared) wait(prepared);
    else await endRights(due);
  }

  /** The owner has no rights left: nothing is sent, and only tests do not wait for somebody to resume the endpoint. */
  async function endRights(due: readonly DueDelivery[]): Promise<void> {
    await persist(() => pauseEndpoint(needs, claim, 'RIGHTS_LOST'));
    wait(due.filter(isTest).map((delivery) => ({ delivery, failure: 'NOT_ALLOWED' })));
  }

  /** One turn; false when the endpoint is no longer ours. */
  async function turn(): Promise<boolean> {
    written = over.splice(0);
    const known = [...underWay, ...waiting.map(({ delivery }) => delivery.id)];
    const isEnough = stopping.aborted || waiting.length >= MOST_AT_ONCE;
    const limit = isEnough ? 0 : TAKEN_AHEAD - waiting.length;
    const taken = await persist(() => takeTurn(needs, claim, written, { known, limit }));
    if (!taken || taken.released) return false;
    written = [];
    endpoint = taken.endpoint;
    const stays = ({ delivery }: Prepared) =>
      !taken.isHeld && (endpoint.state === 'ACTIVE' || isTest(delivery));
    waiting.splice(0, waiting.length, ...waiting.filter(stays));
    await prepare(taken.due);
    return true;
  }

  async function work(): Promise<void> {
    await prepare(first.due);
    for (;;) {
      wake = Promise.withResolvers();
      begin();
      const isIdle = underWay.size === 0 && waiting.length === 0;
      // while four are under way nothing can be begun, and the end of one is looked at anyway
      const isCalled = isAsked && underWay.size < MOST_AT_ONCE;
      if (over.length === 0 && !isCalled && !isIdle) {
        await wake.promise;
        continue;
      }
      isAsked = false;
      if (!(await turn())) break;
    }
  }

  const closed = work()
    // what is under way and what could not be written down is made once more
    .catch((err) => needs.rest({ ...claim, from: claim.claimedBy }, err))
    .finally(() => {
      waiting.length = 0;
    });
  return { nudge, closed };
}

/** A test is sent though the endpoint is paused. */
function isTest({ eventType }: DueDelivery): boolean {
  return eventType === null;
}
