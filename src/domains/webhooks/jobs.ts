// This domain's jobs: sending again what an endpoint missed, and forgetting what is older than 30 days, of an endpoint that
// was deleted, or tells of what is erased. Who does them stands in job-handlers.ts.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

const replayShape = z.object({
  accountId: z.uuid(),
  endpointId: z.uuid(),
  createdFrom: z.iso.datetime().nullable(),
  createdBefore: z.iso.datetime(),
  failedOnly: z.boolean(),
  requestedAt: z.iso.datetime(),
});

/** Makes the deliveries of an endpoint due again. */
export const replayJob = defineJob({
  name: 'webhooks.replay',
  payload: replayShape,
  retryLimit: 5,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 600,
});

/** Drops deliveries after their 30 days; to be scheduled once a day. */
export const purgeDeliveriesJob = defineJob({
  name: 'webhooks.purge-deliveries',
  payload: z.object({}),
  retryLimit: 5,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 3_600,
});

const endpointShape = z.object({ accountId: z.uuid(), endpointId: z.uuid() });

/** Removes the deliveries of a deleted endpoint; the purge takes up what it leaves. */
export const removeEndpointJob = defineJob({
  name: 'webhooks.remove-endpoint',
  payload: endpointShape,
  retryLimit: 5,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 3_600,
});

const settledShape = z.object({
  accountId: z.uuid(),
  /** `call:<uuid>` */
  subjects: z.array(z.string()),
  erasedAt: z.iso.datetime(),
});

/** Erases what deliveries that were over told of something that is erased. */
export const eraseSettledJob = defineJob({
  name: 'webhooks.erase-settled',
  payload: settledShape,
  retryLimit: 20,
  retryDelaySeconds: 5,
  retryBackoff: true,
  retryDelayMaxSeconds: 3_600,
  expireInSeconds: 60,
});
