// An export is asked for: what it is to hold is written down with the rights of who asks, and a worker writes it.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import type { ExportKind } from '#generated/prisma/enums.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { writeExportJob } from '../jobs.ts';
import { readScope } from '../scope.ts';
import { askForFile } from './ask-for-file.ts';
import { exportSubject } from './events.ts';
import { READS } from './rights.ts';
import { type ExportRow, readExport } from './store.ts';

const shape = z.object({
  kind: z.enum(Object.keys(READS) as [ExportKind]),
  format: z.enum(['CSV', 'JSONL', 'JSON']),
  companyIds: z.array(z.uuid()).nullish(),
  range: z.object({ from: z.string(), to: z.string(), timeZone: z.string().nullish() }),
  idempotencyKey: z.string().nullish(),
});

/**
 * Asks for an export of what began, or of leads that came, on these days.
 * @returns it, PENDING. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND (companyIds), LIMIT_REACHED,
 *   IDEMPOTENCY_KEY_CONFLICT.
 */
export async function createExport(
  platform: Pick<Platform, 'db' | 'clock' | 'jobs'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<ExportRow> {
  authorize(viewer, 'exports.create');
  const { kind, format, companyIds: asked, range, idempotencyKey } = parseInput(shape, request);
  for (const verb of READS[kind]) authorize(viewer, verb);
  if (kind === 'LEAD' || format === 'JSON') {
    const field = kind === 'LEAD' ? 'kind' : 'format';
    throw invalidInput(field, 'A person’s document, of kind LEAD in JSON, is made by exportLead.');
  }
  const { db, clock } = platform;
  const { accountId } = viewer;
  const { companyIds, days } = await readScope(db, viewer, { companyIds: asked, range });
  if (asked && companyIds.length !== new Set(asked).size) throw notFound('companyIds', 'Company');
  if (companyIds.length === 0) {
    throw invalidInput(
      'companyIds',
      'companyIds takes at least one company; leave it out for all.',
    );
  }
  const { idempotencyKey: _, ...stable } = request;
  return once(
    platform,
    viewer,
    { mutation: 'createExport', key: idempotencyKey, request: stable },
    async (tx) => {
      const row = await askForFile(
        tx,
        platform,
        viewer,
        {
          ...{ kind, format, companyIds, wish: { ...days } },
          allCompanies: viewer.companyIds === null && !asked,
        },
        writeExportJob,
      );
      await audit(tx, viewer, clock, {
        action: 'createExport',
        subject: exportSubject(row.id),
        after: { kind, format, ...days },
      });
      return row;
    },
    answerById('Export', (tx, id) => readExport(tx, accountId, id)),
  );
}
