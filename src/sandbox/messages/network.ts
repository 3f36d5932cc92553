// What all texts share: the sandbox's memory of them, and the webhooks that tell of them.
import type { Carrier } from '../carrier.ts';
import { CALM } from '../webhooks/chaos.ts';
import type { Message } from './message.ts';

const KEPT_MESSAGES = 20_000;
/** documented: a messaging webhook must be answered within two seconds */
const WEBHOOK_TIMEOUT_MS = 2_000;

/** Remembers a text; of very many the oldest are forgotten. */
export function keepMessage({ messages }: Carrier, message: Message): void {
  messages.set(message.id, message);
  for (const oldest of messages.keys()) {
    if (messages.size <= KEPT_MESSAGES) break;
    messages.delete(oldest);
  }
}

/** Sends a webhook about a text to the address that the message or its profile names; to nobody where there is none. */
export function tellOf(
  carrier: Carrier,
  message: Message,
  eventType: string,
  payload: object,
): void {
  if (!message.webhookUrl) return;
  carrier.outbox.send({
    eventType,
    payload,
    occurredMs: carrier.clock.now(),
    lane: message.id,
    key: `message:${message.ordinal}:${eventType}`,
    url: message.webhookUrl,
    failoverUrl: message.failoverUrl,
    timeoutMs: WEBHOOK_TIMEOUT_MS,
    chaos: carrier.chaos.get(message.profileId) ?? carrier.chaos.get('*') ?? CALM,
  });
}
