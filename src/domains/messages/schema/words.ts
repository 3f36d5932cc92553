// The enums of texts.
import { builder } from '#graphql/builder.ts';
import type { MessageFailure } from '../machine-failure.ts';
import { MEDIA_FAILURES, type MediaFailure } from '../media-failure.ts';

export const MessageDirection = builder.enumType('MessageDirection', {
  description: 'Who wrote to whom.',
  values: {
    INBOUND: { description: 'The customer to the company.' },
    OUTBOUND: { description: 'The company to the customer.' },
  } as const,
});

export const MessageState = builder.enumType('MessageState', {
  description: 'Where a text stands.',
  values: {
    RECEIVED: { description: 'It came in.' },
    QUEUED: { description: 'It waits to be sent, or the carrier has not answered yet.' },
    SENT: { description: 'The carrier has taken it.' },
    DELIVERED: { description: 'The carrier says that it has arrived.' },
    FAILED: { description: 'It was not sent, or did not arrive: `failure` tells why.' },
  } as const,
});

export const MessageKind = builder.enumType('MessageKind', {
  description: 'How a text came to be written.',
  values: {
    PERSONAL: { description: 'Somebody wrote it.' },
    OPT_OUT_CONFIRMATION: { description: 'The one confirmation that an opt-out is answered with.' },
    HELP_ANSWER: { description: 'What HELP is answered with.' },
  } as const,
});

const FAILURES: Record<MessageFailure, string> = {
  LEAD_CENTER_REQUIRED: 'Nobody with a seat stood behind it any more.',
  DESTINATION_NOT_US_CA: 'A number is not of the US or Canada.',
  TOLL_FREE_NOT_ALLOWED: 'A number is toll-free.',
  OPTED_OUT: 'They have opted out.',
  A2P_NOT_REGISTERED: 'The number is on no registered campaign.',
  NO_CONSENT: 'They have not agreed to be written to.',
  CONSENT_EXPIRED: 'Their last text was 24 hours ago or more.',
  QUIET_HOURS: 'It was night where they are.',
  AGENT_MESSAGES_EXHAUSTED: 'The agent had sent and received as many as a month allows.',
  INBOUND_RATIO_LOW: 'Too few texts had come in for those that went out.',
  BULK_MESSAGING: 'The same text had gone to too many people.',
  RATE_LIMITED: 'Too many texts in a short time.',
  MEDIA_INVALID: 'A file was no image, audio, video or contact card, or too large.',
  CANCELLED: 'Somebody cancelled it.',
  UNCONFIRMED: 'The carrier did not say whether it took it; it was not sent again.',
  UNDELIVERED: 'It did not arrive.',
  BLOCKED_AS_SPAM: 'It was blocked as spam on its way.',
  UNREACHABLE: 'The number cannot be reached by text.',
  CARRIER_REFUSED: 'The carrier refused it: see `carrierCode`.',
};

export const MessageFailureType = builder.enumType('MessageFailure', {
  description: 'Why a text was not sent, or did not arrive.',
  values: described(FAILURES),
});

export const MediaState = builder.enumType('MediaState', {
  description: 'Where a file that came with a text stands.',
  values: {
    FETCHING: { description: 'It is being fetched from the carrier.' },
    READY: { description: 'It is stored here.' },
    FAILED: { description: 'It could not be had: `failure` tells why.' },
  } as const,
});

export const MediaFailureType = builder.enumType('MediaFailure', {
  description: 'Why a file was not kept.',
  values: described(MEDIA_FAILURES as Record<MediaFailure, string>),
});

export const ConversationState = builder.enumType('ConversationState', {
  description: 'Its place in the inbox.',
  values: {
    ACTIVE: { description: 'It waits for somebody.' },
    REVIEWED: { description: 'Somebody has seen to it.' },
    SNOOZED: { description: 'It comes back later.' },
  } as const,
});

function described<Code extends string>(words: Record<Code, string>) {
  return Object.fromEntries(
    Object.entries<string>(words).map(([code, description]) => [code, { description }]),
  ) as Record<Code, { description: string }>;
}
