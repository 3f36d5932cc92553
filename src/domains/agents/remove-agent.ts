// A seat ends. What the agent sent and used stays told.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { changeSeat } from './change-seat.ts';
import { agentSubject } from './events.ts';
import { leaveSeat } from './machine.ts';
import { type AgentRow, readAgentRow } from './store.ts';
import { saveTelephones, TELEPHONES_SUBJECT } from './store-telephones.ts';

const shape = z.object({ agentId: z.uuid(), expectedVersion: z.int().nullish() });

/**
 * Takes a seat away at once, with its telephones and also from a device that holds it, and appends agent.presence_changed.
 * One that has ended stays as it is.
 * @returns the agent. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT.
 */
export async function removeAgent(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<AgentRow> {
  authorize(viewer, 'agents.manage');
  const { agentId, expectedVersion } = parseInput(shape, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [TELEPHONES_SUBJECT]);
    await events.lock(tx, accountId, [agentSubject(agentId)]);
    const row = await readAgentRow(tx, accountId, agentId);
    if (!row) throw notFound('agentId', 'Agent');
    if (expectedVersion != null && expectedVersion !== row.version) {
      throw versionConflict(row.version);
    }
    if (row.removedAt) return row;
    const now = clock.now(accountId);
    const change = { seat: leaveSeat(row, now), reason: 'SEAT_REMOVED', removedAt: now } as const;
    await saveTelephones(tx, { accountId, agentId }, [], now);
    const removed = await changeSeat(tx, { events, clock }, row, change);
    await audit(tx, viewer, clock, {
      action: 'removeAgent',
      subject: agentSubject(agentId),
      before: { userId: row.userId },
    });
    return removed;
  });
}
