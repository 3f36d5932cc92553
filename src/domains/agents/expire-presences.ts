// Devices that were lost: who has said nothing for 45 s is OFFLINE, and that is told. What is read knows it at once; this
// only brings the event, within about a minute.
import { listAccounts } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { changeSeat } from './change-seat.ts';
import { agentSubject } from './events.ts';
import { isHeld, LEASE_MS, leaveSeat } from './machine.ts';
import { findLostAgents, readAgentRow } from './store.ts';

/**
 * Settles every lease that has run out, by each account's own time, and appends agent.presence_changed.
 * @param signal throws before the next one once it has aborted; the next run goes on
 * @returns how many
 */
export async function expirePresences(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  signal: AbortSignal,
): Promise<number> {
  let expired = 0;
  for (const { id: accountId } of await listAccounts(db.prisma)) {
    const before = new Date(clock.now(accountId).getTime() - LEASE_MS);
    for (const { id } of await findLostAgents(db.prisma, accountId, before)) {
      signal.throwIfAborted();
      expired += await db.transaction(async (tx) => {
        await events.lock(tx, accountId, [agentSubject(id)]);
        const row = await readAgentRow(tx, accountId, id);
        const now = clock.now(accountId);
        if (!row?.leaseId || isHeld(row, now)) return 0;
        await changeSeat(tx, { events, clock }, row, {
          seat: leaveSeat(row, now),
          reason: 'EXPIRED',
        });
        return 1;
      });
    }
  }
  return expired;
}
