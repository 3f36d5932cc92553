// The enum EventType: call.ended on the wire to webhooks is CALL_ENDED here.
import { builder } from '#graphql/builder.ts';
import { EVENT_TYPES, eventEnumName, type EventType as Type } from '#values/event-types.ts';

const DESCRIPTIONS: Record<Type, string> = {
  'call.ringing': 'A call has reached us or was placed; the other end rings.',
  'call.answered': 'Somebody answered the call.',
  'call.ended':
    'The call is over. Should the carrier tell later what changes its outcome, CALL_UPDATED says so.',
  'call.recording_ready': 'The recording is stored here and can be listened to.',
  'call.recording_failed': 'The recording could not be had; the call tells why.',
  'call.updated':
    'Something of the call has changed that no event of its own tells: `changes` names it, such as tags, note, value, leadStatus, steps, recording, voicemail, transcript, keywordHits, priorCalls or outcome.',
  'form.submitted': 'Somebody sent a form.',
  'form.updated':
    'Something of the form has changed: `changes` names it, such as tags, note, value, leadStatus, or fields.',
  'message.received': 'Somebody sent a text.',
  'message.queued': 'A text waits to be sent.',
  'message.sent': 'The carrier has taken a text.',
  'message.delivered': 'The carrier says that a text has arrived.',
  'message.failed': 'A text was not sent, or did not arrive; it tells why.',
  'conversation.updated':
    'Something of the conversation has changed that no message tells: `changes` names it, such as tags, note, value, leadStatus, phoneNumber or attribution.',
  'chat.opened': 'A visitor opened a chat, or took up again one that was ended.',
  'chat.message': 'Somebody wrote in a chat, or sent a file.',
  'chat.read': 'The visitor, or the company, has read a chat up to a message.',
  'chat.ended': 'An agent ended a chat. Only the visitor can take it up again.',
  'chat.updated':
    'Something of the chat has changed that no other event tells: `changes` names it, such as tags, note, value, leadStatus, lead, visitor or attribution.',
  'transcript.segment':
    'Something was said on a call that goes on, of a company that has `liveTranscription` on.',
  'transcript.ready': 'The transcript is complete, or, once it was, more of it is hidden now.',
  'transcript.failed': 'No transcript could be made; it tells why.',
  'transcript.edited':
    'A person has changed words of a transcript. Keywords and insights of it follow.',
  'keyword.spotted':
    'Keywords were found in a transcript, or in what was said so far of a call that goes on; or others than before, also none any more.',
  'search.matched': 'A saved search finds a transcript that has come, or was edited.',
  'insight.ready': 'Insights were drawn from a transcript.',
  'insight.failed': 'No insight could be drawn from a transcript; it tells why.',
  'rule.fired': 'An automation rule fired for a call, conversation, form or chat, and has acted.',
  'lead.created': 'Somebody got in touch for the first time.',
  'lead.updated': 'Something about the lead has changed.',
  'lead.qualified': 'The lead became a good one.',
  'lead.erased': 'A person was erased, in every place: drop what you keep of them yourself.',
  'lead.merged':
    'Another lead turned out to be the same person: all that it had is this one’s now. Read both again.',
  'consent.changed':
    'What may be sent to a telephone number has changed: somebody wrote, agreed, refused or was judged. That 24 hours went by is not told.',
  'agent.presence_changed':
    'An agent came, went, changed what they do, moved to another device, or has a seat no more.',
  'agent.usage_warning':
    'An agent has used 80, 95 or 100 % of the messages of the month; each is told once.',
  'number.status_changed':
    'A telephone number was ordered, became active, failed or was given back, or what is known of it changed.',
  'registration.state_changed':
    'A company’s brand or campaign for texts was begun, filled in, submitted, approved, refused or suspended.',
  'pool.utilisation': 'So many numbers of a pool are held: it has crossed 50, 80, 95 or 100 %.',
  'pool.exhausted': 'A pool had no number left for a visitor; told once until it has room again.',
  'site.scan_started': 'A scan looks at the pages of a website.',
  'site.scan_ended': 'A scan of a website is over: done, failed or cancelled.',
  'export.ready': 'The file of an export can be fetched.',
  'erasure.completed':
    'A call, conversation, chat or form was erased, here and at the carrier: drop what you keep of it yourself.',
  'webhook.endpoint_paused': 'A webhook endpoint was paused; it tells why.',
  'policy.refused': 'A rule of the service refused what somebody asked for.',
};

export const EventType = builder.enumType('EventType', {
  description: 'What an event tells of.',
  values: Object.fromEntries(
    EVENT_TYPES.map((type) => [
      eventEnumName(type),
      { value: type, description: DESCRIPTIONS[type] },
    ]),
  ) as Record<string, { value: Type; description: string }>,
});
