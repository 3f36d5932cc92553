// Every event that Switchboard announces, as it stands on the wire to webhooks. `call.ended` is CALL_ENDED in GraphQL.

export const EVENT_TYPES = [
  'call.ringing',
  'call.answered',
  'call.ended',
  'call.recording_ready',
  'call.recording_failed',
  'call.updated',
  'form.submitted',
  'form.updated',
  'message.received',
  'message.queued',
  'message.sent',
  'message.delivered',
  'message.failed',
  'conversation.updated',
  'chat.opened',
  'chat.message',
  'chat.read',
  'chat.ended',
  'chat.updated',
  'transcript.ready',
  'transcript.failed',
  'transcript.edited',
  'keyword.spotted',
  'insight.ready',
  'insight.failed',
  'rule.fired',
  'lead.created',
  'lead.updated',
  'lead.qualified',
  'lead.merged',
  'lead.erased',
  'consent.changed',
  'agent.presence_changed',
  'agent.usage_warning',
  'number.status_changed',
  'registration.state_changed',
  'pool.utilisation',
  'pool.exhausted',
  'site.scan_started',
  'site.scan_ended',
  'export.ready',
  'erasure.completed',
  'policy.refused',
  'webhook.endpoint_paused',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** The GraphQL enum value of an event type: call.recording_ready → CALL_RECORDING_READY. */
export function eventEnumName(type: EventType): string {
  return type.replace('.', '_').toUpperCase();
}
