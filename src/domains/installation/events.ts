// What this domain announces.
import { z } from 'zod';
import type { Tx } from '#platform/db/index.ts';
import { defineEvent, type EventLog, type NewEvent } from '#platform/events/index.ts';
import type { ScanRow } from './store.ts';

const shape = { siteScanId: z.uuid() };

/** Somebody looks at the pages of a website. */
export const siteScanStarted = defineEvent('site.scan_started', shape);

/** The look is over: done, failed or cancelled. */
export const siteScanEnded = defineEvent('site.scan_ended', shape);

/** The subject of a scan's events, and the lock under which it changes. */
export function scanSubject(scanId: string): string {
  return `siteScan:${scanId}`;
}

/** The subject to lock before a scan of a company's website begins: there is one at a time. */
export function scansSubject(companyId: string): string {
  return `siteScans:${companyId}`;
}

/** Announces what a scan has become. */
export function tellScan(
  { events }: { events: EventLog },
  tx: Tx,
  { accountId, companyId, id, version }: ScanRow,
  definition: typeof siteScanStarted,
  occurredAt: Date,
): Promise<void> {
  const event: NewEvent = {
    definition,
    companyId,
    subject: scanSubject(id),
    subjectVersion: version,
    occurredAt,
    payload: { siteScanId: id },
  };
  return events.append(tx, accountId, [event]);
}
