// The channels by which people reach a company: what each is called in the API and in the log, and who may see it.
import { may, type Verb } from '#domains/accounts/index.ts';
import type { InteractionKind } from '#generated/prisma/enums.ts';
import type { NewEvent } from '#platform/events/index.ts';
import type { Viewer } from '#values/viewer.ts';
import { callUpdated, chatUpdated, conversationUpdated, formUpdated } from './events.ts';

interface Channel {
  /** its GraphQL type */
  typename: string;
  subject: (id: string) => string;
  reads: Verb;
  changes: Verb;
  updated: (id: string, changes: string[]) => Pick<NewEvent, 'definition' | 'payload'>;
}

/** Channel by channel. */
export const CHANNELS: Readonly<Record<InteractionKind, Channel>> = {
  CALL: {
    typename: 'Call',
    subject: (id) => `call:${id}`,
    reads: 'calls.read',
    changes: 'calls.tag',
    updated: (callId, changes) => ({ definition: callUpdated, payload: { callId, changes } }),
  },
  FORM: {
    typename: 'FormSubmission',
    subject: (id) => `form:${id}`,
    reads: 'forms.read',
    changes: 'forms.tag',
    updated: (formSubmissionId, changes) => ({
      definition: formUpdated,
      payload: { formSubmissionId, changes },
    }),
  },
  CONVERSATION: {
    typename: 'Conversation',
    subject: (id) => `conversation:${id}`,
    reads: 'conversations.read',
    changes: 'conversations.tag',
    updated: (conversationId, changes) => ({
      definition: conversationUpdated,
      payload: { conversationId, changes },
    }),
  },
  CHAT: {
    typename: 'ChatConversation',
    subject: (id) => `chat:${id}`,
    reads: 'chats.read',
    changes: 'chats.tag',
    updated: (chatId, changes) => ({ definition: chatUpdated, payload: { chatId, changes } }),
  },
};

/** The subject of an interaction's events, and the lock to take before it changes. */
export function interactionSubject(kind: InteractionKind, id: string): string {
  return CHANNELS[kind].subject(id);
}

/** The GraphQL type of a channel’s interactions. */
export function typenameOf(kind: InteractionKind): string {
  return CHANNELS[kind].typename;
}

/** What it takes to change an interaction of this kind. */
export function verbOfChange(kind: InteractionKind): Verb {
  return CHANNELS[kind].changes;
}

/** The channels whose interactions this viewer may see. */
export function channelsOf(viewer: Viewer): InteractionKind[] {
  return (Object.keys(CHANNELS) as InteractionKind[]).filter((kind) =>
    may(viewer, CHANNELS[kind].reads),
  );
}
