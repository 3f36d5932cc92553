// The only writer of the tables transcript and transcript_segment, with store-words.ts, which changes words that are stored.
import type { LanguageSource, Prisma, Speaker, Transcript } from '#generated/prisma/client.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { SearchEngine } from '#platform/search/index.ts';
import type { RedactionClass } from '#values/redaction-classes.ts';
import { REDACTION_VERSION } from './redaction/rules/redact-classes.ts';
import { readSearchDocuments } from './search/search-documents.ts';
import { dropHeardParts } from './transcription/store-heard-parts.ts';

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

/**
 * Has words waited for that nobody asked for before.
 * @returns the transcript's id; null when the recording has one by now
 */
export async function awaitTranscript(
  tx: Tx,
  recording: { accountId: string; callId: string; recordingId: string },
  createdAt: Date,
): Promise<string | null> {
  const made = { ...recording, id: newId(), state: 'WAITING' as const, createdAt };
  const { count } = await tx.transcript.createMany({ data: [made], skipDuplicates: true });
  return count === 1 ? made.id : null;
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
