// A call that is met late, because its webhooks were, came before calls that are stored already: their counts are mended.
import { raiseVersions } from '#domains/interactions/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { callUpdated } from './events.ts';
import { type CallsOf, countOneMoreBefore, laterCalls } from './store.ts';

/** each is a lock and an event; a machine that dials all day may have made thousands since */
const MOST_TOLD = 1_000;

/**
 * The later calls that are told of a call which is met late, at most 1,000: the last ones, so that those which still go on
 * are among them. To be locked before the first write.
 */
export function callsToTell(tx: Tx, calls: CallsOf, startedAt: Date): Promise<string[]> {
  return laterCalls(tx, calls, startedAt, MOST_TOLD);
}

/**
 * Counts one more prior call for all later ones, and tells of it. The caller holds the lead's lock and those of the calls
 * to tell.
 */
export async function recountLaterCalls(
  tx: Tx,
  { events, clock }: Pick<Platform, 'events' | 'clock'>,
  calls: CallsOf,
  startedAt: Date,
  toTell: readonly string[],
): Promise<void> {
  if (toTell.length === 0) return;
  const { accountId, companyId } = calls;
  await countOneMoreBefore(tx, calls, startedAt);
  const occurredAt = clock.now(accountId);
  const raised = await raiseVersions(tx, accountId, toTell);
  await events.append(
    tx,
    accountId,
    raised.map(({ id: callId, version }) => ({
      definition: callUpdated,
      companyId,
      subject: `call:${callId}`,
      subjectVersion: version,
      occurredAt,
      payload: { callId, changes: ['priorCalls'] },
    })),
  );
}
