// Telnyx's webhooks: the signature, and the translation of a body into our words.
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import type { CarrierEvent } from './port.ts';
import { decodeTag } from './tag.ts';
import { isFinal, SPOKEN, speechSession } from './telnyx-speech.ts';

/** How far a signature's time may be from ours, as the carrier's own SDK has it. */
const TOLERANCE_SECONDS = 300;
/** the DER head of an ed25519 public key; the carrier gives the 32 raw bytes that follow it */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

const keys = new Map<string, KeyObject>();

function keyOf(publicKey: string): KeyObject {
  const known = keys.get(publicKey);
  if (known) return known;
  const der = Buffer.concat([SPKI_HEAD, Buffer.from(publicKey, 'base64')]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  keys.set(publicKey, key);
  return key;
}

/**
 * Checks `telnyx-signature-ed25519` over `timestamp|body`. (The SDK's own check imports the key anew for each webhook;
 * tests/platform/carrier/signature.test.ts holds the two against each other.)
 * @param now for the ±300 s window
 * @returns why it is refused, or null when it is good
 */
export function refuseSignature(
  body: string,
  headers: { timestamp: string | undefined; signature: string | undefined },
  publicKey: string,
  now: Date,
): 'MISSING' | 'STALE' | 'WRONG' | null {
  const { timestamp, signature } = headers;
  if (!timestamp || !signature) return 'MISSING';
  const seconds = Number(timestamp);
  if (!Number.isInteger(seconds)) return 'WRONG';
  if (Math.abs(now.getTime() / 1000 - seconds) > TOLERANCE_SECONDS) return 'STALE';
  const signed = Buffer.from(`${timestamp}|${body}`, 'utf8');
  const good = verify(null, signed, keyOf(publicKey), Buffer.from(signature, 'base64'));
  return good ? null : 'WRONG';
}

const envelope = z.object({
  data: z.object({
    id: z.string().min(1).max(100),
    event_type: z.string().min(1).max(100),
    occurred_at: z.coerce.date(),
    payload: z.record(z.string(), z.unknown()),
  }),
});

/** What the inbox needs of a body before anybody translates it. */
export interface WebhookHead {
  id: string;
  kind: string;
  /**
   * what must be stepped in one line: the call session (of words that are said on it, their own: speechSession), else the
   * order, message, campaign or brand, else the event itself
   */
  session: string;
  /** the number of ours that somebody dialled, E.164; null for every other event */
  dialled: string | null;
  occurredAt: Date;
  /** false: no domain reads this kind, so it is kept but never stepped */
  isRead: boolean;
  /** its body holds what somebody says: it is kept sealed, and only until it is settled */
  isSpoken: boolean;
}

/** The kinds that some domain steps by: those that `translate` and `translateMessage` know, orders, and registrations. */
const READ_KINDS: ReadonlySet<string> = new Set([
  'call.initiated',
  'call.answered',
  'call.bridged',
  'call.speak.ended',
  'call.hangup',
  'call.recording.saved',
  'call.recording.error',
  SPOKEN,
  'number_order.complete',
  'message.received',
  'message.sent',
  'message.finalized',
  '10dlc.brand.update',
  '10dlc.campaign.update',
  '10dlc.phone_number.update',
]);

/** Reads the head of a webhook body. Throws ZodError when it has none. */
export function readHead(body: unknown): WebhookHead {
  const { data } = envelope.parse(body);
  const { call_session_id: callSession, id: thing, campaignId, brandId } = data.payload;
  const session = [callSession, thing, campaignId, brandId, data.id].find(
    (word) => typeof word === 'string',
  ) as string;
  const { direction, to } = data.payload;
  const isSpoken = data.event_type === SPOKEN;
  const isArrival = data.event_type === 'call.initiated' && direction === 'incoming';
  // PostgreSQL takes no NUL in a text
  const plain = (word: string) => word.replaceAll('\0', '');
  return {
    id: plain(data.id),
    kind: plain(data.event_type),
    session: isSpoken ? speechSession(plain(session)) : plain(session),
    dialled: isArrival && typeof to === 'string' ? plain(to).slice(0, 20) : null,
    occurredAt: data.occurred_at,
    isRead: READ_KINDS.has(data.event_type) && (!isSpoken || isFinal(data.payload)),
    isSpoken,
  };
}

const text = z.string().nullish();
const leg = z.object({
  call_control_id: text,
  call_leg_id: text,
  call_session_id: z.string(),
  client_state: text,
});
const initiated = z.object({
  direction: z.enum(['incoming', 'outgoing']),
  from: text,
  to: z.string(),
  caller_id_name: text,
});
const saved = z.object({
  recording_id: text,
  recording_started_at: z.coerce.date(),
  recording_ended_at: z.coerce.date(),
});

/**
 * Says a stored webhook body in our words.
 * @returns null for kinds that no domain reads
 * @throws ZodError when the body lacks what its kind must have
 */
export function translate(body: unknown): CarrierEvent | null {
  const { data } = envelope.parse(body);
  const about = leg.safeParse(data.payload);
  if (!about.success) return null;
  const base = {
    id: data.id,
    occurredAt: data.occurred_at,
    session: about.data.call_session_id,
    controlId: about.data.call_control_id ?? '',
    legId: about.data.call_leg_id ?? '',
    tag: decodeTag(about.data.client_state),
  };
  switch (data.event_type) {
    case 'call.initiated': {
      const call = initiated.parse(data.payload);
      return {
        ...base,
        kind: 'initiated',
        direction: call.direction === 'incoming' ? 'INBOUND' : 'OUTBOUND',
        from: call.from?.startsWith('+') ? call.from : null,
        to: call.to,
        callerName: call.caller_id_name || null,
      };
    }
    case 'call.answered':
      return { ...base, kind: 'answered' };
    case 'call.bridged':
      return { ...base, kind: 'bridged' };
    case 'call.speak.ended':
      return { ...base, kind: 'spoken', completed: data.payload.status === 'completed' };
    case 'call.hangup':
      return {
        ...base,
        kind: 'hungUp',
        cause: String(data.payload.hangup_cause ?? 'unspecified'),
      };
    case 'call.recording.saved': {
      const recording = saved.parse(data.payload);
      return {
        ...base,
        kind: 'recordingSaved',
        recordingId: recording.recording_id ?? null,
        startedAt: recording.recording_started_at,
        endedAt: recording.recording_ended_at,
      };
    }
    case 'call.recording.error':
      return {
        ...base,
        kind: 'recordingFailed',
        reason: String(data.payload.reason ?? 'unknown'),
      };
    default:
      return null;
  }
}

const order = z.object({ customer_reference: z.uuid() });

/** Our reference of a number order's webhook; null when the order is not one of ours. */
export function readOrderReference(body: unknown): string | null {
  const parsed = order.safeParse(envelope.safeParse(body).data?.data.payload);
  return parsed.success ? parsed.data.customer_reference : null;
}

const registration = z.object({
  brandId: text,
  campaignId: text,
  phoneNumber: text,
});

/** What a registry's webhook is about, in the carrier's ids; a number comes with its campaign. */
export function readRegistrationSubject(body: unknown): {
  brandId: string | null;
  campaignId: string | null;
  /** E.164 */
  phoneNumber: string | null;
} {
  const parsed = registration.safeParse(envelope.safeParse(body).data?.data.payload);
  const { brandId, campaignId, phoneNumber } = parsed.data ?? {};
  return {
    brandId: brandId ?? null,
    campaignId: campaignId ?? null,
    phoneNumber: phoneNumber ?? null,
  };
}
