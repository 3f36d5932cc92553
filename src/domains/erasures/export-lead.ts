// All that is kept of a person as one file: asked for here, written by a job.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import { leadSubject, readTree, refuseErasing, refuseMerged } from '#domains/leads/index.ts';
import { askForFile, EXPORT_READS, type ExportRow, readExport } from '#domains/reports/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { exportLeadJob } from './jobs.ts';

const shape = z.object({ leadId: z.uuid(), idempotencyKey: z.string().nullish() });

/**
 * Asks for a file of all that is kept of a lead and of those that were merged into it.
 * @returns the export, PENDING. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, WRONG_STATE (it was merged into
 *   another, or is being erased), LIMIT_REACHED, IDEMPOTENCY_KEY_CONFLICT.
 */
export async function exportLead(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'jobs'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<ExportRow> {
  for (const verb of ['exports.create' as const, ...EXPORT_READS.LEAD]) authorize(viewer, verb);
  const { leadId, idempotencyKey } = parseInput(shape, request);
  const { accountId } = viewer;
  return once(
    platform,
    viewer,
    { mutation: 'exportLead', key: idempotencyKey, request: { leadId } },
    async (tx) => {
      // an erasure that begins meanwhile finds the export and ends it
      await platform.events.lock(tx, accountId, [leadSubject(leadId)]);
      const lead = (await readTree(tx, accountId, leadId)).find(({ id }) => id === leadId);
      if (!lead || !seesCompany(viewer, lead.companyId)) throw notFound('leadId', 'Lead');
      refuseMerged(lead, 'leadId');
      refuseErasing(lead, 'leadId');
      const row = await askForFile(
        tx,
        platform,
        viewer,
        {
          ...{ kind: 'LEAD', format: 'JSON', wish: { leadId } },
          ...{ companyIds: [lead.companyId], allCompanies: false },
        },
        exportLeadJob,
      );
      await audit(tx, viewer, platform.clock, {
        action: 'exportLead',
        subject: leadSubject(leadId),
        after: { exportId: row.id },
      });
      return row;
    },
    answerById('Export', (tx, id) => readExport(tx, accountId, id)),
  );
}
