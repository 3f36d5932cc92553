// Webhooks that never reached us: the carrier gives up after a few tries, so after an outage its own log is asked, and
// what the inbox does not have is stored as if it had come by the door.
import type { Pool } from 'pg';
import type { CarrierInbox } from './inbox.ts';
import type { Carrier } from './port.ts';
import { readHead, type WebhookHead } from './telnyx-events.ts';

/** the carrier keeps its log for a day */
const LONGEST_MS = 24 * 3_600_000;
/** the log may be written a little after the event, and its clock may differ from ours */
const OVERLAP_MS = 5 * 60_000;

/**
 * Asks an account's carrier which webhooks it wrote since the last time, and stores those that are missing; the sweeper
 * steps them. Running twice, or beside another process, stores each once.
 * @param now business time
 * @returns how many were missing. Throws CarrierUnreachable, CarrierRefused: the next run begins where this one did
 */
export async function catchUp(
  { pool, inbox }: { pool: Pool; inbox: CarrierInbox },
  carrier: Carrier,
  accountId: string,
  now: Date,
): Promise<number> {
  const { rows } = await pool.query<{ heard_to: Date }>(
    'select heard_to from carrier_catch_up where account_id = $1',
    [accountId],
  );
  const earliest = now.getTime() - LONGEST_MS;
  const since = new Date(Math.max(earliest, (rows[0]?.heard_to.getTime() ?? 0) - OVERLAP_MS));
  let missing = 0;
  for (const log of [carrier.sentWebhooks(since), carrier.lostTextWebhooks(since)]) {
    for await (const body of log) {
      const head = headOf(body);
      if (head && (await inbox.store(accountId, head, JSON.stringify(body), now))) missing += 1;
    }
  }
  await pool.query(
    `insert into carrier_catch_up (account_id, heard_to) values ($1, $2)
     on conflict (account_id) do update set heard_to = greatest(carrier_catch_up.heard_to, excluded.heard_to)`,
    [accountId, now.toISOString()],
  );
  return missing;
}

/** Null for a line of the log that is no webhook of ours. */
function headOf(body: unknown): WebhookHead | null {
  try {
    return readHead(body);
  } catch {
    return null;
  }
}
