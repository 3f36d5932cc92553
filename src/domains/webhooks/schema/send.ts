// Testing an endpoint, and sending again.
import { defineMutation, idempotencyKey } from '#graphql/mutation.ts';
import { readId, readIds } from '#graphql/read-id.ts';
import { replayWebhookDeliveries } from '../replay-deliveries.ts';
import { testWebhookEndpoint } from '../test-endpoint.ts';
import { WebhookDelivery } from './refs.ts';

defineMutation('testWebhookEndpoint', {
  description:
    'Has a small test sent, `{ "type": "webhook.test", "timestamp": …, "data": { "webhookEndpointId": … } }`, signed like any other. It is tried once, also while the endpoint is paused.',
  input: (t) => ({
    webhookEndpointId: t.id({ required: true, description: 'Which endpoint.' }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    testWebhookEndpoint(platform, viewer, {
      ...input,
      webhookEndpointId: readId(input.webhookEndpointId, 'WebhookEndpoint', 'webhookEndpointId'),
    }),
  payload: (t) => ({
    webhookDelivery: t.field({
      type: WebhookDelivery,
      nullable: true,
      description: 'The test: read it again through `node` to see what became of it.',
      resolve: ({ id }) => id,
    }),
  }),
});

defineMutation('replayWebhookDeliveries', {
  description:
    'Sends deliveries again, each with the id and the bytes that it had: chosen ones, or of one endpoint those of a range or all that were given up. A paused endpoint gets them when it is resumed.',
  input: (t) => ({
    deliveryIds: t.idList({ description: 'These, up to 100. Leave the other fields out then.' }),
    webhookEndpointId: t.id({
      description: 'Those of this endpoint; say which by the fields below.',
    }),
    createdFrom: t.field({ type: 'DateTime', description: 'Made at or after this.' }),
    createdBefore: t.field({
      type: 'DateTime',
      description: 'Made before this; before now when absent.',
    }),
    failedOnly: t.boolean({ description: 'Only those that were given up.' }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    replayWebhookDeliveries(platform, viewer, {
      ...input,
      deliveryIds: readIds(input.deliveryIds, 'WebhookDelivery', 'deliveryIds'),
      webhookEndpointId: readId(input.webhookEndpointId, 'WebhookEndpoint', 'webhookEndpointId'),
    }),
  payload: (t) => ({
    count: t.int({
      nullable: true,
      description: 'How many are sent again, counted up to 10,000. Erased ones are left out.',
      resolve: ({ count }) => count,
    }),
  }),
});
