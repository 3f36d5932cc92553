// A call that is met late, because its webhooks were, came before calls that are stored already: their counts are mended.
import { bumpVersion } from '#domains/interactions/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { NewEvent } from '#platform/events/index.ts';
import type { Platform } from '#platform/platform.ts';
import { callUpdated } from './events.ts';
import { countOneMoreBefore } from './store.ts';

/** Counts one more prior call for these, and tells of it. The caller holds the lead's lock and those of the calls. */
export async function recountLaterCalls(
  tx: Tx,
  { events, clock }: Pick<Platform, 'events' | 'clock'>,
  { accountId, companyId }: { accountId: string; companyId: string },
  callIds: readonly string[],
): Promise<void> {
  if (callIds.length === 0) return;
  await countOneMoreBefore(tx, accountId, callIds);
  const told: NewEvent[] = [];
  for (const callId of callIds) {
    told.push({
      definition: callUpdated,
      companyId,
      subject: `call:${callId}`,
      subjectVersion: await bumpVersion(tx, accountId, callId),
      occurredAt: clock.now(accountId),
      payload: { callId, changes: ['priorCalls'] },
    });
  }
  await events.append(tx, accountId, told);
}
