// The nodes of this domain.
import { defineNode } from '#graphql/node.ts';
import { findDeliveries } from '../read-deliveries.ts';
import { findEndpoints } from '../read-endpoints.ts';

export const WebhookEndpoint = defineNode('WebhookEndpoint', (ids, { platform, viewer }) =>
  findEndpoints(platform.db, viewer, ids),
);

export const WebhookDelivery = defineNode('WebhookDelivery', (ids, { platform, viewer }) =>
  findDeliveries(platform.db, viewer, ids),
);
