// What exports announce.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';

/** The file of an export can be fetched. */
export const exportReady = defineEvent('export.ready', { exportId: z.uuid() });

/** The subject of an export's event, and the lock under which it is settled. */
export function exportSubject(exportId: string): string {
  return `export:${exportId}`;
}
