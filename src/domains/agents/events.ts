// What this domain announces. Agents belong to the account, so these events are of no company.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';

/** An agent has used so much of what a month gives. */
export const agentUsageWarning = defineEvent('agent.usage_warning', {
  agentId: z.uuid(),
  percent: z.literal([80, 95, 100]),
  messages: z.int(),
  limit: z.int(),
});

/** The lock to take before counting on an agent; with the month, the subject of what is told. */
export function agentUsageSubject(agentId: string): string {
  return `agent-usage:${agentId}`;
}
