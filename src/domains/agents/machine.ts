// An agent's presence: one device holds it at a time, by a lease that it renews (L01). Whoever says nothing for 45 s is
// away, and the seat is free.
import type { AgentPresence } from '#generated/prisma/enums.ts';

/** A lease ends so long after its last heartbeat; at exactly its end the seat is free. */
export const LEASE_MS = 45_000;
/** how often a device has to be heard */
export const HEARTBEAT_SECONDS = 15;

/** What is stored of a seat's presence. */
export interface Seat {
  presence: AgentPresence;
  awayReason: string | null;
  /** when the presence became so */
  presenceAt: Date;
  leaseId: string | null;
  /** names the device that holds the lease, in its own words */
  deviceId: string | null;
  /** when it was last heard */
  seenAt: Date | null;
}

/** Whether a device holds the seat at a moment. */
export function isHeld({ leaseId, seenAt }: Seat, now: Date): boolean {
  return leaseId !== null && seenAt !== null && now.getTime() - seenAt.getTime() < LEASE_MS;
}

/** When the lease ends unless it is renewed; null when there is none. */
export function endOfLease({ leaseId, seenAt }: Seat): Date | null {
  return leaseId && seenAt ? new Date(seenAt.getTime() + LEASE_MS) : null;
}

/** The presence that others see. */
export function presenceOf(seat: Seat, now: Date): AgentPresence {
  return isHeld(seat, now) ? seat.presence : 'OFFLINE';
}

/** Why a presence changed. */
export type PresenceReason = 'CLAIMED' | 'TAKEN_OVER' | 'SET' | 'LEFT' | 'EXPIRED' | 'SEAT_REMOVED';

/** How a device may have come to hold the seat. */
export type Claim =
  | { refused: 'SEAT_IN_USE'; retryAt: Date | null }
  /** replacedLeaseId: of the device, or the page, that held it until now */
  | { seat: Seat; reason: 'CLAIMED' | 'TAKEN_OVER'; replacedLeaseId: string | null };

/**
 * A device takes the seat. One that another holds is taken over while that is idle, not while it is BUSY. The same device
 * again, a page that was loaded anew, goes on with the presence that it had.
 */
export function claimSeat(seat: Seat, now: Date, by: { leaseId: string; deviceId: string }): Claim {
  const held = isHeld(seat, now);
  const isSame = seat.deviceId === by.deviceId;
  if (held && !isSame && seat.presence === 'BUSY') {
    return { refused: 'SEAT_IN_USE', retryAt: endOfLease(seat) };
  }
  const begun: Seat = { ...seat, presence: 'AVAILABLE', awayReason: null, presenceAt: now };
  return {
    seat: { ...(held && isSame ? seat : begun), ...by, seenAt: now },
    reason: held ? 'TAKEN_OVER' : 'CLAIMED',
    replacedLeaseId: held ? seat.leaseId : null,
  };
}

/** Why a lease is good for nothing: another device has taken the seat, or it has run out. Null when it is good. */
export function faultOfLease(
  seat: Seat,
  now: Date,
  leaseId: string,
): 'SEAT_IN_USE' | 'RUN_OUT' | null {
  if (!isHeld(seat, now)) return 'RUN_OUT';
  return seat.leaseId === leaseId ? null : 'SEAT_IN_USE';
}

/** The seat after its device has left, was lost, or the seat was taken away. */
export function leaveSeat(seat: Seat, now: Date): Seat {
  const presenceAt = seat.presence === 'OFFLINE' ? seat.presenceAt : now;
  return {
    ...{ presence: 'OFFLINE', awayReason: null, presenceAt },
    ...{ leaseId: null, deviceId: null, seenAt: null },
  };
}

/** The seat in another presence; its device was heard now. */
export function setSeat(
  seat: Seat,
  now: Date,
  to: { presence: AgentPresence; awayReason: string | null },
): Seat {
  return { ...seat, ...to, presenceAt: now, seenAt: now };
}
