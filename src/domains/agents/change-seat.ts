// The presence of a seat changes: written and told in one transaction, and to whoever follows their own presence.
import { afterCommit, type Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { agentPresenceChanged, agentSubject } from './events.ts';
import { faultOfLease, type PresenceReason, type Seat } from './machine.ts';
import { tellOwn } from './own-presence.ts';
import { type AgentRow, readAgentRow, seatOf, writeAgent } from './store.ts';

export type SeatNeeds = Pick<Platform, 'db' | 'events' | 'clock'>;

/** The asking person's own seat, with its lock held. Throws Refused WRONG_STATE when they have none. */
export async function holdOwnSeat(
  tx: Tx,
  { events }: Pick<Platform, 'events'>,
  { accountId, actor }: Viewer,
): Promise<AgentRow> {
  const seat = await seatOf(tx, accountId, actor.id);
  if (seat) await events.lock(tx, accountId, [agentSubject(seat.id)]);
  const row = seat && (await readAgentRow(tx, accountId, seat.id));
  if (row) return row;
  throw policyRefused('WRONG_STATE', 'You have no seat. Ask an ADMIN to give you one: addAgent.');
}

/** Refuses a lease that holds the seat no more: SEAT_IN_USE after a take-over, WRONG_STATE when it has run out. */
export function requireLease(row: AgentRow, now: Date, leaseId: string): void {
  const fault = faultOfLease(row, now, leaseId);
  if (fault === null) return;
  const more = { field: 'leaseId' };
  if (fault === 'SEAT_IN_USE') {
    const message = 'Another device or page holds your seat now. Claim it again to take it over.';
    throw policyRefused('SEAT_IN_USE', message, more);
  }
  throw policyRefused('WRONG_STATE', 'This lease has run out. Claim your seat again.', more);
}

/**
 * Writes what a seat has become and appends agent.presence_changed. The caller holds `agentSubject(row.id)`.
 * @param change.replacedLeaseId of the device that lost the seat to another
 */
export async function changeSeat(
  tx: Tx,
  { events, clock }: Pick<Platform, 'events' | 'clock'>,
  row: AgentRow,
  change: {
    seat: Seat;
    reason: PresenceReason;
    replacedLeaseId?: string | null;
    removedAt?: Date | null;
  },
): Promise<AgentRow> {
  const { accountId, id: agentId } = row;
  const { reason, replacedLeaseId = null, removedAt = row.removedAt } = change;
  const { presence, awayReason, presenceAt, leaseId, deviceId, seenAt } = change.seat;
  const version = row.version + 1;
  const seat = { presence, awayReason, presenceAt, leaseId, deviceId, seenAt };
  const written = await writeAgent(tx, accountId, agentId, { ...seat, removedAt, version });
  await events.append(tx, accountId, [
    {
      definition: agentPresenceChanged,
      companyId: null,
      subject: agentSubject(agentId),
      subjectVersion: version,
      occurredAt: clock.now(accountId),
      payload: { agentId, presence, reason, replacedLeaseId },
    },
  ]);
  afterCommit(tx, () => tellOwn(events, { accountId, agentId, leaseId, presence, reason }));
  return written;
}
