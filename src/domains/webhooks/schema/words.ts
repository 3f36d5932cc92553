// The enums of the webhooks.
import { builder } from '#graphql/builder.ts';
import { FAILURES, type Failure } from '../machine.ts';

export const WebhookEndpointState = builder.enumType('WebhookEndpointState', {
  description: 'Whether an endpoint is sent to.',
  values: {
    ACTIVE: { description: 'It is told of events as they happen.' },
    PAUSED: {
      description: 'Nothing is sent until it is resumed; its deliveries wait, up to 30 days.',
    },
  } as const,
});

export const WebhookPauseReason = builder.enumType('WebhookPauseReason', {
  description: 'Why an endpoint was paused.',
  values: {
    FAILING: { description: 'For five days every attempt failed.' },
    GONE: { description: 'The receiver answered 410 Gone.' },
    RIGHTS_LOST: {
      description: 'Its owner was removed, or may read none of its events any more.',
    },
    SELECTION_INVALID: { description: 'Its query no longer fits the schema.' },
  } as const,
});

export const WebhookDeliveryState = builder.enumType('WebhookDeliveryState', {
  description: 'How far a delivery is.',
  values: {
    PENDING: { description: 'It waits for its first or next attempt.' },
    DELIVERED: { description: 'The receiver took it: it answered 2xx.' },
    FAILED: { description: 'It was given up; it can be replayed.' },
  } as const,
});

export const WebhookFailure = builder.enumType('WebhookFailure', {
  description: 'Why an attempt did not succeed.',
  values: Object.fromEntries(
    Object.entries(FAILURES).map(([failure, description]) => [
      failure,
      { value: failure, description },
    ]),
  ) as Record<Failure, { value: Failure; description: string }>,
});
