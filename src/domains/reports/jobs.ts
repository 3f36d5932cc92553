// This domain's jobs. Payload = ids.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

/** Counts the interactions of a lead anew. */
export const recountLeadJob = defineJob({
  name: 'reports.recount-lead',
  payload: z.object({ accountId: z.uuid(), leadId: z.uuid() }),
  retryLimit: 10,
  retryDelaySeconds: 2,
  retryBackoff: true,
  expireInSeconds: 600,
});

/** Counts what was over before it was attributed, once it is. */
export const awaitAttributionJob = defineJob({
  name: 'reports.await-attribution',
  payload: z.object({ accountId: z.uuid(), interactionId: z.uuid() }),
  retryLimit: 12,
  retryDelaySeconds: 1,
  retryBackoff: true,
  expireInSeconds: 60,
});

/** Counts what was there before reports were kept; done once, goes on where it was cut off. */
export const countAllJob = defineJob({
  name: 'reports.count-all',
  payload: z.object({}),
  retryLimit: 10,
  retryDelaySeconds: 10,
  retryBackoff: true,
  expireInSeconds: 86_400,
});

/** Writes the file of an export. */
export const writeExportJob = defineJob({
  name: 'reports.write-export',
  payload: z.object({ accountId: z.uuid(), exportId: z.uuid() }),
  retryLimit: 5,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 21_600,
});

/** Removes the files of exports whose time is over; to be scheduled once an hour. */
export const purgeExportsJob = defineJob({
  name: 'reports.purge-exports',
  payload: z.object({}),
  retryLimit: 5,
  retryDelaySeconds: 10,
  retryBackoff: true,
  expireInSeconds: 600,
});
