// A device takes its person's seat, and keeps it by heartbeats: one live presence a person (L01).
import { z } from 'zod';
import { authorize } from '#domains/accounts/index.ts';
import { newId } from '#platform/ids/index.ts';
import { parseInput } from '#values/parse-input.ts';
import { policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { changeSeat, holdOwnSeat, requireLease, type SeatNeeds } from './change-seat.ts';
import { claimSeat } from './machine.ts';
import { type AgentRow, touchSeat } from './store.ts';

const MAX_DEVICE = 100;
const error = `deviceId takes 1 to ${MAX_DEVICE} characters: a random UUID that the device keeps serves well.`;

const claimShape = z.object({ deviceId: z.string().trim().min(1, error).max(MAX_DEVICE, error) });

/**
 * Takes the asking person's seat for a device, and appends agent.presence_changed. Another device that is idle loses it
 * and is told.
 * @param request.deviceId the same for all pages of one device
 * @returns the agent with its new lease. Throws Forbidden, also to keys; Refused INVALID_INPUT, WRONG_STATE without a
 *   seat, SEAT_IN_USE while another device is BUSY.
 */
export async function claimPresence(
  platform: SeatNeeds,
  viewer: Viewer,
  request: z.input<typeof claimShape>,
): Promise<AgentRow> {
  authorize(viewer, 'agents.present');
  const { deviceId } = parseInput(claimShape, request);
  return platform.db.transaction(async (tx) => {
    const row = await holdOwnSeat(tx, platform, viewer);
    const now = platform.clock.now(viewer.accountId);
    const claim = claimSeat(row, now, { leaseId: newId(), deviceId });
    if ('refused' in claim) {
      const message = 'You are busy on another device. Finish there, or wait until it is gone.';
      throw policyRefused('SEAT_IN_USE', message, {
        figures: { limit: 1, current: 1, ...(claim.retryAt && { retryAt: claim.retryAt }) },
      });
    }
    return changeSeat(tx, platform, row, claim);
  });
}

const keepShape = z.object({ leaseId: z.uuid() });

/**
 * The heartbeat of a device, every 15 s.
 * @returns the agent with its lease renewed. Throws Forbidden; Refused INVALID_INPUT, WRONG_STATE when the lease has run
 *   out, SEAT_IN_USE when another device has taken the seat.
 */
export async function renewPresence(
  platform: SeatNeeds,
  viewer: Viewer,
  request: z.input<typeof keepShape>,
): Promise<AgentRow> {
  authorize(viewer, 'agents.present');
  const { leaseId } = parseInput(keepShape, request);
  return platform.db.transaction(async (tx) => {
    const row = await holdOwnSeat(tx, platform, viewer);
    const now = platform.clock.now(viewer.accountId);
    requireLease(row, now, leaseId);
    return touchSeat(tx, viewer.accountId, row.id, now);
  });
}
