// Which events start this domain's jobs.
import { defineReaction } from '#platform/events/reactions.ts';
import { cancelOptedOutJob } from './jobs.ts';

/** An opt-out by a text has ended what waits already; by another way it does now. */
export const cancelOptedOutTexts = defineReaction({
  name: 'messages.cancel-opted-out',
  on: ['consent.changed'],
  job: cancelOptedOutJob,
  payload: ({ accountId, payload }) =>
    payload.kind === 'OPT_OUT' ? { accountId, consentId: String(payload.consentId) } : null,
});
