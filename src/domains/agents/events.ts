// What this domain announces. Agents belong to the account, so these events are of no company.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';

/** An agent's presence changed, or moved to another device: then `replacedLeaseId` is that of the first one. */
export const agentPresenceChanged = defineEvent('agent.presence_changed', {
  agentId: z.uuid(),
  presence: z.enum(['OFFLINE', 'AVAILABLE', 'BUSY', 'WRAP_UP', 'AWAY']),
  reason: z.enum(['CLAIMED', 'TAKEN_OVER', 'SET', 'LEFT', 'EXPIRED', 'SEAT_REMOVED']),
  replacedLeaseId: z.uuid().nullable(),
});

/** An agent has used so much of what a month gives. */
export const agentUsageWarning = defineEvent('agent.usage_warning', {
  agentId: z.uuid(),
  percent: z.literal([80, 95, 100]),
  messages: z.int(),
  limit: z.int(),
});

/** The subject of an agent's presence, and the lock to take before changing it. */
export function agentSubject(agentId: string): string {
  return `agent:${agentId}`;
}

/** The lock to take before counting on an agent; with the month, the subject of what is told. */
export function agentUsageSubject(agentId: string): string {
  return `agent-usage:${agentId}`;
}
