// What an agent does at the moment, and their leaving.
import { z } from 'zod';
import { authorize } from '#domains/accounts/index.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { changeSeat, holdOwnSeat, requireLease, type SeatNeeds } from './change-seat.ts';
import { leaveSeat, setSeat } from './machine.ts';
import { type AgentRow, touchSeat } from './store.ts';

const MAX_REASON = 100;

const setShape = z.object({
  leaseId: z.uuid(),
  presence: z.enum(['AVAILABLE', 'BUSY', 'WRAP_UP', 'AWAY']),
  awayReason: z
    .string()
    .trim()
    .max(MAX_REASON, `awayReason takes at most ${MAX_REASON} characters.`)
    .nullish(),
});

/**
 * Says what the asking person does, from the device that holds their seat; it counts as a heartbeat. Appends
 * agent.presence_changed unless they did so already.
 * @param request.awayReason only with AWAY
 * @returns the agent. Throws Forbidden; Refused INVALID_INPUT, WRONG_STATE, SEAT_IN_USE.
 */
export async function setPresence(
  platform: SeatNeeds,
  viewer: Viewer,
  request: z.input<typeof setShape>,
): Promise<AgentRow> {
  authorize(viewer, 'agents.present');
  const { leaseId, presence, awayReason } = parseInput(setShape, request);
  if (awayReason && presence !== 'AWAY') {
    throw invalidInput('awayReason', 'awayReason goes with the presence AWAY only.');
  }
  return platform.db.transaction(async (tx) => {
    const row = await holdOwnSeat(tx, platform, viewer);
    const now = platform.clock.now(viewer.accountId);
    requireLease(row, now, leaseId);
    const to = { presence, awayReason: awayReason || null };
    if (row.presence === presence && row.awayReason === to.awayReason) {
      return touchSeat(tx, viewer.accountId, row.id, now);
    }
    const seat = setSeat(row, now, to);
    return changeSeat(tx, platform, row, { seat, reason: 'SET' });
  });
}

const leaveShape = z.object({ leaseId: z.uuid() });

/**
 * The device gives the seat up. Appends agent.presence_changed.
 * @returns the agent. Throws Forbidden; Refused INVALID_INPUT, WRONG_STATE, SEAT_IN_USE.
 */
export async function leavePresence(
  platform: SeatNeeds,
  viewer: Viewer,
  request: z.input<typeof leaveShape>,
): Promise<AgentRow> {
  authorize(viewer, 'agents.present');
  const { leaseId } = parseInput(leaveShape, request);
  return platform.db.transaction(async (tx) => {
    const row = await holdOwnSeat(tx, platform, viewer);
    const now = platform.clock.now(viewer.accountId);
    requireLease(row, now, leaseId);
    return changeSeat(tx, platform, row, { seat: leaveSeat(row, now), reason: 'LEFT' });
  });
}
