// Reads of transcripts, for viewers who may read them.
import type {
  LiveSegment,
  Transcript,
  TranscriptRevision,
  TranscriptSegment,
} from '#generated/prisma/client.ts';
import { type Db, type Tx, tenantSql } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { knewNumberWords, languageToRedact } from './redaction/known-language.ts';
import { DUE_AGAIN } from './redaction/rules/redact-classes.ts';

/**
 * The transcript of each of these calls, by the call's id: of the conversation when there was one, else of the message.
 * The caller has seen that the viewer may see the calls.
 */
export async function transcriptsOfCalls(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  callIds: readonly string[],
): Promise<Map<string, Transcript>> {
  const rows = await prisma.transcript.findMany({
    where: { accountId, callId: { in: [...callIds] } },
    include: { recording: { select: { kind: true } }, call: { select: { answeredAt: true } } },
  });
  const isWanted = ({ recording, call }: (typeof rows)[number]) =>
    recording.kind === (call.answeredAt ? 'CALL' : 'VOICEMAIL');
  const wantedLast = rows.toSorted((a, b) => Number(isWanted(a)) - Number(isWanted(b)));
  return new Map(wantedLast.map((row) => [row.callId, row]));
}

/** The transcripts of these recordings, in any order. The caller has seen that the viewer may see them. */
export function transcriptsOfRecordings(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  recordingIds: readonly string[],
): Promise<Transcript[]> {
  return prisma.transcript.findMany({
    where: { accountId, recordingId: { in: [...recordingIds] } },
  });
}

/** What was said on these calls while they went on, each in the order of speech. The caller has seen that the viewer may know. */
export function liveSegmentsOf(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  callIds: readonly string[],
): Promise<LiveSegment[]> {
  return prisma.liveSegment.findMany({
    where: { accountId, callId: { in: [...callIds] } },
    orderBy: [{ startMs: 'asc' }, { n: 'asc' }],
  });
}

/** One of them, of a call that the viewer sees; null when it is gone. Nothing else than seeing is asked. */
export async function findLiveSegment(
  { prisma }: Pick<Db, 'prisma'>,
  viewer: Viewer,
  { callId, n }: { callId: string; n: number },
): Promise<LiveSegment | null> {
  const { accountId } = viewer;
  const row = await prisma.liveSegment.findUnique({
    where: { accountId_callId_n: { accountId, callId, n } },
    include: { call: { select: { companyId: true } } },
  });
  return row && seesCompany(viewer, row.call.companyId) ? row : null;
}

/** The transcripts under these ids, in any order. The caller has seen that the viewer may read them. */
export function findTranscripts(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  ids: readonly string[],
): Promise<Transcript[]> {
  return prisma.transcript.findMany({ where: { accountId, id: { in: [...ids] } } });
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

/** Whether the words for numbers were known in each of these transcripts, by its id. The caller has seen that the viewer may know. */
export async function numberWordsKnownIn(
  db: Pick<Db, 'prisma'>,
  accountId: string,
  ids: readonly string[],
): Promise<Map<string, boolean>> {
  const rows = await findTranscripts(db, accountId, ids);
  const open = rows.filter((row) => languageToRedact(row) === null);
  const segments = await segmentsOf(
    db,
    accountId,
    open.map(({ id }) => id),
  );
  const by = Map.groupBy(segments, ({ transcriptId }) => transcriptId);
  return new Map(rows.map((row) => [row.id, knewNumberWords(row, by.get(row.id) ?? [])]));
}

/** What an edit makes known is hidden in what stood there by its job: until then nobody reads that. */
export const READABLE_REVISIONS = {
  segment: { transcript: { redactionVersion: { not: DUE_AGAIN } } },
} as const;
const readable = (accountId: string, transcriptId: string) => ({
  ...{ accountId, transcriptId, ...READABLE_REVISIONS },
});

/**
 * One page of what people changed in a transcript, newest first; empty while an edit's redaction is under way. The caller
 * has seen that the viewer may know.
 */
export function listRevisions(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  transcriptId: string,
  page: { limit: number; after: RowKey | null },
): Promise<TranscriptRevision[]> {
  return prisma.transcriptRevision.findMany({
    where: {
      ...readable(accountId, transcriptId),
      ...whereAfter('editedAt', 'desc', page.after, readDate),
    },
    orderBy: orderByKey('editedAt', 'desc'),
    take: page.limit,
  });
}

/** How many of those there are, counted up to `cap`. */
export function countRevisions(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  transcriptId: string,
  cap: number,
): Promise<number> {
  return prisma.transcriptRevision.count({ where: readable(accountId, transcriptId), take: cap });
}

/** A finished transcript with its call and what was said. */
export interface ReadyTranscript {
  id: string;
  callId: string;
  companyId: string;
  /** how often people have changed its words */
  edits: number;
  /** rises with every change of them, also when more of them is hidden */
  version: number;
  /** a BCP 47 tag; empty when nobody knows */
  language: string;
  /** what is hidden is hidden for sure: without that no language model is shown it */
  knewNumberWords: boolean;
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
    select: {
      ...{ callId: true, edits: true, version: true, language: true, languageSource: true },
      ...{ engine: true, model: true },
      call: { select: { companyId: true } },
    },
  });
  if (!row) return null;
  const segments = await segmentsOf(db, accountId, [id]);
  const { callId, call, edits, version } = row;
  // an engine that knows one language writes that one, whatever was spoken
  const language = row.language ?? (row.languageSource === 'NOT_SUPPORTED' ? 'en' : '');
  return {
    ...{ id, callId, companyId: call.companyId, edits, version, language, segments },
    knewNumberWords: knewNumberWords(row, segments),
  };
}

