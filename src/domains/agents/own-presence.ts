// What a device hears of its own seat, so that one that was replaced knows at once. An ephemeral word: a device that
// missed it is told by its next heartbeat. Unlike the log it also reaches agents who are kept to some companies.
import { authorize } from '#domains/accounts/index.ts';
import { underRights } from '#domains/activity/index.ts';
import type { AgentPresence } from '#generated/prisma/enums.ts';
import type { Context } from '#graphql/context.ts';
import type { Platform } from '#platform/platform.ts';
import { policyRefused } from '#values/refusals.ts';
import type { PresenceReason } from './machine.ts';
import { seatOf } from './store.ts';

/** What has become of one's own seat. */
export interface OwnPresence {
  accountId: string;
  agentId: string;
  /** the lease that holds it now; null = none */
  leaseId: string | null;
  presence: AgentPresence;
  reason: PresenceReason;
}

const topicOf = (agentId: string) => `agent:${agentId}`;

/** Tells the devices of an agent. */
export function tellOwn(events: Pick<Platform['events'], 'signal'>, word: OwnPresence): void {
  events.signal(word.accountId, topicOf(word.agentId), word);
}

/**
 * Hears what becomes of the asking person's seat from now on, for as long as their rights stand.
 * @throws Forbidden; Refused WRONG_STATE when they have no seat
 */
export async function followOwnPresence(
  context: Context,
): Promise<AsyncIterableIterator<OwnPresence>> {
  const { viewer, platform } = context;
  authorize(viewer, 'agents.present');
  const { accountId, actor } = viewer;
  const seat = await seatOf(platform.db.prisma, accountId, actor.id);
  if (!seat) throw policyRefused('WRONG_STATE', 'You have no seat.');
  return underRights(
    context,
    (signal) =>
      platform.events.signals(accountId, topicOf(seat.id), signal) as AsyncGenerator<
        OwnPresence,
        void
      >,
  );
}
