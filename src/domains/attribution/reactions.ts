// Which events start this domain's jobs.
import { defineReaction } from '#platform/events/reactions.ts';
import { attributeInteractionJob } from './jobs.ts';
import { interactionOf } from './told-of-lead.ts';

/** by which change of it an interaction is judged once more */
const ONCE_MORE: Readonly<Record<string, string>> = {
  'chat.updated': 'lead',
  'form.updated': 'session',
};

/**
 * A call is attributed as soon as it rings: later the number may be somebody else's; so is a conversation by its first
 * text. A form once it is stored, and once more when its visit comes after it; a chat when it is opened, and once more when
 * its visitor tells who they are.
 */
export const attributeInteractions = defineReaction({
  name: 'attribution.attribute-interactions',
  on: [
    'call.ringing',
    'form.submitted',
    'form.updated',
    'message.received',
    'chat.opened',
    'chat.updated',
  ],
  job: attributeInteractionJob,
  payload: ({ accountId, type, payload }) => {
    if (type === 'message.received' && !payload.isFirst) return null;
    if (type === 'chat.opened' && payload.isReopened) return null;
    const change = ONCE_MORE[type];
    if (change && !(payload.changes as string[]).includes(change)) return null;
    const interactionId = interactionOf({ payload });
    if (interactionId === null) return null;
    return change ? { accountId, interactionId, again: true } : { accountId, interactionId };
  },
});
