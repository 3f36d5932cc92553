// The only writer of the tables transcript and transcript_segment.
import type { LanguageSource, Prisma, Speaker, Transcript } from '#generated/prisma/client.ts';
import { type Db, type Tx, tenantSql } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { SearchEngine } from '#platform/search/index.ts';
import type { RedactionClass } from '#values/redaction-classes.ts';
import { DUE_AGAIN, REDACTION_VERSION } from './redact-classes.ts';
import { readSearchDocuments } from './search-documents.ts';
import { dropHeardParts } from './store-heard-parts.ts';
import { storeRevisions } from './store-revisions.ts';

/** A segment as it is stored: redacted, with its speaker. */
export interface StoredSegment {
  speaker: Speaker;
  startMs: number;
  endMs: number;
  text: string;
  uncertain: boolean;
  words: { text: string; startMs: number; endMs: number }[];
}

/** What a finished transcription knows of itself. */
export interface FinishedTranscript {
  engine: string;
  model: string;
  language: string | null;
  languageSource: LanguageSource;
  wordTimes: string;
  redactions: number;
  redactionClasses: RedactionClass[];
  finishedAt: Date;
}

/** The recording's transcript row, made when there is none: a second try finds the first one's. */
export async function holdTranscript(
  { prisma }: Pick<Db, 'prisma'>,
  recording: { accountId: string; callId: string; recordingId: string },
  createdAt: Date,
): Promise<Transcript> {
  const { accountId, recordingId } = recording;
  // two tries of a job may make it at once: the one that comes second finds the first's
  const made = { ...recording, id: newId(), state: 'TRANSCRIBING' as const, createdAt };
  await prisma.transcript.createMany({ data: [made], skipDuplicates: true });
  return prisma.transcript.findUniqueOrThrow({
    where: { accountId_recordingId: { accountId, recordingId } },
  });
}

/** Notes to whom the recording is about to be given: it stands there whatever comes of it. */
export async function noteSending(
  { prisma }: Pick<Db, 'prisma'>,
  { accountId, id }: { accountId: string; id: string },
  to: { engine: string; model: string; sentTo: string },
): Promise<void> {
  await prisma.transcript.updateMany({
    where: { accountId, id, state: { in: ['WAITING', 'TRANSCRIBING'] } },
    data: to,
  });
}

/** Writes the text and its segments, and makes them searchable. False when it was settled before. */
export async function storeTranscript(
  tx: Tx,
  search: SearchEngine,
  transcript: { accountId: string; id: string },
  finished: FinishedTranscript,
  segments: readonly StoredSegment[],
): Promise<boolean> {
  const { accountId, id } = transcript;
  const isFirst = await settle(tx, transcript, {
    ...finished,
    state: 'READY',
    failure: null,
    redactionVersion: REDACTION_VERSION,
  });
  if (!isFirst) return false;
  await tx.transcriptSegment.createMany({
    data: segments.map((segment, n) => ({
      ...segment,
      accountId,
      transcriptId: id,
      n,
      words: segment.words as unknown as Prisma.InputJsonArray,
    })),
  });
  await search.index(tx, accountId, await readSearchDocuments(tx, accountId, [id]));
  return true;
}

/** A segment that a person has changed: what it said, and says from now on. */
export interface EditedSegment {
  n: number;
  before: string;
  after: string;
  words: StoredSegment['words'];
}

type Words = Pick<StoredSegment, 'text' | 'words'> & { n: number };

