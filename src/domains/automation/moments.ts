// Which events bring a moment at which rules are judged.
import type { InteractionKind } from '#generated/prisma/enums.ts';
import type { EventType } from '#values/event-types.ts';
import type { RuleTrigger } from './rule-words.ts';

/** A moment of an interaction. */
export interface Moment {
  trigger: RuleTrigger;
  interactionId: string;
  /** of MESSAGE_RECEIVED: the text that came */
  messageId: string | null;
}

interface Told {
  trigger: RuleTrigger;
  /** the field of the payload that names the interaction */
  thing: string;
  /** the change that has to be among `changes` */
  change?: string;
}

/**
 * None of these is told because a rule acted: rules change tags, status, value and assignee, and of `call.updated` only a
 * late word of the carrier counts. So what a rule does judges no rule: a chain of rules is one long.
 */
const TOLD: Partial<Record<EventType, Told>> = {
  'call.ended': { trigger: 'CALL_ENDED', thing: 'callId' },
  'call.updated': { trigger: 'CALL_ENDED', thing: 'callId', change: 'outcome' },
  'keyword.spotted': { trigger: 'KEYWORD_SPOTTED', thing: 'callId' },
  'insight.ready': { trigger: 'INSIGHT_READY', thing: 'callId' },
  'message.received': { trigger: 'MESSAGE_RECEIVED', thing: 'conversationId' },
  'form.submitted': { trigger: 'FORM_SUBMITTED', thing: 'formSubmissionId' },
  'chat.opened': { trigger: 'CHAT_OPENED', thing: 'chatId' },
  'chat.ended': { trigger: 'CHAT_ENDED', thing: 'chatId' },
};

/** The events that can bring a moment. */
export const MOMENT_EVENTS = Object.keys(TOLD) as EventType[];

/** Which kind of interaction has a moment. */
export const KIND_OF_TRIGGER: Readonly<Record<RuleTrigger, InteractionKind>> = {
  CALL_ENDED: 'CALL',
  KEYWORD_SPOTTED: 'CALL',
  INSIGHT_READY: 'CALL',
  MESSAGE_RECEIVED: 'CONVERSATION',
  FORM_SUBMITTED: 'FORM',
  CHAT_OPENED: 'CHAT',
  CHAT_ENDED: 'CHAT',
};

/** The moment that an event brings; null = none: calls gone by that are read anew, and keywords of which none is left, bring none. */
export function momentOf(event: {
  type: EventType;
  payload: Record<string, unknown>;
}): Moment | null {
  const told = TOLD[event.type];
  if (!told) return null;
  const { messageId, changes, isPast, hits } = event.payload;
  if (told.change && !(changes as string[] | undefined)?.includes(told.change)) return null;
  if (isPast === true || hits === 0) return null;
  return {
    trigger: told.trigger,
    interactionId: String(event.payload[told.thing]),
    messageId: told.trigger === 'MESSAGE_RECEIVED' ? String(messageId) : null,
  };
}
