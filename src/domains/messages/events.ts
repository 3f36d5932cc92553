// What this domain announces. All of it tells of the conversation: its version rises from event to event. What was written
// is read when an event is resolved.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';
import { MESSAGE_FAILURES } from './machine-failure.ts';

const about = { conversationId: z.uuid(), messageId: z.uuid() };

/** Somebody sent a text. `isFirst`: their conversation begins with it. */
export const messageReceived = defineEvent('message.received', {
  ...about,
  isFirst: z.boolean(),
  /** whose number it came over, as it was used then */
  trackerId: z.uuid(),
  /** it reads like a wish to be left alone, and a person should look at it */
  suggestsOptOut: z.boolean(),
});

/** A text is to be sent, now or at its time. */
export const messageQueued = defineEvent('message.queued', about);

/** The carrier has taken a text. */
export const messageSent = defineEvent('message.sent', about);

/** The carrier says that a text has arrived. */
export const messageDelivered = defineEvent('message.delivered', about);

/** A text was not sent, or did not arrive. */
export const messageFailed = defineEvent('message.failed', {
  ...about,
  failure: z.enum(MESSAGE_FAILURES),
});

/** The subject of a conversation's events, and the lock to take before it is stored or changed. */
export function conversationSubject(id: string): string {
  return `conversation:${id}`;
}
