// Which events start this domain's jobs.
import { defineReaction } from '#platform/events/reactions.ts';
import { attributeInteractionJob } from './jobs.ts';

/**
 * A call is attributed as soon as it rings: later the number may be somebody else's; so is a conversation by its first
 * text. A form once it is stored.
 */
export const attributeInteractions = defineReaction({
  name: 'attribution.attribute-interactions',
  on: ['call.ringing', 'form.submitted', 'message.received'],
  job: attributeInteractionJob,
  payload: ({ accountId, type, payload }) => {
    if (type === 'message.received' && !payload.isFirst) return null;
    const { callId, formSubmissionId, conversationId } = payload;
    return { accountId, interactionId: String(callId ?? formSubmissionId ?? conversationId) };
  },
});
