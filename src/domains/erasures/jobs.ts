// This domain's jobs; who does them stands in job-handlers.ts.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

/** Removes the media of an erasure, here and at the carrier, and waits for the search server. */
export const removeErasedMediaJob = defineJob({
  name: 'erasures.remove-media',
  payload: z.object({ accountId: z.uuid(), erasureId: z.uuid() }),
  retryLimit: 12,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 120,
});

/** Erases a person, step by step; a call that goes on is waited for. */
export const eraseLeadJob = defineJob({
  name: 'erasures.erase-lead',
  payload: z.object({ accountId: z.uuid(), leadErasureId: z.uuid() }),
  retryLimit: 20,
  retryDelaySeconds: 1,
  retryBackoff: true,
  expireInSeconds: 600,
});

/** Writes the file of all that is kept of a person. */
export const exportLeadJob = defineJob({
  name: 'erasures.export-lead',
  payload: z.object({ accountId: z.uuid(), exportId: z.uuid() }),
  retryLimit: 5,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 3600,
});

/** Takes up what is still PENDING or ERASING (a carrier or a search server out of reach for hours); to be scheduled once an hour. */
export const resumeErasuresJob = defineJob({
  name: 'erasures.resume',
  payload: z.object({}),
  retryLimit: 5,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 300,
});
