// An export is asked for: what it is to hold is written down with the rights of who asks, and a worker writes it.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import type { ExportKind } from '#generated/prisma/enums.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, notFound, policyRefused } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { writeExportJob } from '../jobs.ts';
import { readScope } from '../scope.ts';
import { holdCount } from '../store.ts';
import { READS, tellingScopes } from './rights.ts';
import { countUnfinished, type ExportRow, insertExport, readExport, readKept } from './store.ts';

export const KEPT_DAYS = 7;
/** being written or waiting at once, in an account */
export const MOST_UNFINISHED = 10;
/** files of an account at once */
export const MOST_KEPT = 200;
const DAY_MS = 86_400_000;

const shape = z.object({
  kind: z.enum(Object.keys(READS) as [ExportKind]),
  format: z.enum(['CSV', 'JSONL']),
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
  const { db, clock, jobs } = platform;
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
      // an erasure that is under way ends this export too; and two that are asked for at once count each other
      await holdCount(tx, accountId);
      const now = clock.now(accountId);
      const unfinished = await countUnfinished(tx, accountId, now);
      if (unfinished >= MOST_UNFINISHED) {
        const message = `${unfinished} exports are being written; at most ${MOST_UNFINISHED} may. Wait until one is ready.`;
        throw policyRefused('LIMIT_REACHED', message, {
          figures: { limit: MOST_UNFINISHED, current: unfinished },
        });
      }
      const kept = await readKept(tx, accountId, now);
      if (kept.until && kept.count + unfinished >= MOST_KEPT) {
        const message = `The files of ${kept.count} exports are kept; at most ${MOST_KEPT} are. The first of them goes at ${kept.until.toISOString()}.`;
        const current = kept.count + unfinished;
        throw policyRefused('LIMIT_REACHED', message, {
          figures: { limit: MOST_KEPT, current, retryAt: kept.until },
        });
      }
      const row = await insertExport(tx, {
        ...{ accountId, id: newId(), kind, format, companyIds, wish: { ...days } },
        allCompanies: viewer.companyIds === null && !asked,
        requestedBy: nameActor(viewer.actor),
        scopes: viewer.scopes.filter((scope) => tellingScopes(kind).includes(scope)),
        requestedAt: now,
        expiresAt: new Date(now.getTime() + KEPT_DAYS * DAY_MS),
      });
      const { id: exportId } = row;
      await jobs.enqueue(tx, writeExportJob, { accountId, exportId }, { singletonKey: exportId });
      await audit(tx, viewer, clock, {
        action: 'createExport',
        subject: `export:${exportId}`,
        after: { kind, format, ...days },
      });
      return row;
    },
    answerById('Export', (tx, id) => readExport(tx, accountId, id)),
  );
}
