// What was read in a transcript goes when its words change: quotes point at letters of them, and may show what is hidden by
// now. The event that tells of the change has it read again, and what people said of the readings waits for that.
import type { Tx } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import { deleteRuns, hasRunOfModel } from './insights/store-insights.ts';
import { keepReviews } from './insights/store-reviews.ts';
import { deleteScans } from './keywords/store.ts';
import { deleteClaimsOn } from './lead-insights/store-lead-readings.ts';
import { deleteTerms } from './topics/store-terms.ts';

/**
 * Deletes keyword hits, insights and terms of a transcript, and what of its lead's rests on it, in the caller's transaction.
 * @returns whether a language model was asked about it: it may be asked again, as about no other call of the past
 */
export async function forgetReadings(
  tx: Tx,
  secrets: Secrets,
  accountId: string,
  transcriptId: string,
): Promise<{ wasAssisted: boolean }> {
  await deleteScans(tx, accountId, transcriptId);
  const wasAssisted = await hasRunOfModel(tx, accountId, transcriptId);
  await keepReviews(tx, { accountId, transcriptId }, secrets);
  await deleteRuns(tx, accountId, transcriptId);
  await deleteClaimsOn(tx, accountId, transcriptId);
  await deleteTerms(tx, accountId, transcriptId);
  return { wasAssisted };
}