/**
 * Whether a transcript still says what was read in it. The transaction holds its call's lock, so that it stays so.
 * @returns edited: the job of the edit reads it again. Gone the same.
 * @throws when more of it was hidden since: the next try reads what is left
 */
export async function isAsRead(
  tx: Tx,
  accountId: string,
  { id, edits, version }: Pick<ReadyTranscript, 'id' | 'edits' | 'version'>,
): Promise<'as read' | 'edited'> {
  const row = await tx.transcript.findUnique({
    where: { accountId_id: { accountId, id } },
    select: { edits: true, version: true },
  });
  if (row?.edits !== edits) return 'edited';
  if (row.version !== version) throw new Error('More was hidden in the transcript meanwhile.');
  return 'as read';
}

type TimedText = Pick<TranscriptSegment, 'words' | 'text' | 'startMs' | 'endMs'>;

/**
 * When a word of a segment was said, in ms from the recording's begin.
 * @param at its place among the words between spaces, from 0
 */
export function startOfWord(segment: TimedText, at: number): number {
  return startsOfWords(segment)(at);
}

/** The same for many words of one segment, which are counted once. */
export function startsOfWords({ words, text, startMs, endMs }: TimedText): (at: number) => number {
  const timed = words as unknown as { startMs: number }[];
  const count = text.split(/\s+/).filter(Boolean).length;
  // an engine may give times for other words than it wrote
  if (timed.length === count) return (at) => timed[at]?.startMs ?? startMs;
  return (at) => Math.round(startMs + ((endMs - startMs) * at) / Math.max(1, count));
}

/** Some segments of transcripts, in the order of speech. */
export async function segmentsAt(
  { pool }: Pick<Db, 'pool'>,
  accountId: string,
  places: readonly { transcriptId: string; n: number }[],
): Promise<TranscriptSegment[]> {
  const sql = tenantSql(accountId);
  const ids = places.map(({ transcriptId }) => transcriptId);
  const numbers = places.map(({ n }) => n);
  return sql`
    select s.account_id as "accountId", s.transcript_id as "transcriptId", s.n, s.speaker, s.start_ms as "startMs",
           s.end_ms as "endMs", s.text, s.uncertain, s.edited, s.words
      from unnest(${ids}::uuid[], ${numbers}::int[]) as wanted(id, n)
      join transcript_segment s on s.account_id = ${sql.account} and s.transcript_id = wanted.id and s.n = wanted.n
     order by s.transcript_id, s.n`.rows<TranscriptSegment>(pool);
}
