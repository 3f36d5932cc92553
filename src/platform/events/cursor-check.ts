// Is a client's cursor still a place in this log? Never a silent skip: a place that is gone or not yet reached is refused.
import type { Pool } from 'pg';
import { comparePositions, type Position } from '#values/cursor.ts';

const REASONS = {
  TOO_OLD: 'the events behind it are no longer kept',
  HISTORY_LOST: 'it saw events that a restore or failover of the database has lost',
  AHEAD:
    'it is ahead of the event log, which was restored to an earlier state, or it is another server’s',
} as const;

/** A cursor that cannot be resumed without a gap, with the reason: the reader must fetch the state anew. */
export class CursorExpired extends Error {
  readonly reason: keyof typeof REASONS;

  constructor(reason: keyof typeof REASONS) {
    super(
      `This cursor cannot be resumed: ${REASONS[reason]}. Fetch the current state, then subscribe without a cursor; a list of events is read anew without one.`,
    );
    this.name = 'CursorExpired';
    this.reason = reason;
  }
}

/** How far the log can be read at one moment, and where what is kept begins. */
export interface Edge {
  epoch: number;
  /** every transaction of this epoch below this id is finished */
  xmin: bigint;
  /** the last position that retention dropped */
  dropped: Position | null;
}

/**
 * Judges a position against the edge of the same moment.
 * @throws CursorExpired TOO_OLD, AHEAD
 */
export function judgePosition(position: Position, edge: Edge): void {
  if (edge.dropped && comparePositions(position, edge.dropped) < 0)
    throw new CursorExpired('TOO_OLD');
  if (position.epoch > edge.epoch) throw new CursorExpired('AHEAD');
  if (position.epoch === edge.epoch && position.xid >= edge.xmin) throw new CursorExpired('AHEAD');
}

// A life of the database that ended may have lost its last events: a cursor past what survived saw a future that never
// was.
const SURVIVED = `
  select exists (select from event where epoch = $1::int and (xid, seq) >= ($2::bigint, $3::bigint))
      or exists (select from event_retention
                  where (epoch, xid, seq) >= ($1::int, $2::bigint, $3::bigint)) as survived`;

/**
 * Judges a position of an earlier epoch by what that epoch left behind.
 * @throws CursorExpired HISTORY_LOST
 */
export async function judgeEarlierEpoch(pool: Pool, position: Position): Promise<void> {
  const { rows } = await pool.query<{ survived: boolean }>(SURVIVED, [
    position.epoch,
    position.xid,
    position.seq,
  ]);
  // xid 0 stands for the beginning of an epoch that had no event yet
  if (!rows[0]?.survived && position.xid > 0n) throw new CursorExpired('HISTORY_LOST');
}
