// A turn at an endpoint, in one transaction: what attempts came to is written down, how the endpoint fares, and what is
// due next is taken; when nothing is left in hand the endpoint is let go. A crash between any two steps leaves a whole.
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { endpointSubject } from './events.ts';
import { afterAttempt, type Health, healthAfter, MAX_TRIES, type Outcome } from './machine.ts';
import { pauseEndpointIn } from './pause-endpoint.ts';
import { type EndpointRow, readEndpoint, writeHealth } from './store.ts';
import { type Claim, claimEndpoint, holdClaim, releaseEndpoint } from './store-claims.ts';
import {
  type AttemptRow,
  type DueDelivery,
  readDue,
  settleDeliveries,
} from './store-deliveries.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

/** An attempt that is over. */
export interface Attempted {
  delivery: Omit<DueDelivery, 'body'>;
  attempt: AttemptRow;
  outcome: Outcome;
}

export interface Turn {
  endpoint: EndpointRow;
  /** what is to be sent next */
  due: DueDelivery[];
  /** it asked to be left alone */
  isHeld: boolean;
  /** nothing was left in hand: the endpoint is no longer ours */
  released: boolean;
}

interface Hand {
  known: readonly string[];
  /** how many more may come into it */
  limit: number;
}

/**
 * Takes an endpoint, and what is due of it.
 * @param from the dead process that was at it; null = nobody
 * @returns null when another process was faster, or nothing is due after all
 */
export function takeEndpoint(
  needs: Needs,
  endpoint: { accountId: string; id: string },
  worker: number,
  from: number | null,
  limit: number,
): Promise<{ claim: Claim; turn: Turn } | null> {
  return needs.db.transaction(async (tx) => {
    const claim = await claimEndpoint(tx, endpoint, worker, from);
    const row = claim && (await readEndpoint(tx, endpoint.accountId, endpoint.id));
    if (!claim || !row) return null;
    const turn = await takeDue(tx, needs, claim, row, { known: [], limit });
    return turn.released ? null : { claim, turn };
  });
}

/**
 * Writes down what is over and takes what is due.
 * @param hand the deliveries in hand that are not over, and how many more may come into it
 * @returns null when the endpoint is no longer ours: it was deleted, or another process thought this one dead
 */
export function takeTurn(
  needs: Needs,
  claim: Claim,
  over: readonly Attempted[],
  hand: Hand,
): Promise<Turn | null> {
  const { accountId, id } = claim;
  return needs.db.transaction(async (tx) => {
    // only a failure can pause the endpoint, which is an event
    if (over.some(({ outcome }) => outcome.failure)) {
      await needs.events.lock(tx, accountId, [endpointSubject(id)]);
    }
    const endpoint = await holdClaim(tx, claim);
    if (!endpoint) return null;
    const settled = over.length > 0 ? await settle(tx, needs, endpoint, over) : endpoint;
    return takeDue(tx, needs, claim, settled, hand);
  });
}

async function settle(
  tx: Tx,
  needs: Needs,
  endpoint: EndpointRow,
  over: readonly Attempted[],
): Promise<EndpointRow> {
  const { accountId, id } = endpoint;
  const now = needs.clock.now(accountId);
  const written = await settleDeliveries(
    tx,
    accountId,
    over.map(({ delivery, attempt, outcome }) => {
      // a test is tried once
      const tries = delivery.eventType === null ? MAX_TRIES : delivery.tries + 1;
      return { delivery, attempt, after: afterAttempt({ id: delivery.id, tries }, outcome, now) };
    }),
  );
  let health: Health = endpoint;
  let reason: 'GONE' | 'FAILING' | null = null;
  for (const { delivery, outcome } of over) {
    if (!written.has(delivery.id) || delivery.eventType === null) continue;
    const { pause, ...after } = healthAfter(health, outcome, now);
    health = after;
    reason ??= pause;
  }
  if (differs(endpoint, health)) await writeHealth(tx, accountId, id, health);
  const fares = { ...endpoint, ...health };
  return reason ? pauseEndpointIn(tx, needs, fares, reason) : fares;
}

async function takeDue(
  tx: Tx,
  { clock }: Needs,
  claim: Claim,
  endpoint: EndpointRow,
  { known, limit }: Hand,
): Promise<Turn> {
  const { accountId, id, holdUntil } = endpoint;
  const now = clock.now(accountId);
  const isHeld = holdUntil !== null && holdUntil > now;
  const testsOnly = endpoint.state === 'PAUSED';
  const due =
    isHeld || limit <= 0 ? [] : await readDue(tx, accountId, id, { known, now, limit, testsOnly });
  const released = due.length + known.length === 0;
  if (released) await releaseEndpoint(tx, claim);
  return { endpoint, due, isHeld, released };
}

function differs(before: Health, after: Health): boolean {
  return (['failingSince', 'lastFailureAt', 'holdUntil'] as const).some(
    (field) => before[field]?.getTime() !== after[field]?.getTime(),
  );
}
