// What people can be told of: a line for each event that brings it. Pure.
import type { EventType } from '#values/event-types.ts';

/** Channels beside calls, of which a rule takes all or nothing. */
export const ALERT_CHANNELS = ['TEXT', 'FORM', 'CHAT'] as const;
export type AlertChannel = (typeof ALERT_CHANNELS)[number];

/** Which calls a rule takes. */
export type AlertCalls = 'NONE' | 'ALL' | 'FIRST_CALL' | 'MISSED_AND_VOICEMAIL' | 'VOICEMAIL_ONLY';

/** Something that happened to a call, text, form or chat. */
export interface Occasion {
  channel: 'CALL' | AlertChannel;
  thingId: string;
  /** a rule is met by it once: call:<id> */
  key: string;
  /** the tracker that the event names */
  trackerId: string | null;
}

interface Told {
  channel: Occasion['channel'];
  /** the field of the payload that names the thing */
  thing: string;
  /** the change that has to be among `changes` */
  change?: string;
  /** it can come again: each time is an occasion of its own */
  isEach?: true;
}

const TOLD: Partial<Record<EventType, Told>> = {
  'call.ended': { channel: 'CALL', thing: 'callId' },
  // a late word of the carrier: what was missed turns out to be a voicemail
  'call.updated': { channel: 'CALL', thing: 'callId', change: 'outcome' },
  'message.received': { channel: 'TEXT', thing: 'messageId' },
  'form.submitted': { channel: 'FORM', thing: 'formSubmissionId' },
  'chat.opened': { channel: 'CHAT', thing: 'chatId', isEach: true },
};

/** The events that can bring an alert. */
export const OCCASION_EVENTS = Object.keys(TOLD) as EventType[];

/** What an event brings; null when nobody wants to be told of it. */
export function occasionOf(event: {
  type: EventType;
  subjectVersion: number;
  payload: Record<string, unknown>;
}): Occasion | null {
  const told = TOLD[event.type];
  if (!told) return null;
  const changes = event.payload.changes as string[] | undefined;
  if (told.change && !changes?.includes(told.change)) return null;
  const { channel } = told;
  const thingId = String(event.payload[told.thing]);
  const thing = `${channel.toLowerCase()}:${thingId}`;
  const key = told.isEach ? `${thing}:${event.subjectVersion}` : thing;
  return { channel, thingId, key, trackerId: (event.payload.trackerId as string) ?? null };
}

/** What rules ask about a thing. */
export interface Fact {
  channel: Occasion['channel'];
  companyId: string;
  /** null: it came by no tracker, as forms and chats do */
  trackerId: string | null;
  /** of a call that has ended */
  call?: { outcome: string | null; firstCall: boolean };
}

const CALLS: Record<AlertCalls, (call: NonNullable<Fact['call']>) => boolean> = {
  NONE: () => false,
  ALL: () => true,
  FIRST_CALL: ({ firstCall }) => firstCall,
  MISSED_AND_VOICEMAIL: ({ outcome }) => outcome !== null && outcome !== 'ANSWERED',
  VOICEMAIL_ONLY: ({ outcome }) => outcome === 'VOICEMAIL',
};

/** Whether a rule is met. */
export function isMet(
  rule: {
    companyId: string | null;
    trackerId: string | null;
    calls: AlertCalls;
    channels: readonly string[];
  },
  fact: Fact,
): boolean {
  if (rule.companyId !== null && rule.companyId !== fact.companyId) return false;
  if (rule.trackerId !== null && rule.trackerId !== fact.trackerId) return false;
  if (fact.channel !== 'CALL') return rule.channels.includes(fact.channel);
  return fact.call !== undefined && CALLS[rule.calls](fact.call);
}
