// This domain's job: fields that a company no longer wants are taken out of the forms that it has.
import { z } from 'zod';
import { defineJob, type JobHandler } from '#platform/jobs/index.ts';
import { type RemovalNeeds, removeIgnoredFields } from './remove-ignored-fields.ts';

const payload = z.object({ accountId: z.uuid(), companyId: z.uuid(), version: z.int() });

/** `version` is that of the settings which began it. */
export const removeIgnoredFieldsJob = defineJob({
  name: 'forms.remove-ignored-fields',
  payload,
  retryLimit: 12,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 3_600,
});

/** The worker's side of `forms.remove-ignored-fields`. The outcome tells how many forms were changed. */
export function removeIgnoredFieldsHandler(
  platform: RemovalNeeds,
): JobHandler<z.output<typeof payload>> {
  return {
    definition: removeIgnoredFieldsJob,
    async run(asked, { signal }) {
      return `changed ${await removeIgnoredFields(platform, asked, signal)}`;
    },
  };
}