/** Writes what segments say from now on, all by one statement: the account's index is locked meanwhile. */
async function storeWords(
  tx: Tx,
  { accountId, transcriptId, isEdit }: { accountId: string; transcriptId: string; isEdit: boolean },
  segments: readonly Words[],
): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    update transcript_segment s
       set text = now.text, words = now.words, edited = (s.edited or ${isEdit}::boolean),
           uncertain = s.uncertain and not ${isEdit}::boolean
      from jsonb_to_recordset(${JSON.stringify(segments)}::jsonb) as now(n int, text text, words jsonb)
     where s.account_id = ${sql.account} and s.transcript_id = ${transcriptId}::uuid and s.n = now.n`.rows(
    tx,
  );
}

/** Writes what an edit makes of a transcript, keeps what stood there, and makes it searchable. The call's lock is held. */
export async function storeEdit(
  tx: Tx,
  search: SearchEngine,
  { accountId, id: transcriptId }: { accountId: string; id: string },
  edit: {
    /** which one it is */
    edits: number;
    /** how many numbers it made known, that are hidden from now on */
    redactions: number;
    at: Date;
    by: string;
    /** the segment that a person wrote; what redaction alone changes leaves nothing of what stood there */
    n: number;
    changed: readonly EditedSegment[];
  },
): Promise<void> {
  const { edits, redactions, at: editedAt, by: editedBy, n: written, changed } = edit;
  await storeWords(
    tx,
    { accountId, transcriptId, isEdit: true },
    changed.map(({ n, after: text, words }) => ({ n, text, words })),
  );
  const of = { accountId, transcriptId, edit: edits, editedAt, editedBy };
  await storeRevisions(
    tx,
    of,
    changed.filter(({ n }) => n === written),
  );
  await tx.transcript.update({
    where: { accountId_id: { accountId, id: transcriptId } },
    data: {
      ...{ edits, editedAt, version: { increment: 1 } },
      redactions: { increment: redactions },
      ...(redactions > 0 && { redactionVersion: DUE_AGAIN }),
    },
  });
  await search.index(tx, accountId, await readSearchDocuments(tx, accountId, [transcriptId]));
}

/** Writes what was hidden later: the changed segments, and in the index. False when it is another version by now, or gone. */
export async function rewriteTranscript(
  tx: Tx,
  search: SearchEngine,
  { accountId, id, version }: { accountId: string; id: string; version: number },
  rules: Pick<FinishedTranscript, 'redactions' | 'redactionClasses'>,
  segments: readonly Words[],
): Promise<boolean> {
  const { count } = await tx.transcript.updateMany({
    where: { accountId, id, version, state: 'READY' },
    data: { ...rules, redactionVersion: REDACTION_VERSION, version: { increment: 1 } },
  });
  if (count === 0) return false;
  if (segments.length > 0) {
    await storeWords(tx, { accountId, transcriptId: id, isEdit: false }, segments);
    await search.index(tx, accountId, await readSearchDocuments(tx, accountId, [id]));
  }
  return true;
}

/** Has a transcript redacted again, as if by older rules. */
export async function makeDue(tx: Tx, accountId: string, id: string): Promise<void> {
  await tx.transcript.updateMany({
    // an edit that has hidden more says more than this
    where: { accountId, id, redactionVersion: REDACTION_VERSION },
    data: { redactionVersion: REDACTION_VERSION - 1 },
  });
}

/**
 * Notes that the saved searches were asked about a transcript as it stands after so many edits. False when they were before,
 * when it was edited meanwhile, or is gone. The call's lock is held.
 */
export async function noteSearched(
  tx: Tx,
  { accountId, id, edits }: { accountId: string; id: string; edits: number },
): Promise<boolean> {
  const unasked = [{ searchedEdits: null }, { searchedEdits: { lt: edits } }];
  const { count } = await tx.transcript.updateMany({
    where: { accountId, id, edits, state: 'READY', OR: unasked },
    data: { searchedEdits: edits },
  });
  return count === 1;
}

/** Gives a transcript up. False when it was settled before. */
export function storeFailure(
  tx: Tx,
  transcript: { accountId: string; id: string },
  failure: string,
  finishedAt: Date,
): Promise<boolean> {
  return settle(tx, transcript, { state: 'FAILED', failure, finishedAt });
}

/** Has one that was given up waited for again. False when it is not given up by now. */
export async function reopenTranscript(
  tx: Tx,
  { accountId, id }: { accountId: string; id: string },
): Promise<boolean> {
  const { count } = await tx.transcript.updateMany({
    where: { accountId, id, state: 'FAILED' },
    data: { state: 'WAITING', failure: null, finishedAt: null, version: { increment: 1 } },
  });
  return count === 1;
}

/** Deletes a recording's transcript with all that hangs on it, found by search or not. False when there is none. */
export async function deleteTranscript(
  tx: Tx,
  search: SearchEngine,
  accountId: string,
  recordingId: string,
): Promise<boolean> {
  const key = { accountId_recordingId: { accountId, recordingId } };
  const row = await tx.transcript.findUnique({ where: key, select: { id: true } });
  if (!row) return false;
  await search.remove(tx, accountId, [row.id]);
  await tx.transcript.delete({ where: key });
  return true;
}

/** Deletes the transcript that a try of the job began and did not end. */
export async function deleteUnfinished(
  tx: Tx,
  accountId: string,
  recordingId: string,
): Promise<void> {
  await tx.transcript.deleteMany({
    where: { accountId, recordingId, state: { in: ['WAITING', 'TRANSCRIBING'] } },
  });
}

async function settle(
  tx: Tx,
  { accountId, id }: { accountId: string; id: string },
  data: Prisma.TranscriptUpdateManyMutationInput,
): Promise<boolean> {
  const { count } = await tx.transcript.updateMany({
    where: { accountId, id, state: { in: ['WAITING', 'TRANSCRIBING'] } },
    data: { ...data, version: { increment: 1 } },
  });
  await dropHeardParts(tx, { accountId, transcriptId: id });
  return count === 1;
}
