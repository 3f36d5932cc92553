// Who does this domain's jobs.
import type { z } from 'zod';
import type { AnyJobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { eraseSettledOf } from './erase-deliveries.ts';
import { eraseSettledJob, purgeDeliveriesJob, removeEndpointJob, replayJob } from './jobs.ts';
import { purgeDeliveries, removeEndpoint } from './purge-deliveries.ts';
import { runReplay } from './run-replay.ts';

/** Who does this domain's jobs. */
export function webhooksJobHandlers(
  platform: Pick<Platform, 'db' | 'clock' | 'log'>,
): [AnyJobHandler, AnyJobHandler, AnyJobHandler, AnyJobHandler] {
  return [
    {
      definition: replayJob,
      run: async (wanted: z.output<typeof replayJob.payload>, { signal }) => {
        const replay = {
          ...wanted,
          createdFrom: wanted.createdFrom === null ? null : new Date(wanted.createdFrom),
          createdBefore: new Date(wanted.createdBefore),
          requestedAt: new Date(wanted.requestedAt),
        };
        return `replayed ${await runReplay(platform, replay, signal)}`;
      },
    },
    {
      definition: purgeDeliveriesJob,
      run: async (_payload: object, { signal }) =>
        `purged ${await purgeDeliveries(platform, signal)}`,
    },
    {
      definition: removeEndpointJob,
      run: async (
        { accountId, endpointId }: z.output<typeof removeEndpointJob.payload>,
        { signal },
      ) => `removed ${await removeEndpoint(platform, accountId, endpointId, signal)}`,
    },
    {
      definition: eraseSettledJob,
      async run({ accountId, subjects, erasedAt }: z.output<typeof eraseSettledJob.payload>) {
        await eraseSettledOf(platform, accountId, subjects, new Date(erasedAt));
        return `erased of ${subjects.length}`;
      },
    },
  ];
}
