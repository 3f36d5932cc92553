// What this domain announces. All of it tells of the chat, whose version rises from event to event. What was written is read
// when an event is resolved.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';

/** A visitor opened a chat, or took up again one that was ended. */
export const chatOpened = defineEvent('chat.opened', { chatId: z.uuid(), isReopened: z.boolean() });

/** Somebody wrote. */
export const chatMessage = defineEvent('chat.message', {
  chatId: z.uuid(),
  messageId: z.uuid(),
  seq: z.int(),
  author: z.enum(['VISITOR', 'AGENT']),
});

/** One side has read all up to this message. */
export const chatRead = defineEvent('chat.read', {
  chatId: z.uuid(),
  reader: z.enum(['VISITOR', 'AGENT']),
  seq: z.int(),
});

/** An agent ended it. */
export const chatEnded = defineEvent('chat.ended', { chatId: z.uuid() });

/** The subject of a chat's events, and the lock to take before it is stored or changed. */
export function chatSubject(id: string): string {
  return `chat:${id}`;
}
