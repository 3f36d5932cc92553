// Writes the file of an export, page by page, so that it never stands in memory; a try that is cut off leaves nothing, and
// the next one begins anew. What it holds is what its maker may still read by then.
import { currentRights, may } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Viewer } from '#values/viewer.ts';
import { type Days, momentsOf } from '../period.ts';
import { exportReady, exportSubject } from './events.ts';
import { exportKey, exportPrefix } from './export-link.ts';
import { formatLines, headerOf } from './format-rows.ts';
import { NEEDED, READS } from './rights.ts';
import { type Place, SHEETS } from './sheets.ts';
import { type ExportRow, noteProgress, readExport, settleFailed, settleReady } from './store.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'storage'>;
export interface ExportId {
  accountId: string;
  exportId: string;
}

const PAGE = 500;

/**
 * Writes an export.
 * @param signal throws at the next page once it has aborted
 * @param pageSize things that are read at once
 * @returns gone, already-done, rights-lost, expired or ready
 */
export async function writeExport(
  needs: Needs,
  { accountId, exportId }: ExportId,
  signal: AbortSignal,
  pageSize = PAGE,
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
  const viewer = await currentRights(needs, {
    accountId,
    actor: row.requestedBy,
    scopes: [...row.scopes, 'reports:read', ...NEEDED[row.kind]],
    companyIds: row.companyIds,
  });
  const needed = ['exports.create' as const, ...READS[row.kind]];
  if (!viewer || !needed.every((verb) => may(viewer, verb))) {
    await failExport(needs, { accountId, exportId }, 'RIGHTS_LOST');
    return 'rights-lost';
  }
  await storage.removeAll(exportPrefix(row));
  let rowCount = 0;
  const pages = pagesOf(needs, viewer, row, { signal, limit: pageSize }, async (lines) => {
    rowCount += lines;
    await noteProgress(db.prisma, accountId, exportId, rowCount);
  });
  const { sizeBytes, sha256 } = await storage.put(exportKey(row), pages);
  const isReady = await db.transaction(async (tx) => {
    await needs.events.lock(tx, accountId, [exportSubject(exportId)]);
    const readyAt = clock.now(accountId);
    const file = { rowCount, sizeBytes, sha256, readyAt };
    if (!(await settleReady(tx, accountId, exportId, file))) return false;
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
  failure: 'RIGHTS_LOST' | 'INTERNAL_ERROR',
): Promise<void> {
  if (!(await settleFailed(db.prisma, accountId, exportId, failure))) return;
  await storage.removeAll(exportPrefix({ accountId, id: exportId }));
}

async function* pagesOf(
  { db }: Needs,
  viewer: Viewer,
  row: ExportRow,
  { signal, limit }: { signal: AbortSignal; limit: number },
  written: (lines: number) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const { columns, read } = SHEETS[row.kind];
  const [from = 0, before = 0] = momentsOf(row.wish as unknown as Days, 'ALL');
  yield Buffer.from(headerOf(row.format, columns));
  for (const companyId of viewer.companyIds ?? row.companyIds) {
    let after: Place | null = null;
    do {
      signal.throwIfAborted();
      const moments = { from: new Date(from), before: new Date(before) };
      const page = await read(db, viewer, { companyId, ...moments, after, limit });
      yield Buffer.from(formatLines(row.format, columns, page.lines));
      await written(page.lines.length);
      after = page.reached;
    } while (after);
  }
}
