// Taking deliveries in hand and letting go of them: the one place where what is in hand, what is due and how an endpoint
// fares change together, so that a crash between any two steps leaves a whole.
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Attempted } from './attempt-delivery.ts';
import { endpointSubject } from './events.ts';
import { afterAttempt, type Health, healthAfter, MAX_TRIES } from './machine.ts';
import { pauseEndpointIn } from './pause-endpoint.ts';
import {
  type EndpointRow,
  holdEndpoints,
  readEndpoint,
  refreshDue,
  tryHoldEndpoint,
  writeHealth,
} from './store.ts';
import {
  claimDue,
  type DeliveryRow,
  releaseClaimsOf,
  releaseDelivery,
  settleDelivery,
} from './store-deliveries.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

/** Who takes, and how many at most. */
export interface Taker {
  worker: number;
  limit: number;
}

/** An endpoint, and what was taken in hand of it. */
export interface Taken {
  endpoint: EndpointRow;
  deliveries: DeliveryRow[];
}

/** Takes what is due of an endpoint; null when another process is at it, which looks itself, or when it is gone. */
export function takeDue(
  needs: Needs,
  { accountId, id }: { accountId: string; id: string },
  taker: Taker,
): Promise<Taken | null> {
  return needs.db.transaction(async (tx) => {
    if (!(await tryHoldEndpoint(tx, accountId, id))) return null;
    const endpoint = await readEndpoint(tx, accountId, id);
    return endpoint && takeIn(tx, needs, endpoint, taker);
  });
}

/** Lets go of what dead processes had in hand of an endpoint: it is due as it was. */
export async function releaseDead(
  { db }: Needs,
  { accountId, id }: { accountId: string; id: string },
  dead: readonly number[],
): Promise<void> {
  await db.transaction(async (tx) => {
    await holdEndpoints(tx, accountId, [id]);
    await releaseClaimsOf(tx, accountId, id, dead);
    await refreshDue(tx, accountId, [id]);
  });
}

/** Lets go of a delivery that was not tried. */
export async function giveBack(
  { db }: Needs,
  { accountId, id }: { accountId: string; id: string },
  delivery: DeliveryRow,
): Promise<void> {
  await db.transaction(async (tx) => {
    await holdEndpoints(tx, accountId, [id]);
    await releaseDelivery(tx, accountId, delivery);
    await refreshDue(tx, accountId, [id]);
  });
}

/**
 * Writes what an attempt came to, and takes what is due next.
 * @returns null when the endpoint was deleted meanwhile
 */
export function settleAttempt(
  needs: Needs,
  { accountId, id }: { accountId: string; id: string },
  delivery: DeliveryRow,
  { attempt, outcome }: Attempted,
  taker: Taker,
): Promise<Taken | null> {
  return needs.db.transaction(async (tx) => {
    // only a failure can pause the endpoint, which is an event
    if (outcome.failure) await needs.events.lock(tx, accountId, [endpointSubject(id)]);
    await holdEndpoints(tx, accountId, [id]);
    let endpoint = await readEndpoint(tx, accountId, id);
    if (!endpoint) return null;
    const now = needs.clock.now(accountId);
    const isTest = delivery.eventType === null;
    // a test is tried once
    const tries = isTest ? MAX_TRIES : delivery.tries + 1;
    const after = afterAttempt({ id: delivery.id, tries }, outcome, now);
    const settled = await settleDelivery(tx, accountId, delivery, attempt, after);
    if (settled && !isTest) {
      const { pause, ...health } = healthAfter(endpoint, outcome, now);
      if (differs(endpoint, health)) {
        await writeHealth(tx, accountId, id, health);
        endpoint = { ...endpoint, ...health };
      }
      if (pause) endpoint = await pauseEndpointIn(tx, needs, endpoint, pause);
    }
    return takeIn(tx, needs, endpoint, taker);
  });
}

async function takeIn(
  tx: Tx,
  { clock }: Needs,
  endpoint: EndpointRow,
  { worker, limit }: Taker,
): Promise<Taken> {
  const { accountId, id, holdUntil } = endpoint;
  const now = clock.now(accountId);
  const isHeld = holdUntil !== null && holdUntil > now;
  const deliveries =
    isHeld || limit <= 0
      ? []
      : await claimDue(tx, accountId, id, {
          worker,
          now,
          limit,
          testsOnly: endpoint.state === 'PAUSED',
        });
  await refreshDue(tx, accountId, [id]);
  return { endpoint, deliveries };
}

function differs(before: Health, after: Health): boolean {
  return (['failingSince', 'lastFailureAt', 'holdUntil'] as const).some(
    (field) => before[field]?.getTime() !== after[field]?.getTime(),
  );
}
