// Who does this domain's jobs.
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { removeErasedMediaJob, resumeErasuresJob } from './jobs.ts';
import { type ErasureKey, removeMedia } from './remove-media.ts';
import { resumeErasures } from './resume-erasures.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'storage' | 'carriers'>;

/** Who does this domain's jobs. Outcomes: gone, already-done, completed; how many were taken up. */
export function erasuresJobHandlers(
  platform: Needs,
): [JobHandler<ErasureKey>, JobHandler<Record<string, never>>] {
  return [
    { definition: removeErasedMediaJob, run: (payload) => removeMedia(platform, payload) },
    {
      definition: resumeErasuresJob,
      run: async () => `${await resumeErasures(platform)} taken up`,
    },
  ];
}
