// Writes down what an export is to hold and who asked, within the bounds of an account, and starts the job that writes it.

import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { JobDefinition } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { policyRefused } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { holdCount } from '../store.ts';
import { tellingScopes } from './rights.ts';
import { countUnfinished, type ExportRow, insertExport, readKept } from './store.ts';

export const KEPT_DAYS = 7;
/** being written or waiting at once, in an account */
export const MOST_UNFINISHED = 10;
/** files of an account at once */
export const MOST_KEPT = 200;
const DAY_MS = 86_400_000;

/** What is asked for: of which companies, and what else its writer must know, free of personal data. */
export type ExportWish = Pick<ExportRow, 'kind' | 'format' | 'companyIds' | 'allCompanies'> & {
  wish: Record<string, string>;
};

/**
 * Asks for an export's file.
 * @param job who writes it
 * @returns it, PENDING. Throws Refused LIMIT_REACHED.
 */
export async function askForFile(
  tx: Tx,
  { clock, jobs }: Pick<Platform, 'clock' | 'jobs'>,
  viewer: Viewer,
  wished: ExportWish,
  job: JobDefinition<{ accountId: string; exportId: string }>,
): Promise<ExportRow> {
  const { accountId } = viewer;
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
    ...{ accountId, id: newId(), ...wished },
    requestedBy: nameActor(viewer.actor),
    scopes: viewer.scopes.filter((scope) => tellingScopes(wished.kind).includes(scope)),
    requestedAt: now,
    expiresAt: new Date(now.getTime() + KEPT_DAYS * DAY_MS),
  });
  const { id: exportId } = row;
  await jobs.enqueue(tx, job, { accountId, exportId }, { singletonKey: exportId });
  return row;
}
