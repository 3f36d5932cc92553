// Whether keywords of a call are still to be looked for.
import type { Tx } from '#platform/db/index.ts';
import { keywordSetsOf } from '../read-keyword-sets.ts';

/**
 * Whether one of a call's transcripts, as it stands, was looked through for no keywords yet, though sets looked into its
 * company when its words came: its job is on the way, as the one that reads it for insights may be. Where there were none its
 * job left no mark, and sets of later look into it when somebody asks for that.
 */
export async function isSpottingDue(tx: Tx, accountId: string, callId: string): Promise<boolean> {
  const transcripts = await tx.transcript.findMany({
    where: { accountId, callId, state: 'READY' },
    select: {
      ...{ edits: true, createdAt: true, finishedAt: true, editedAt: true },
      ...{ call: { select: { companyId: true } } },
      scans: { select: { edits: true } },
    },
  });
  const unseen = transcripts.filter(
    ({ edits, scans }) => !scans.some((one) => one.edits === edits),
  );
  const companyId = unseen[0]?.call.companyId;
  if (!companyId) return false;
  const sets = await keywordSetsOf({ prisma: tx }, accountId, companyId);
  return unseen.some(({ editedAt, finishedAt, createdAt }) => {
    const cameAt = editedAt ?? finishedAt ?? createdAt;
    return sets.some((set) => set.createdAt <= cameAt);
  });
}
