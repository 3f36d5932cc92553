// Reads what waits in the inbox in our words. A body that cannot be read fails alone; a kind that nobody reads is ignored.
import { type CarrierEvent, type InboxRow, translate } from '#platform/carrier/index.ts';
import type { Log } from '#platform/log/index.ts';

export interface ReadInbox {
  told: CarrierEvent[];
  ignored: string[];
  failed: { id: string; error: string }[];
}

/** Translates stored webhooks; the order stays. */
export function readInbox(rows: readonly InboxRow[], log: Log): ReadInbox {
  const result: ReadInbox = { told: [], ignored: [], failed: [] };
  for (const row of rows) {
    try {
      const event = translate(row.body);
      if (event) result.told.push(event);
      else result.ignored.push(row.id);
    } catch (err) {
      log.error({ err, eventId: row.id, kind: row.kind }, 'a carrier event cannot be read');
      result.failed.push({ id: row.id, error: String(err) });
    }
  }
  return result;
}
