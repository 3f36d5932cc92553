// Which events bring a moment at which rules are judged.
import type { InteractionKind } from '#generated/prisma/enums.ts';
import type { EventType } from '#values/event-types.ts';
import type { RuleTrigger } from './rule-words.ts';

/** A moment of an interaction. */
export interface Moment {
  trigger: RuleTrigger;
  interactionId: string;
  /** of MESSAGE_RECEIVED and CHAT_MESSAGE_RECEIVED: what came, for which rules fire by itself */
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
const TOLD: Partial<Record<EventType, Told | Told[]>> = {
  'call.ended': { trigger: 'CALL_ENDED', thing: 'callId' },
  'call.updated': [
    { trigger: 'CALL_ENDED', thing: 'callId', change: 'outcome' },
    // keywords that were told of while the call went on stand
    { trigger: 'KEYWORD_SPOTTED', thing: 'callId', change: 'keywordHits' },
  ],
  'keyword.spotted': { trigger: 'KEYWORD_SPOTTED', thing: 'callId' },
  'insight.ready': { trigger: 'INSIGHT_READY', thing: 'callId' },
  'message.received': { trigger: 'MESSAGE_RECEIVED', thing: 'conversationId' },
  'form.submitted': { trigger: 'FORM_SUBMITTED', thing: 'formSubmissionId' },
  // it had overtaken its visit, and what asks for a source could not hold
  'form.updated': { trigger: 'FORM_SUBMITTED', thing: 'formSubmissionId', change: 'session' },
  'chat.opened': { trigger: 'CHAT_OPENED', thing: 'chatId' },
  'chat.message': { trigger: 'CHAT_MESSAGE_RECEIVED', thing: 'chatId' },
  'chat.ended': { trigger: 'CHAT_ENDED', thing: 'chatId' },
};

/** The moments of one message among others of its interaction. */
export const OF_MESSAGES: readonly RuleTrigger[] = ['MESSAGE_RECEIVED', 'CHAT_MESSAGE_RECEIVED'];

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
  CHAT_MESSAGE_RECEIVED: 'CHAT',
  CHAT_ENDED: 'CHAT',
};

/**
 * The moment that an event brings; null = none: calls gone by that are read anew, keywords of which none is left, and those of
 * a call that goes on bring none: rules judge the whole talk, once its transcript is there. Nor does what an agent writes.
 */
export function momentOf(event: {
  type: EventType;
  payload: Record<string, unknown>;
}): Moment | null {
  const { messageId, changes, isPast, isLive, hits, author } = event.payload;
  const told = [TOLD[event.type] ?? []]
    .flat()
    .find(({ change }) => !change || (changes as string[] | undefined)?.includes(change));
  if (!told || isPast === true || isLive === true || hits === 0 || author === 'AGENT') return null;
  return {
    trigger: told.trigger,
    interactionId: String(event.payload[told.thing]),
    messageId: OF_MESSAGES.includes(told.trigger) ? String(messageId) : null,
  };
}
