// This domain's jobs: looking at the pages of a website, and forgetting what was found after a while.
import { z } from 'zod';
import { defineJob, type JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { purgeScans } from './purge-scans.ts';
import { failScan, runScan } from './run-scan.ts';

const scan = z.object({ accountId: z.uuid(), scanId: z.uuid() });

/** Looks at one page after the other. What is stored tells where it stands, so a try goes on where the last one was. */
export const scanSiteJob = defineJob({
  name: 'installation.scan-site',
  payload: scan,
  retryLimit: 6,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 1_800,
});

/** To be scheduled once a day. */
export const purgeScansJob = defineJob({
  name: 'installation.purge-scans',
  payload: z.object({}),
  retryLimit: 5,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 3_600,
});

/** Who does this domain's jobs. */
export function installationJobHandlers(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'log' | 'outbound' | 'publicUrl'>,
): [JobHandler<z.output<typeof scan>>, JobHandler<Record<string, never>>] {
  return [
    {
      definition: scanSiteJob,
      // nearly all of it is waiting
      concurrency: 4,
      run: (asked, { signal }) => runScan(platform, asked, { signal }),
      giveUp: (asked) => failScan(platform, asked),
    },
    {
      definition: purgeScansJob,
      run: async (_payload, { signal }) => `purged ${await purgeScans(platform, signal)}`,
    },
  ];
}
