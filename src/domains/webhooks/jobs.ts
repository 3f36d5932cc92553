// This domain's jobs: sending again what an endpoint missed, and forgetting what is older than 30 days or of an endpoint
// that was deleted.
import { z } from 'zod';
import { defineJob, type JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { purgeDeliveries, removeEndpoint } from './purge-deliveries.ts';
import { runReplay } from './run-replay.ts';

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

/** Who does this domain's jobs. */
export function webhooksJobHandlers(
  platform: Pick<Platform, 'db' | 'clock'>,
): [
  JobHandler<z.output<typeof replayShape>>,
  JobHandler<Record<string, never>>,
  JobHandler<z.output<typeof endpointShape>>,
] {
  return [
    {
      definition: replayJob,
      run: async (wanted) => {
        const replayed = await runReplay(platform, {
          ...wanted,
          createdFrom: wanted.createdFrom === null ? null : new Date(wanted.createdFrom),
          createdBefore: new Date(wanted.createdBefore),
          requestedAt: new Date(wanted.requestedAt),
        });
        return `replayed ${replayed}`;
      },
    },
    {
      definition: purgeDeliveriesJob,
      run: async () => `purged ${await purgeDeliveries(platform)}`,
    },
    {
      definition: removeEndpointJob,
      run: async ({ accountId, endpointId }) =>
        `removed ${await removeEndpoint(platform, accountId, endpointId)}`,
    },
  ];
}
