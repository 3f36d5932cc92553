// Who does this domain's jobs.
import { type ExportId, failExport } from '#domains/reports/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { eraseLeadJob, exportLeadJob, removeErasedMediaJob, resumeErasuresJob } from './jobs.ts';
import { writeLeadExport } from './lead-file/write-lead-export.ts';
import { type ErasureKey, removeMedia } from './remove-media.ts';
import { resumeErasures } from './resume-erasures.ts';
import { type LeadErasureKey, takeLead } from './take-lead.ts';

type Needs = Pick<
  Platform,
  | 'db'
  | 'events'
  | 'clock'
  | 'jobs'
  | 'storage'
  | 'carriers'
  | 'search'
  | 'searchCopy'
  | 'secrets'
  | 'publicUrl'
>;

/** Who does this domain's jobs. Outcomes: gone, already-done, completed; how many were taken up; erased; those of writeLeadExport, failed. */
export function erasuresJobHandlers(
  platform: Needs,
): [
  JobHandler<ErasureKey>,
  JobHandler<Record<string, never>>,
  JobHandler<LeadErasureKey>,
  JobHandler<ExportId>,
] {
  return [
    { definition: removeErasedMediaJob, run: (payload) => removeMedia(platform, payload) },
    {
      definition: resumeErasuresJob,
      run: async () => `${await resumeErasures(platform)} taken up`,
    },
    {
      definition: eraseLeadJob,
      concurrency: 2,
      onePerAccount: true,
      run: (payload, { signal }) => takeLead(platform, payload, signal),
    },
    {
      definition: exportLeadJob,
      concurrency: 2,
      onePerAccount: true,
      run: (payload, { signal }) => writeLeadExport(platform, payload, signal),
      async giveUp(payload) {
        await failExport(platform, payload, 'INTERNAL_ERROR');
        return 'failed';
      },
    },
  ];
}
