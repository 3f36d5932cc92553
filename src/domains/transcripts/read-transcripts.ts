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

/** A finished transcript with its call and what was said. */
export interface ReadyTranscript {
  id: string;
  callId: string;
  companyId: string;
  language: string;
  segments: TranscriptSegment[];
}

/** A transcript that is READY; null while it is not, or when it was erased. For jobs: nobody's rights are asked. */
export async function readyTranscript(
  db: Pick<Db, 'prisma'>,
  accountId: string,
  id: string,
): Promise<ReadyTranscript | null> {
  const row = await db.prisma.transcript.findFirst({
    where: { accountId, id, state: 'READY' },
    select: { callId: true, language: true, call: { select: { companyId: true } } },
  });
  if (!row) return null;
  const segments = await segmentsOf(db, accountId, [id]);
  const { callId, call, language } = row;
  return { id, callId, companyId: call.companyId, language: language ?? '', segments };
}

/**
 * When a word of a segment was said, in ms from the recording's begin.
 * @param at its place among the words between spaces, from 0
 */
export function startOfWord(
  { words, text, startMs, endMs }: Pick<TranscriptSegment, 'words' | 'text' | 'startMs' | 'endMs'>,
  at: number,
): number {
  const timed = words as unknown as { startMs: number }[];
  const count = text.split(/\s+/).filter(Boolean).length;
  // an engine may give times for other words than it wrote
  if (timed.length === count) return timed[at]?.startMs ?? startMs;
  return Math.round(startMs + ((endMs - startMs) * at) / Math.max(1, count));
}
