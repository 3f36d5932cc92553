// call.updated for something that hangs on a call and changed without its row: its sound, words, insights, voicemail.
import { bumpVersion } from '#domains/interactions/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { callUpdated } from './events.ts';

/**
 * Raises the call's version and tells of it. The caller holds the call's lock.
 * @param changes the fields of Call that changed, in the words of the API
 * @param more deletedRecordingId: the recording whose audio goes by this change; isPast: no rule is judged by it
 */
export async function announceChange(
  tx: Tx,
  { events, clock }: Pick<Platform, 'events' | 'clock'>,
  { accountId, callId, companyId }: { accountId: string; callId: string; companyId: string },
  changes: string[],
  more: { deletedRecordingId?: string; isPast?: true } = {},
): Promise<void> {
  await events.append(tx, accountId, [
    {
      definition: callUpdated,
      companyId,
      subject: `call:${callId}`,
      subjectVersion: await bumpVersion(tx, accountId, callId),
      occurredAt: clock.now(accountId),
      payload: { callId, changes, ...more },
    },
  ]);
}
