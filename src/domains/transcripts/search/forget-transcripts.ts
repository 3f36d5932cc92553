// Takes what was said on calls out of the search index: for erasure, in the transaction that deletes the rows.
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';

/**
 * Takes the transcripts of these calls out of the index, with every word that no other transcript of the account holds.
 * To be called before the calls (or their transcripts) are deleted, in the same transaction.
 * @returns the ids of the calls' transcripts
 */
export async function forgetTranscripts(
  tx: Tx,
  { search }: Pick<Platform, 'search'>,
  accountId: string,
  callIds: readonly string[],
): Promise<string[]> {
  const transcripts = await tx.transcript.findMany({
    where: { accountId, callId: { in: [...callIds] } },
    select: { id: true },
  });
  const ids = transcripts.map(({ id }) => id);
  await search.remove(tx, accountId, ids);
  return ids;
}
