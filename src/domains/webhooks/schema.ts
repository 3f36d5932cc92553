// The webhooks' part of the schema, imported for its effect on the builder; one file per thing.
import './schema/endpoint.ts';
import './schema/delivery.ts';
import './schema/change-endpoint.ts';
import './schema/send.ts';
import { implementEvent } from '#domains/activity/index.ts';
import type { webhookEndpointPaused } from './events.ts';
import { WebhookEndpoint } from './schema/refs.ts';
import { WebhookPauseReason } from './schema/words.ts';

type Payload = ReturnType<(typeof webhookEndpointPaused)['payload']['parse']>;

implementEvent({
  typename: 'WebhookEvent',
  types: ['webhook.endpoint_paused'],
  description: 'A webhook endpoint was paused.',
  fields: (t) => ({
    webhookEndpoint: t.field({
      type: WebhookEndpoint,
      nullable: true,
      description: 'The endpoint as it is now; null when it was deleted.',
      resolve: ({ payload }) => (payload as Payload).webhookEndpointId,
    }),
    pauseReason: t.field({
      type: WebhookPauseReason,
      description: 'Why it was paused.',
      resolve: ({ payload }) => (payload as Payload).reason,
    }),
  }),
});
