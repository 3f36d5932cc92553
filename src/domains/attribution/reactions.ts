// Which events start this domain's jobs.
import { defineReaction } from '#platform/events/reactions.ts';
import { attributeCallJob } from './jobs.ts';

/** Every call is attributed as soon as it rings: later the number may be somebody else's. */
export const attributeCalls = defineReaction({
  name: 'attribution.attribute-calls',
  on: ['call.ringing'],
  job: attributeCallJob,
  payload: ({ accountId, payload }) => ({ accountId, callId: String(payload.callId) }),
});
