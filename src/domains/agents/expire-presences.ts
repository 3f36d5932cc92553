// Devices that were lost: who has said nothing for 45 s is OFFLINE, and that is told. What is read knows it at once; this
// only brings the event, within about a minute.
import { workOff } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { changeSeat } from './change-seat.ts';
import { agentSubject } from './events.ts';
import { isHeld, LEASE_MS, leaveSeat } from './machine.ts';
import { findLostAgents, readAgentRow } from './store.ts';

/** of one minute, the longest silent first */
const AGENTS_AT_ONCE = 1_000;

/**
 * Settles every lease that has run out, by each account's own time, and appends agent.presence_changed.
 * @param signal throws before the next one once it has aborted; the next run goes on
 * @returns how many. Throws after all others when one has failed
 */
export async function expirePresences(
  { db, events, clock, log }: Pick<Platform, 'db' | 'events' | 'clock' | 'log'>,
  signal: AbortSignal,
): Promise<number> {
  // this spans accounts, so it reads the server's time
  const before = new Date(clock.now('').getTime() - LEASE_MS);
  const lost = await findLostAgents(db.prisma, before, AGENTS_AT_ONCE);
  return workOff(lost, { log, signal }, ({ accountId, id }) =>
    db.transaction(async (tx) => {
      await events.lock(tx, accountId, [agentSubject(id)]);
      const row = await readAgentRow(tx, accountId, id);
      const now = clock.now(accountId);
      if (!row?.leaseId || isHeld(row, now)) return 0;
      await changeSeat(tx, { events, clock }, row, {
        seat: leaveSeat(row, now),
        reason: 'EXPIRED',
      });
      return 1;
    }),
  );
}
