// The event of each state that a text passes through.
import type { Happened } from './announce.ts';
import { messageDelivered, messageFailed, messageQueued, messageSent } from './events.ts';

const DEFINITIONS = {
  QUEUED: messageQueued,
  SENT: messageSent,
  DELIVERED: messageDelivered,
  FAILED: messageFailed,
} as const;

/** What is told of a message that has come to a state. */
export function happenedOf(
  { id: messageId, failure }: { id: string; failure: string | null },
  state: keyof typeof DEFINITIONS,
): Happened {
  const definition = DEFINITIONS[state];
  return state === 'FAILED'
    ? { definition, messageId, more: { failure } }
    : { definition, messageId };
}
