// One attempt at a delivery: signed, sent, and what the receiver said.
import { signHeaders } from '#platform/outbound/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Failure } from './machine.ts';
import type { Prepared } from './prepare-deliveries.ts';
import { openSecretsOf } from './secrets.ts';
import type { EndpointRow } from './store.ts';
import type { DueDelivery } from './store-deliveries.ts';
import type { Attempted } from './take-turn.ts';

/**
 * Makes one attempt.
 * @throws when the endpoint's secrets cannot be opened, and the reason of `signal` when it aborts
 */
export async function attemptDelivery(
  { clock, secrets, outbound }: Pick<Platform, 'clock' | 'secrets' | 'outbound'>,
  endpoint: EndpointRow,
  prepared: Prepared,
  signal: AbortSignal,
): Promise<Attempted> {
  const { delivery } = prepared;
  const { accountId, url } = endpoint;
  const at = clock.now(accountId);
  if ('failure' in prepared) return unsent(delivery, at, prepared.failure);
  const { body } = prepared;
  const signing = openSecretsOf(secrets, endpoint, at);
  const exchange = await outbound.post({
    url,
    body,
    headers: signHeaders({ id: delivery.eventId, body, secrets: signing }),
    signal,
  });
  const { status, retryAfterMs, durationMs, response } = exchange;
  const isTaken = status !== null && status >= 200 && status < 300;
  const failure = exchange.failure ?? (isTaken ? null : 'STATUS');
  return {
    delivery,
    attempt: { at, durationMs, status, failure, response },
    outcome: { failure, status, retryAfterMs },
  };
}

/** An attempt that ended before anything was sent. */
export function unsent(delivery: DueDelivery, at: Date, failure: Failure): Attempted {
  return {
    delivery,
    attempt: { at, durationMs: 0, status: null, failure, response: null },
    outcome: { failure, status: null, retryAfterMs: null },
  };
}
