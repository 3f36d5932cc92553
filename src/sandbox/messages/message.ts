// One text on the sandbox's network, ours or a person's, and the bodies that tell of it.
import type {
  MessagingInboundMessagePayload,
  OutboundMessagePayload,
} from 'telnyx/resources/messages';
import { isoTime } from '../webhooks/payloads.ts';

/** A file that goes with a text. */
export interface MessageMedia {
  url: string;
  contentType: string | null;
  sizeBytes: number | null;
  sha256: string | null;
}

export interface Message {
  id: string;
  /** place among all, for repeatable chaos */
  ordinal: number;
  direction: 'inbound' | 'outbound';
  from: string;
  to: string;
  text: string;
  media: MessageMedia[];
  profileId: string;
  campaignId: string | null;
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
  status: NonNullable<NonNullable<OutboundMessagePayload['to']>[number]['status']>;
  error: { code: string; title: string; detail: string } | null;
  /** what the carrier itself made of a person's word */
  autoresponse: 'STOP' | 'START' | 'HELP' | null;
  webhookUrl: string | null;
  failoverUrl: string | null;
  receivedMs: number;
  sentMs: number | null;
  completedMs: number | null;
}

const ORGANISATION = '00000000-0000-4000-8000-000000000000';

function common(message: Message) {
  return {
    record_type: 'message' as const,
    id: message.id,
    organization_id: ORGANISATION,
    messaging_profile_id: message.profileId,
    type: message.media.length > 0 ? ('MMS' as const) : ('SMS' as const),
    text: message.text,
    encoding: message.encoding,
    num_chars: [...message.text].length,
    parts: message.segments,
    cc: [],
    cost: null,
    subject: null,
    tags: [],
    errors: message.error ? [message.error] : [],
    received_at: isoTime(message.receivedMs),
    sent_at: message.sentMs === null ? null : isoTime(message.sentMs),
    completed_at: message.completedMs === null ? null : isoTime(message.completedMs),
    valid_until: null,
    tcr_campaign_id: message.campaignId,
    webhook_url: message.webhookUrl,
    webhook_failover_url: message.failoverUrl,
  };
}

const OURS = { carrier: 'Telnyx', line_type: 'Wireless' as const };
const THEIRS = { carrier: 'T-MOBILE USA, INC.', line_type: 'Wireless' as const };

/** One of our messages, in an answer or a webhook. */
export function outboundPayload(message: Message) {
  return {
    ...common(message),
    direction: 'outbound',
    from: { ...OURS, phone_number: message.from },
    to: [{ ...THEIRS, phone_number: message.to, status: message.status }],
    media: message.media.map(({ url, contentType, sizeBytes, sha256 }) => ({
      url,
      content_type: contentType,
      size: sizeBytes,
      sha256,
    })),
  } satisfies OutboundMessagePayload;
}

/** A text that a person sent. */
export function inboundPayload(message: Message) {
  return {
    ...common(message),
    direction: 'inbound',
    from: { ...THEIRS, phone_number: message.from, status: 'received' as const },
    to: [{ ...OURS, phone_number: message.to, status: 'webhook_delivered' as const }],
    // an MMS of which the carrier knows no more than the address
    media: message.media.map(({ url, contentType, sizeBytes }) => ({
      url,
      ...(contentType === null ? {} : { content_type: contentType }),
      ...(sizeBytes === null ? {} : { size: sizeBytes }),
    })),
    ...(message.autoresponse === null ? {} : { autoresponse_type: message.autoresponse }),
  } satisfies MessagingInboundMessagePayload;
}
