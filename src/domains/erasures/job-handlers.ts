// Who does this domain's jobs.
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { eraseLeadJob, removeErasedMediaJob, resumeErasuresJob } from './jobs.ts';
import { type ErasureKey, removeMedia } from './remove-media.ts';
import { resumeErasures } from './resume-erasures.ts';
import { type LeadErasureKey, takeLead } from './take-lead.ts';

type Needs = Pick<
  Platform,
  'db' | 'events' | 'clock' | 'jobs' | 'storage' | 'carriers' | 'search' | 'secrets'
>;

/** Who does this domain's jobs. Outcomes: gone, already-done, completed; how many were taken up; erased. */
export function erasuresJobHandlers(
  platform: Needs,
): [JobHandler<ErasureKey>, JobHandler<Record<string, never>>, JobHandler<LeadErasureKey>] {
  return [
    { definition: removeErasedMediaJob, run: (payload) => removeMedia(platform, payload) },
    {
      definition: resumeErasuresJob,
      run: async () => `${await resumeErasures(platform)} taken up`,
    },
    { definition: eraseLeadJob, run: (payload, { signal }) => takeLead(platform, payload, signal) },
  ];
}
