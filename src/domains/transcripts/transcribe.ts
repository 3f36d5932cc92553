// The job that writes a recording down: the audio to the engine, the text through redaction, what it hid out of the sound
// too, then both into the database at once. What the engine could not do is said with its reason; a transcript is never
// made up.

import {
  copyMuted,
  mayTranscribe,
  type RecordingOfCall,
  type RedactedSound,
  readyRecording,
  settleRedaction,
} from '#domains/calls/index.ts';
import { bumpVersion } from '#domains/interactions/index.ts';
import type { Speaker } from '#generated/prisma/enums.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { SpeechError, type TranscriptionProvider } from '#platform/speech/index.ts';
import { StoredThingMissing } from '#platform/storage/index.ts';
import { transcriptFailed, transcriptReady } from './events.ts';
import { transcribeJob } from './jobs.ts';
import { leaveUnwritten } from './leave-unwritten.ts';
import { tellProgress } from './progress.ts';
import { redactTranscript } from './redact.ts';
import { stretchesToMute } from './redact-audio.ts';
import { holdTranscript, type StoredSegment, storeFailure, storeTranscript } from './store.ts';

type Slice = Pick<Platform, 'db' | 'events' | 'jobs' | 'clock' | 'log' | 'storage' | 'search'> & {
  speech: TranscriptionProvider;
};

/** Failures that another try may cure; all others are the recording's own. */
const PASSING: readonly SpeechError['reason'][] = ['TIMEOUT', 'ENGINE_CRASHED', 'ABORTED'];

/** The worker's side of `transcripts.transcribe`. Outcomes: gone, switched off, already-done, transcribed, failed. */
export function transcribeHandler(
  slice: Slice,
): JobHandler<{ accountId: string; recordingId: string }> {
  return {
    definition: transcribeJob,
    async run({ accountId, recordingId }, { signal }) {
      const recording = await readyRecording(slice.db, accountId, recordingId);
      if (!recording) return 'gone';
      if (!(await mayTranscribe(slice.db.prisma, recording))) {
        await leaveUnwritten(slice, recording);
        return 'switched off';
      }
      const { callId } = recording;
      const now = slice.clock.now(accountId);
      const transcript = await holdTranscript(slice.db, { accountId, callId, recordingId }, now);
      if (transcript.state === 'READY' || transcript.state === 'FAILED') return 'already-done';
      try {
        await transcribe(slice, recording, transcript.id, signal);
        return 'transcribed';
      } catch (error) {
        const reason = lastingReason(error);
        if (reason === null) throw error;
        slice.log.warn({ recordingId, reason }, 'a recording could not be transcribed');
        await failTranscript(slice, recording, transcript.id, reason);
        return 'failed';
      }
    },
    async giveUp({ accountId, recordingId }, error) {
      const recording = await readyRecording(slice.db, accountId, recordingId);
      if (!recording) return 'gone';
      const held = { accountId, callId: recording.callId, recordingId };
      const { id } = await holdTranscript(slice.db, held, slice.clock.now(accountId));
      const reason = error instanceof SpeechError ? error.reason : 'INTERNAL_ERROR';
      // the time of the whole job was up
      await failTranscript(slice, recording, id, reason === 'ABORTED' ? 'TIMEOUT' : reason);
      return 'failed';
    },
  };
}

function lastingReason(error: unknown): string | null {
  if (error instanceof SpeechError) return PASSING.includes(error.reason) ? null : error.reason;
  if (error instanceof StoredThingMissing) return 'RECORDING_MISSING';
  return null;
}

async function transcribe(
  slice: Slice,
  recording: RecordingOfCall & { storageKey: string },
  transcriptId: string,
  signal: AbortSignal,
): Promise<void> {
  const { db, events, clock, storage, search, speech } = slice;
  const { accountId, callId, kind } = recording;
  const { path, release } = await storage.localFile(recording.storageKey);
  const heard = await speech
    .transcribe(path, {
      signal,
      onProgress: (fraction) => tellProgress(events, recording, fraction),
    })
    .finally(release);
  const { segments, redactions } = redactTranscript(heard.segments);
  const muted = stretchesToMute(segments, redactions, heard.wordTimes);
  const sound: RedactedSound =
    muted.length > 0 ? await copyMuted(slice, recording, muted) : 'CLEAR';
  signal.throwIfAborted();
  const finishedAt = clock.now(accountId);
  await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [`call:${callId}`]);
    await search.lock(tx, accountId);
    const stored = await storeTranscript(
      tx,
      search,
      { accountId, id: transcriptId },
      {
        engine: heard.engine,
        model: heard.model,
        language: heard.language,
        wordTimes: heard.wordTimes,
        redactions: redactions.length,
        finishedAt,
      },
      segments.map(
        ({ channel, startMs, endMs, text, uncertain, words }): StoredSegment => ({
          speaker: speakerOf(kind, heard.channels, channel),
          startMs,
          endMs,
          text,
          uncertain,
          words,
        }),
      ),
    );
    await settleRedaction(tx, slice, recording, sound);
    if (!stored) return;
    await events.append(tx, accountId, [
      {
        definition: transcriptReady,
        companyId: recording.call.companyId,
        subject: `call:${callId}`,
        // the call's version: everything that is told of one call is told under one subject
        subjectVersion: await bumpVersion(tx, accountId, callId),
        occurredAt: finishedAt,
        payload: { callId, transcriptId, segments: segments.length, redactions: redactions.length },
      },
    ]);
  });
}

/** The recorded leg is the left channel, the other party the right one; a voicemail holds the caller alone. */
function speakerOf(kind: 'CALL' | 'VOICEMAIL', channels: number, channel: number): Speaker {
  if (kind === 'VOICEMAIL') return 'CALLER';
  if (channels < 2) return 'UNKNOWN';
  return channel === 0 ? 'CALLER' : 'AGENT';
}

async function failTranscript(
  slice: Slice,
  recording: RecordingOfCall & { storageKey: string },
  transcriptId: string,
  reason: string,
): Promise<void> {
  const { db, events, clock } = slice;
  const { accountId, callId } = recording;
  const at = clock.now(accountId);
  await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [`call:${callId}`]);
    const stored = await storeFailure(tx, { accountId, id: transcriptId }, reason, at);
    if (!stored) return;
    await settleRedaction(tx, slice, recording, 'FAILED');
    await events.append(tx, accountId, [
      {
        definition: transcriptFailed,
        companyId: recording.call.companyId,
        subject: `call:${callId}`,
        // the call's version: everything that is told of one call is told under one subject
        subjectVersion: await bumpVersion(tx, accountId, callId),
        occurredAt: at,
        payload: { callId, transcriptId, reason },
      },
    ]);
  });
}
