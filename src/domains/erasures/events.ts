// What this domain announces.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';

/** Nothing of it is left, here, at the carrier or in the search server. */
export const erasureCompleted = defineEvent(
  'erasure.completed',
  z.object({
    erasureId: z.uuid(),
    /** what was erased: one of these */
    callId: z.uuid().optional(),
    conversationId: z.uuid().optional(),
    chatId: z.uuid().optional(),
    formSubmissionId: z.uuid().optional(),
  }),
);

/** Nothing of a person is left. */
export const leadErased = defineEvent('lead.erased', {
  leadId: z.uuid(),
  leadErasureId: z.uuid(),
});

/** The subject of an erasure's events, and the lock under which it is completed. */
export function erasureSubject(erasureId: string): string {
  return `erasure:${erasureId}`;
}
