// Which events start this domain's jobs.
import { defineReaction } from '#platform/events/reactions.ts';
import { attributeInteractionJob } from './jobs.ts';

/** A call is attributed as soon as it rings: later the number may be somebody else's. A form once it is stored. */
export const attributeInteractions = defineReaction({
  name: 'attribution.attribute-interactions',
  on: ['call.ringing', 'form.submitted'],
  job: attributeInteractionJob,
  payload: ({ accountId, payload }) => ({
    accountId,
    interactionId: String(payload.callId ?? payload.formSubmissionId),
  }),
});
