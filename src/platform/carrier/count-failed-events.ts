// How many of the carrier's events wait for an operator.
import type { Pool } from 'pg';

const MOST_COUNTED = 1_000;

/** The events that are FAILED, over all accounts; 1000 for as many or more. */
export async function countFailedEvents(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>({
    name: 'carrier-events-failed',
    text: `select count(*)::int as count
             from (select from carrier_event where state = 'FAILED' limit $1) failed`,
    values: [MOST_COUNTED],
  });
  return rows[0]?.count ?? 0;
}
