// Whether keywords of a call are still to be looked for.
import type { Tx } from '#platform/db/index.ts';
import { keywordSetsOf } from '../read-keyword-sets.ts';

/**
 * Whether one of a call's transcripts, as it stands, was looked through for no keywords yet, though sets look into its company:
 * its job is on the way, as the one that reads it for insights may be.
 */
export async function isSpottingDue(tx: Tx, accountId: string, callId: string): Promise<boolean> {
  const transcripts = await tx.transcript.findMany({
    where: { accountId, callId, state: 'READY' },
    select: {
      ...{ edits: true, call: { select: { companyId: true } } },
      scans: { select: { edits: true } },
    },
  });
  const unseen = transcripts.find(({ edits, scans }) => !scans.some((one) => one.edits === edits));
  if (!unseen) return false;
  return (await keywordSetsOf({ prisma: tx }, accountId, unseen.call.companyId)).length > 0;
}
