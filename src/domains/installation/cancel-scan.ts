// Ends a scan that is not over. What was read stays; the job notices before its next page.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { scanSubject, siteScanEnded, tellScan } from './events.ts';
import { readScan, type ScanRow, writeScan } from './store.ts';

const shape = z.object({ siteScanId: z.uuid() });

/** Whether a scan still goes on. */
export function isUnderWay({ state }: Pick<ScanRow, 'state'>): boolean {
  return state === 'WAITING' || state === 'RUNNING';
}

/**
 * Cancels a scan; one that is over stays as it is.
 * @throws Forbidden; Refused NOT_FOUND
 */
export async function cancelScan(
  platform: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<ScanRow> {
  authorize(viewer, 'sites.scan');
  const { siteScanId } = parseInput(shape, request);
  const { db, events, clock } = platform;
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [scanSubject(siteScanId)]);
    const scan = await readScan(tx, accountId, siteScanId);
    if (!scan || !seesCompany(viewer, scan.companyId)) throw notFound('siteScanId', 'SiteScan');
    if (!isUnderWay(scan)) return scan;
    const endedAt = clock.now(accountId);
    const ended = { state: 'CANCELLED', endedAt } as const;
    const cancelled = await writeScan(tx, { accountId, scanId: siteScanId }, ended);
    await audit(tx, viewer, clock, { action: 'cancelSiteScan', subject: scanSubject(siteScanId) });
    await tellScan(platform, tx, cancelled, siteScanEnded, endedAt);
    return cancelled;
  });
}
