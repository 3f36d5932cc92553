// Telnyx's webhooks of texts in our words.
import { z } from 'zod';
import type { CarrierMessageEvent, CarrierMessageState } from './message-port.ts';

const text = z.string().nullish();
const party = z.object({ phone_number: z.string(), status: text });
const parties = z
  .array(party)
  .nullish()
  .transform((list) => list ?? []);
const outbound = z.object({
  id: z.string().min(1),
  to: parties,
  parts: z.number().int().positive().nullish(),
  errors: z
    .array(z.object({ code: z.coerce.string(), title: text, detail: text }))
    .nullish()
    .transform((list) => list ?? []),
  webhook_url: text,
});
const inbound = z.object({
  id: z.string().min(1),
  from: z.object({ phone_number: z.string() }),
  to: parties,
  cc: parties,
  text,
  received_at: z.coerce.date().nullish(),
  autoresponse_type: text,
  media: z
    .array(
      z.object({
        url: z.string(),
        content_type: text,
        size: z.number().int().nonnegative().nullish(),
      }),
    )
    .nullish()
    .transform((list) => list ?? []),
});
const envelope = z.object({
  data: z.object({
    id: z.string(),
    event_type: z.string(),
    occurred_at: z.coerce.date(),
    payload: z.unknown(),
  }),
  meta: z.object({ delivered_to: text }).nullish(),
});

const AUTORESPONSES = ['STOP', 'START', 'HELP'] as const;

/**
 * Says a stored webhook body of a text in our words.
 * @returns null for kinds that are not about texts
 * @throws ZodError when the body lacks what its kind must have
 */
export function translateMessage(body: unknown): CarrierMessageEvent | null {
  const { data, meta } = envelope.parse(body);
  const base = { id: data.id, occurredAt: data.occurred_at };
  switch (data.event_type) {
    case 'message.received': {
      const message = inbound.parse(data.payload);
      const recipients = [...message.to, ...message.cc].map(({ phone_number }) => phone_number);
      const word = message.autoresponse_type?.toUpperCase();
      return {
        ...base,
        kind: 'received',
        occurredAt: message.received_at ?? data.occurred_at,
        carrierMessageId: message.id,
        from: message.from.phone_number,
        to: recipients[0] ?? '',
        recipients,
        text: message.text ?? '',
        media: message.media.map(({ url, content_type, size }) => ({
          url,
          contentType: content_type ?? null,
          sizeBytes: size ?? null,
        })),
        autoresponse: AUTORESPONSES.find((known) => known === word) ?? null,
      };
    }
    case 'message.sent':
    case 'message.finalized': {
      const message = outbound.parse(data.payload);
      const tag = tagOf(message.webhook_url) ?? tagOf(meta?.delivered_to);
      const about = { ...base, carrierMessageId: message.id, tag };
      const { state, ...outcome } = outcomeOf(message);
      if (data.event_type === 'message.finalized' && state !== 'QUEUED' && state !== 'SENT') {
        return { ...about, ...outcome, kind: 'finalized', state };
      }
      return { ...about, kind: 'sent' };
    }
    default:
      return null;
  }
}

const STATES: Record<string, CarrierMessageState['state']> = {
  queued: 'QUEUED',
  sending: 'QUEUED',
  sent: 'SENT',
  delivered: 'DELIVERED',
  delivery_unconfirmed: 'UNCONFIRMED',
  sending_failed: 'FAILED',
  delivery_failed: 'FAILED',
  expired: 'FAILED',
};

/** How one of our messages stands, by its payload. */
export function outcomeOf(message: {
  to?: readonly { status?: string | null | undefined }[] | null | undefined;
  parts?: number | null | undefined;
  errors?:
    | readonly {
        code: string;
        title?: string | null | undefined;
        detail?: string | null | undefined;
      }[]
    | null
    | undefined;
}): Omit<CarrierMessageState, 'carrierMessageId'> {
  const state = STATES[message.to?.[0]?.status ?? ''] ?? 'QUEUED';
  const [error] = message.errors ?? [];
  return {
    state,
    code: error?.code ?? null,
    detail: error?.detail ?? error?.title ?? null,
    segments: message.parts ?? null,
  };
}

/** Our tag in the address that a message's webhooks go to; null when it has none. */
export function tagOf(webhookUrl: string | null | undefined): string | null {
  if (!webhookUrl || !URL.canParse(webhookUrl)) return null;
  return new URL(webhookUrl).searchParams.get('tag');
}
