// One attempt at a delivery: whose name, which body, signed, sent, and what the receiver said.

import { signHeaders } from '#platform/outbound/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Failure, Outcome } from './machine.ts';
import { readOwner } from './owner.ts';
import type { Renderer } from './render-body.ts';
import { openSecretsOf } from './secrets.ts';
import type { EndpointRow } from './store.ts';
import { type AttemptRow, type DeliveryRow, storeBody } from './store-deliveries.ts';

export type AttemptNeeds = Pick<Platform, 'db' | 'clock' | 'secrets' | 'outbound'> & {
  renderer: Renderer;
};

export interface Attempted {
  attempt: AttemptRow;
  outcome: Outcome;
}

/**
 * Makes one attempt. The body is kept before it leaves, so that every later attempt sends the same bytes.
 * @returns null when the endpoint's owner has no rights left: nothing was sent, and the endpoint is to be paused
 * @throws what the database or the secrets throw, and the reason of `signal` when it aborts
 */
export async function attemptDelivery(
  needs: AttemptNeeds,
  endpoint: EndpointRow,
  delivery: DeliveryRow,
  signal: AbortSignal,
): Promise<Attempted | null> {
  const { db, clock, secrets, outbound, renderer } = needs;
  const { accountId, url } = endpoint;
  const owner = await readOwner(needs, endpoint);
  if (!owner) return null;
  const at = clock.now(accountId);
  const rendered = await renderer.render(endpoint, delivery, owner);
  if ('failure' in rendered) return unsent(at, rendered.failure);
  const { body } = rendered;
  if (delivery.body === null && !(await storeBody(db.prisma, accountId, delivery, body))) {
    // erased meanwhile; or taken by another process, and then what we tell of it counts for nothing
    return unsent(at, 'ERASED');
  }
  const exchange = await outbound.post({
    url,
    body,
    headers: signHeaders({
      id: delivery.eventId,
      body,
      secrets: openSecretsOf(secrets, endpoint, at),
    }),
    signal,
  });
  const { status, retryAfterMs, durationMs, response } = exchange;
  const isTaken = status !== null && status >= 200 && status < 300;
  const failure = exchange.failure ?? (isTaken ? null : 'STATUS');
  return {
    attempt: { at, durationMs, status, failure, response },
    outcome: { failure, status, retryAfterMs },
  };
}

/** An attempt that ended before anything was sent. */
export function unsent(at: Date, failure: Failure): Attempted {
  return {
    attempt: { at, durationMs: 0, status: null, failure, response: null },
    outcome: { failure, status: null, retryAfterMs: null },
  };
}
