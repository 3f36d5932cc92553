// What an event tells of a person. Pure.
import type { StoredEvent } from '#platform/events/index.ts';

type Told = Pick<StoredEvent, 'type' | 'payload' | 'subjectVersion'>;

/** The interaction that it tells of; null when it tells of a lead. */
export function interactionOf({ payload }: Pick<Told, 'payload'>): string | null {
  const { callId, formSubmissionId, conversationId, chatId } = payload;
  const id = callId ?? formSubmissionId ?? conversationId ?? chatId;
  return typeof id === 'string' ? id : null;
}

/** Whether an interaction begins with it, or gets its lead by it. */
export function beginsInteraction({ type, payload, subjectVersion }: Told): boolean {
  switch (type) {
    case 'call.ringing':
    case 'form.submitted':
    case 'chat.opened':
      return true;
    case 'message.received':
      return payload.isFirst === true;
    case 'message.queued':
      // a conversation that the company begins is stored with its first text
      return subjectVersion === 1;
    case 'chat.updated':
      return changesOf(payload).includes('lead');
    default:
      return false;
  }
}

/** Whether another lead's interactions became this one's by it, or this one's another's. */
export function movesLead({ type, payload }: Pick<Told, 'type' | 'payload'>): boolean {
  if (type === 'lead.merged') return true;
  return changesOf(payload).some((change) => change === 'mergedFrom' || change === 'mergedInto');
}

const changesOf = (payload: Told['payload']) => (payload.changes as string[] | undefined) ?? [];
