// Sends a webhook about a leg to its application, and keeps what the events list shows.
import type { Carrier } from '../carrier.ts';
import { CALM } from '../webhooks/chaos.ts';
import type { LiveLeg } from './live-leg.ts';

const DEFAULT_TIMEOUT_SECONDS = 10;

/**
 * Announces something that happened to a leg.
 * @param payload the event's payload as Telnyx words it
 * @param atMs when it happened, in sandbox time; the present by default
 */
export function announce(
  carrier: Carrier,
  live: LiveLeg,
  eventType: string,
  payload: object,
  atMs = carrier.clock.now(),
): void {
  const application = carrier.store.state.applications.find(
    (one) => one.id === live.leg.connectionId,
  );
  const url = live.webhookUrl ?? application?.webhookUrl;
  if (!url) return;
  live.eventCount += 1;
  carrier.outbox.send({
    eventType,
    payload,
    occurredMs: atMs,
    lane: live.leg.sessionId,
    key: `${live.key}:${live.eventCount}`,
    url,
    failoverUrl: application?.failoverUrl ?? null,
    timeoutMs: (application?.webhookTimeoutSeconds || DEFAULT_TIMEOUT_SECONDS) * 1000,
    chaos: carrier.chaos.get(live.leg.connectionId) ?? carrier.chaos.get('*') ?? CALM,
  });
}
