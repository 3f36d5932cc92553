// Writes the file of an export, so that it never stands in memory; a try that is cut off leaves nothing, and the next one
// begins anew. What it holds is what its maker may still read by then.
import { currentRights, may, scopesOfVerbs } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Viewer } from '#values/viewer.ts';
import { exportReady, exportSubject } from './events.ts';
import { exportKey, exportPrefix } from './export-link.ts';
import { READS } from './rights.ts';
import { type ExportRow, noteProgress, readExport, settleFailed, settleReady } from './store.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'storage'>;
export interface ExportId {
  accountId: string;
  exportId: string;
}
type Failure = 'RIGHTS_LOST' | 'LEAD_GONE' | 'INTERNAL_ERROR';

/** Thrown while a file is written: it will not come. */
export class ExportImpossible extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(`The export will not come: ${failure}.`);
    this.failure = failure;
  }
}

/**
 * Writes the file of an export.
 * @param contents makes what stands in it, for its maker as they are now; calls `written` with how many more rows are done
 * @returns gone, already-done, rights-lost, lead-gone, expired or ready
 */
export async function writeFile(
  needs: Needs,
  { accountId, exportId }: ExportId,
  contents: (
    viewer: Viewer,
    row: ExportRow,
    written: (rows: number) => Promise<void>,
  ) => AsyncIterable<Uint8Array>,
): Promise<string> {
  const { db, storage, clock } = needs;
  const row = await readExport(db.prisma, accountId, exportId);
  if (!row) return 'gone';
  if (row.state === 'READY') return 'already-done';
  if (row.state !== 'PENDING' && row.state !== 'RUNNING') {
    // a try that was cut off may have left its file
    await storage.removeAll(exportPrefix(row));
    return 'already-done';
  }
  const give = async ({ failure }: ExportImpossible) => {
    await failExport(needs, { accountId, exportId }, failure);
    return failure.toLowerCase().replace('_', '-');
  };
  const needed = ['exports.create' as const, ...READS[row.kind]];
  const viewer = await currentRights(needs, {
    accountId,
    actor: row.requestedBy,
    scopes: [...row.scopes, ...scopesOfVerbs(needed)],
    companyIds: row.companyIds,
  });
  if (!viewer || !needed.every((verb) => may(viewer, verb))) {
    return give(new ExportImpossible('RIGHTS_LOST'));
  }
  await storage.removeAll(exportPrefix(row));
  let rowCount = 0;
  const pages = contents(viewer, row, async (rows) => {
    rowCount += rows;
    await noteProgress(db.prisma, accountId, exportId, rowCount);
  });
  const file = await storage.put(exportKey(row), pages).catch((thrown: unknown) => {
    if (thrown instanceof ExportImpossible) return thrown;
    throw thrown;
  });
  if (file instanceof ExportImpossible) return give(file);
  const { sizeBytes, sha256 } = file;
  const isReady = await db.transaction(async (tx) => {
    await needs.events.lock(tx, accountId, [exportSubject(exportId)]);
    const readyAt = clock.now(accountId);
    const whole = { rowCount, sizeBytes, sha256, readyAt };
    if (!(await settleReady(tx, accountId, exportId, whole))) return false;
    const [company, ...others] = row.allCompanies ? [] : row.companyIds;
    await needs.events.append(tx, accountId, [
      {
        definition: exportReady,
        companyId: others.length === 0 ? (company ?? null) : null,
        subject: exportSubject(exportId),
        subjectVersion: 1,
        occurredAt: readyAt,
        payload: { exportId },
      },
    ]);
    return true;
  });
  if (isReady) return 'ready';
  // another try, whose time was thought to be over, was done first: the file is now ours, and as whole
  if ((await readExport(db.prisma, accountId, exportId))?.state === 'READY') return 'already-done';
  // its time ended meanwhile: something that stands in it was erased
  await storage.removeAll(exportPrefix(row));
  return 'expired';
}

/** Notes that an export will not come, and removes what was written of it. Nothing happens when it was settled before. */
export async function failExport(
  { db, storage }: Pick<Needs, 'db' | 'storage'>,
  { accountId, exportId }: ExportId,
  failure: Failure,
): Promise<void> {
  if (!(await settleFailed(db.prisma, accountId, exportId, failure))) return;
  await storage.removeAll(exportPrefix({ accountId, id: exportId }));
}
