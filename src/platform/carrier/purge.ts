// Drops what crossed the wire to the carrier and is long settled: webhooks with callers' numbers in them, and commands.
// What failed stays until an operator has it stepped again; what waits stays until it is settled.
import type { Pool } from 'pg';

/** longer than the carrier repeats a webhook or keeps its own log, and than an operator needs to look back */
const KEPT_MS = 30 * 24 * 3_600_000;
// the event tail waits for the oldest writing transaction, so each statement stays small
const CHUNK = 1_000;

const DROPS = [
  `delete from carrier_event where ctid = any(array(
     select ctid from carrier_event where received_at < $1 and state in ('DONE', 'IGNORED')
      order by received_at limit $2))`,
  `delete from carrier_command where ctid = any(array(
     select ctid from carrier_command where created_at < $1 and state <> 'WAITING' order by created_at limit $2))`,
];

/**
 * Drops settled webhooks and commands that are older than 30 days, in chunks of 1,000.
 * @param now the server's time
 * @returns how many rows were dropped
 */
export async function purgeCarrierTables({ pool }: { pool: Pool }, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS).toISOString();
  let total = 0;
  for (const drop of DROPS) {
    let dropped: number;
    do {
      dropped = (await pool.query(drop, [before, CHUNK])).rowCount ?? 0;
      total += dropped;
    } while (dropped === CHUNK);
  }
  return total;
}
