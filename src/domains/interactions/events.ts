// What is announced when people change an interaction: by its channel's own word, whichever channel the change began in.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';

/** Something on a call changed: tags, note, value, lead status, or its outcome by a late fact. */
export const callUpdated = defineEvent(
  'call.updated',
  z.object({
    callId: z.uuid(),
    changes: z.array(z.string()),
    /** the recording whose audio goes by this change */
    deletedRecordingId: z.uuid().optional(),
    /** only what was found before has gone, which is no moment of the call */
    isPast: z.boolean().optional(),
  }),
);

/** Something on a form changed: tags, note, value, lead status, its visit, or its fields when some are no longer kept. */
export const formUpdated = defineEvent('form.updated', {
  formSubmissionId: z.uuid(),
  changes: z.array(z.string()),
});

/** Something on a conversation changed that no message tells: tags, note, value, lead status, attribution. */
export const conversationUpdated = defineEvent('conversation.updated', {
  conversationId: z.uuid(),
  changes: z.array(z.string()),
});

/** Something on a chat changed that no other event tells: tags, note, value, lead status, lead, attribution. */
export const chatUpdated = defineEvent('chat.updated', {
  chatId: z.uuid(),
  changes: z.array(z.string()),
});
