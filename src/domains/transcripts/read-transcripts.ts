// Reads of transcripts, for viewers who may read them.
import type { Transcript, TranscriptSegment } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';

/** The newest transcript of each of these calls, in any order. The caller has seen that the viewer may see the calls. */
export async function transcriptsOfCalls(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  callIds: readonly string[],
): Promise<Transcript[]> {
  return prisma.transcript.findMany({
    where: { accountId, callId: { in: [...callIds] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
}

/** The segments of these transcripts, each in the order of speech. */
export function segmentsOf(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  transcriptIds: readonly string[],
): Promise<TranscriptSegment[]> {
  return prisma.transcriptSegment.findMany({
    where: { accountId, transcriptId: { in: [...transcriptIds] } },
    orderBy: [{ transcriptId: 'asc' }, { n: 'asc' }],
  });
}
