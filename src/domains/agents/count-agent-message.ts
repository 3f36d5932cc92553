// What an agent sends and receives in a month of the account's zone (L04): counted exactly, also by many at once, and
// told when it comes near the limit.
import type { SqlTx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { policyRefused } from '#values/refusals.ts';
import { agentUsageSubject, agentUsageWarning } from './events.ts';
import { monthOf } from './month-of.ts';
import { readTimeZone, readUsageRow, saveUsage } from './store.ts';
import { readMessageLimits } from './store-limits.ts';

const WARNINGS = [80, 95, 100] as const;

/** What an agent has used of a month. */
export interface AgentUsage {
  /** sent and received */
  messages: number;
  sent: number;
  received: number;
  limit: number;
  /** when the month ends, in the account's zone */
  resetsAt: Date;
}

/** What an agent has used of the month in which `at` lies. */
export async function readAgentUsage(
  tx: SqlTx,
  { accountId, agentId, at }: { accountId: string; agentId: string; at: Date },
): Promise<AgentUsage> {
  const { firstDay, resetsAt } = monthOf(at, await readTimeZone(tx, accountId, agentId));
  const row = await readUsageRow(tx, accountId, agentId, firstDay);
  const { agentInMonth: limit } = await readMessageLimits(tx, accountId);
  return usageOf(row?.messagesSent ?? 0, row?.messagesReceived ?? 0, { limit, resetsAt });
}

/**
 * Counts a message on its agent, in the transaction that sends or stores it, and appends agent.usage_warning when 80, 95
 * or 100 % are reached. Lock `agentUsageSubject(agentId)` before the transaction's first write, together with what else
 * is locked.
 * @param message.direction INBOUND counts past the limit too: what reaches us is never refused
 * @param message.at when it was sent or received; its month counts it
 * @throws Refused AGENT_MESSAGES_EXHAUSTED for an OUTBOUND message beyond the limit; nothing is counted then
 */
export async function countAgentMessage(
  tx: SqlTx,
  { events, clock }: Pick<Platform, 'events' | 'clock'>,
  message: { accountId: string; agentId: string; direction: 'INBOUND' | 'OUTBOUND'; at: Date },
): Promise<void> {
  const { accountId, agentId, direction, at } = message;
  await events.lock(tx, accountId, [agentUsageSubject(agentId)]);
  const { firstDay, resetsAt } = monthOf(at, await readTimeZone(tx, accountId, agentId));
  const row = await readUsageRow(tx, accountId, agentId, firstDay);
  const sent = (row?.messagesSent ?? 0) + (direction === 'OUTBOUND' ? 1 : 0);
  const received = (row?.messagesReceived ?? 0) + (direction === 'INBOUND' ? 1 : 0);
  const { agentInMonth: limit } = await readMessageLimits(tx, accountId);
  const usage = usageOf(sent, received, { limit, resetsAt });
  if (direction === 'OUTBOUND' && usage.messages > usage.limit) throw exhausted(usage);
  const warned = row?.warnedPercent ?? 0;
  const reached = WARNINGS.filter((one) => usage.messages * 100 >= one * usage.limit).at(-1) ?? 0;
  await saveUsage(tx, {
    ...{ accountId, agentId, month: firstDay },
    ...{ messagesSent: sent, messagesReceived: received },
    warnedPercent: Math.max(warned, reached),
  });
  if (reached <= warned) return;
  await events.append(tx, accountId, [
    {
      definition: agentUsageWarning,
      companyId: null,
      subject: `${agentUsageSubject(agentId)}:${firstDay.toISOString().slice(0, 7)}`,
      subjectVersion: reached,
      occurredAt: clock.now(accountId),
      payload: { agentId, percent: reached, messages: usage.messages, limit: usage.limit },
    },
  ]);
}

/** The refusal that canSendMessage tells too. */
export function exhausted({ limit, messages, resetsAt }: AgentUsage) {
  const message = `This agent may send and receive ${limit} messages a month. They can send again when the next month begins.`;
  return policyRefused('AGENT_MESSAGES_EXHAUSTED', message, {
    field: 'agentId',
    figures: { limit, current: Math.min(messages, limit), retryAt: resetsAt },
  });
}

/** What was used, and what of. */
export function usageOf(
  sent: number,
  received: number,
  of: Pick<AgentUsage, 'limit' | 'resetsAt'>,
): AgentUsage {
  return { messages: sent + received, sent, received, ...of };
}
