// The job of a replay: makes the deliveries of an endpoint due again, piece by piece.
import type { Platform } from '#platform/platform.ts';
import { holdEndpoints, refreshDue } from './store.ts';
import { type Replay, type ReplayPlace, readReplayable, replayDeliveries } from './store-log.ts';

// the event tail waits for the oldest writing transaction, so each one stays small
const CHUNK = 1_000;

/**
 * Does the job of a replay, 1,000 deliveries to a transaction. Done twice it does nothing more: what was replayed since
 * the request is left.
 * @param signal throws at the next chunk once it has aborted; the next run goes on
 * @returns how many it made due
 */
export async function runReplay(
  { db }: Pick<Platform, 'db'>,
  replay: Replay,
  signal: AbortSignal,
): Promise<number> {
  const { accountId, endpointId, requestedAt } = replay;
  let total = 0;
  let after: ReplayPlace | null = null;
  for (;;) {
    signal.throwIfAborted();
    const next: ReplayPlace[] = await readReplayable(db.prisma, replay, after, CHUNK);
    const ids = next.map(({ id }) => id);
    total += await db.transaction(async (tx) => {
      const held = await holdEndpoints(tx, accountId, [endpointId]);
      const count = await replayDeliveries(tx, accountId, ids, requestedAt);
      await refreshDue(tx, accountId, held);
      return count;
    });
    after = next.at(-1) ?? null;
    if (next.length < CHUNK) return total;
  }
}
