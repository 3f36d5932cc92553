// Whose seat an answer is given from (L17): a person's own, or the one that a key acts for.
import { type Agent, readAgent, seatOf } from '#domains/agents/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { invalidInput, policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';

/**
 * The seat.
 * @param agentId of keys: the agent that they act for; people leave it out
 * @throws Refused INVALID_INPUT, LEAD_CENTER_REQUIRED
 */
export async function actingAgent(
  tx: Tx,
  { accountId, actor }: Viewer,
  companyId: string,
  agentId: string | null,
): Promise<Agent> {
  if (actor.kind !== 'user' && agentId === null) {
    throw invalidInput(
      'agentId',
      'agentId takes the agent that answers: a key has no seat itself.',
    );
  }
  const own = actor.kind === 'user' ? await seatOf(tx, accountId, actor.id) : null;
  if (own && agentId !== null && agentId !== own.id) {
    throw invalidInput('agentId', 'agentId is for keys: a person answers from their own seat.');
  }
  const seat = actor.kind === 'user' ? own : await readAgent(tx, accountId, String(agentId));
  const serves = seat?.companyIds === null || seat?.companyIds.includes(companyId);
  if (seat && serves) return seat;
  const message = 'This takes a seat in the Lead Center that serves the company of the chat.';
  throw policyRefused('LEAD_CENTER_REQUIRED', message, { field: 'agentId' });
}
