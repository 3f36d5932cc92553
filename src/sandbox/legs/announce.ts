// Sends a webhook about a leg to its application, and keeps what the events list shows.
import type { Carrier } from '../carrier.ts';
import { CALM } from '../webhooks/chaos.ts';
import type { LiveLeg } from './live-leg.ts';

const DEFAULT_TIMEOUT_SECONDS = 10;

/**
 * Announces something that happened to a leg, at the present moment of sandbox time.
 * @param payload the event's payload as Telnyx words it
 */
export function announce(
  carrier: Carrier,
  live: LiveLeg,
  eventType: string,
  payload: object,
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
    occurredMs: carrier.clock.now(),
    lane: live.leg.sessionId,
    key: `${live.key}:${live.eventCount}`,
    url,
    failoverUrl: application?.failoverUrl ?? null,
    timeoutMs: (application?.webhookTimeoutSeconds || DEFAULT_TIMEOUT_SECONDS) * 1000,
    chaos: carrier.chaos.get(live.leg.connectionId) ?? carrier.chaos.get('*') ?? CALM,
  });
}
