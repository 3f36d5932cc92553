// The job that writes a recording down: the audio to the engine, the text through redaction, what it hid out of the sound
// too, then both into the database at once. What the engine could not do is said with its reason; a transcript is never
// made up.

import {
  copyMuted,
  type RecordingOfCall,
  type RedactedSound,
  readyRecording,
  settleRedaction,
  type TranscriptionTerms,
  transcriptionTerms,
} from '#domains/calls/index.ts';
import { bumpVersion } from '#domains/interactions/index.ts';
import type { LanguageSource, Speaker } from '#generated/prisma/enums.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import {
  type HeardParts,
  SpeechError,
  type Transcription,
  type TranscriptionProvider,
} from '#platform/speech/index.ts';
import { transcriptReady } from '../events.ts';
import { transcribeJob, transcribeRemotelyJob } from '../jobs.ts';
import { dropLive } from '../live/store-live.ts';
import { languageToRedact } from '../redaction/known-language.ts';
import { allOf, covers, holdPolicy, redactionPolicy } from '../redaction/read-redaction-policy.ts';
import { redactTranscript } from '../redaction/redact.ts';
import { stretchesToMute } from '../redaction/redact-audio.ts';
import { storeRaw } from '../redaction/store-raw.ts';
import { holdTranscript, noteSending, type StoredSegment, storeTranscript } from '../store.ts';
import { countTries } from './count-tries.ts';
import { failGone, failTranscript, lastingReason } from './fail-transcript.ts';
import { leaveUnwritten } from './leave-unwritten.ts';
import { tellProgress } from './progress.ts';
import { heardPartsOf } from './store-heard-parts.ts';

type Slice = Pick<
  Platform,
  'db' | 'events' | 'jobs' | 'clock' | 'log' | 'storage' | 'search' | 'secrets'
> & {
  /** the engine inside this server */
  speech: TranscriptionProvider;
  /** the provider that the settings name, for companies that let recordings go there */
  remoteSpeech: TranscriptionProvider | null;
  /** The words that a company expects on its calls, for the engine to lean towards. */
  expectedWords(db: Platform['db'], accountId: string, companyId: string): Promise<string[]>;
};

/** A provider's time is spent waiting; one of them is left to other accounts. */
const REMOTE_AT_ONCE = 4;
const REMOTE_PER_ACCOUNT = 3;

type Payload = { accountId: string; recordingId: string };

/**
 * The worker's side of `transcripts.transcribe`. Outcomes: gone, switched off, already-done, transcribed, failed; sent on
 * where a provider is to hear the recording.
 */
export function transcribeHandler(slice: Slice): JobHandler<Payload> {
  return { definition: transcribeJob, ...transcribing(slice, { here: true }) };
}

/** The worker's side of `transcripts.transcribe-remotely`. The same outcomes, but that nothing is sent on. */
export function transcribeRemotelyHandler(slice: Slice): JobHandler<Payload> {
  const definition = transcribeRemotelyJob;
  return {
    ...{ definition, concurrency: REMOTE_AT_ONCE, mostPerAccount: REMOTE_PER_ACCOUNT },
    ...transcribing(slice, { here: false }),
  };
}

function transcribing(
  slice: Slice,
  { here }: { here: boolean },
): Pick<Required<JobHandler<Payload>>, 'run' | 'giveUp'> {
  return {
    async run({ accountId, recordingId }, { signal }) {
      const recording = await readyRecording(slice.db, accountId, recordingId);
      if (!recording) {
        await failGone(slice, accountId, recordingId);
        return 'gone';
      }
      const about = { accountId, companyId: recording.call.companyId, kind: recording.kind };
      const terms = await transcriptionTerms(slice.db.prisma, about);
      if (!terms) {
        await leaveUnwritten(slice, recording);
        return 'switched off';
      }
      const held = { accountId, callId: recording.callId, recordingId };
      const transcript = await holdTranscript(slice.db, held, slice.clock.now(accountId));
      if (transcript.state === 'READY' || transcript.state === 'FAILED') return 'already-done';
      const isRemote = chooseSpeech(slice, terms).host !== null;
      if (here && isRemote) {
        const payload = { accountId, recordingId };
        // once for each time that it is waited for: the job of a time before may be ending still
        const once = { singletonKey: `${transcript.id}:${transcript.version}` };
        await slice.db.transaction((tx) =>
          slice.jobs.enqueue(tx, transcribeRemotelyJob, payload, once),
        );
        return 'sent on';
      }
      const { id: transcriptId } = transcript;
      const heard = heardPartsOf(slice.db, slice.secrets, { accountId, transcriptId });
      const { parts, rest, spentReason } = countTries(heard, () => slice.clock.now(accountId));
      if (isRemote) await rest();
      try {
        await transcribe(slice, recording, { terms, transcriptId, signal, parts });
        return 'transcribed';
      } catch (error) {
        const reason = lastingReason(error) ?? (isRemote ? await spentReason(error) : null);
        if (reason === null) throw error;
        slice.log.warn({ recordingId, reason }, 'a recording could not be transcribed');
        await failTranscript(slice, recording, transcriptId, reason);
        return 'failed';
      }
    },
    async giveUp({ accountId, recordingId }, error) {
      const recording = await readyRecording(slice.db, accountId, recordingId);
      if (!recording) {
        await failGone(slice, accountId, recordingId);
        return 'gone';
      }
      const held = { accountId, callId: recording.callId, recordingId };
      const { id } = await holdTranscript(slice.db, held, slice.clock.now(accountId));
      const reason = error instanceof SpeechError ? error.reason : 'INTERNAL_ERROR';
      // the time of the whole job was up
      await failTranscript(slice, recording, id, reason === 'ABORTED' ? 'TIMEOUT' : reason);
      return 'failed';
    },
  };
}

async function transcribe(
  slice: Slice,
  recording: RecordingOfCall & { storageKey: string },
  job: { terms: TranscriptionTerms; transcriptId: string; signal: AbortSignal; parts: HeardParts },
): Promise<void> {
  const { db, events, clock, storage, search } = slice;
  const { accountId, callId, kind } = recording;
  const { terms, transcriptId, signal, parts } = job;
  const speech = chooseSpeech(slice, terms);
  const about = { accountId, companyId: recording.call.companyId };
  const vocabulary = await slice.expectedWords(db, accountId, about.companyId);
  const { path, release } = await storage.localFile(recording.storageKey);
  if (speech.host !== null) {
    const to = { engine: speech.id, model: speech.model, sentTo: speech.host };
    await noteSending(db, { accountId, id: transcriptId }, to);
  }
  const heard = await speech
    .transcribe(path, {
      ...{ signal, vocabulary },
      language: terms.language ?? undefined,
      onProgress: (fraction) => tellProgress(events, recording, fraction),
      parts,
    })
    .finally(release);
  const { classes } = await redactionPolicy(db.prisma, about);
  const { engine, model } = heard;
  const spokenIn = languageOf(speech, terms, heard.language);
  const language = languageToRedact({ engine, model, language: spokenIn.language });
  const { segments, redactions } = redactTranscript(heard.segments, classes, language);
  const muted = stretchesToMute(heard.segments, redactions, heard.wordTimes);
  const sound: RedactedSound =
    muted.length > 0 ? await copyMuted(slice, recording, muted) : 'CLEAR';
  signal.throwIfAborted();
  const finishedAt = clock.now(accountId);
  await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [`call:${callId}`]);
    await search.lock(tx, accountId);
    const policy = await holdPolicy(tx, about);
    // the sound has been silenced for less than is wanted by now: the next try asks anew
    if (!covers(classes, policy.classes)) throw new Error('More is to be redacted by now.');
    const spoken = segmentsBy(kind, heard);
    const stored = await storeTranscript(
      tx,
      search,
      { accountId, id: transcriptId },
      {
        ...{ engine, model, ...spokenIn },
        wordTimes: heard.wordTimes,
        redactions: redactions.length,
        redactionClasses: allOf(classes),
        finishedAt,
      },
      spoken(segments),
    );
    await settleRedaction(tx, slice, recording, sound);
    if (!stored) return;
    if (kind === 'CALL') await dropLive(tx, accountId, callId);
    if (policy.keepRaw) {
      const place = { ...about, transcriptId, keptAt: clock.now(accountId) };
      await storeRaw(tx, slice.secrets, place, spoken(heard.segments));
    }
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

/**
 * The provider that the settings name where the company lets recordings go there, else the engine inside this server. One
 * that fails is not stood in for by the other: whoever chose it reads its words, or why there are none.
 */
function chooseSpeech({ speech, remoteSpeech }: Slice, terms: TranscriptionTerms) {
  return terms.mayLeave && remoteSpeech ? remoteSpeech : speech;
}

/** What is known of the language, and how; null where it would be a guess. */
function languageOf(
  { detectsLanguage }: TranscriptionProvider,
  { language: declared }: TranscriptionTerms,
  heard: string | null,
): { language: string | null; languageSource: LanguageSource } {
  if (declared !== null) return { language: declared, languageSource: 'DECLARED' };
  if (heard !== null) return { language: heard, languageSource: 'DETECTED' };
  return { language: null, languageSource: detectsLanguage ? 'NOT_TOLD' : 'NOT_SUPPORTED' };
}

/** Segments of a recording as they are stored, with who speaks. */
function segmentsBy(kind: 'CALL' | 'VOICEMAIL', { channels }: Transcription) {
  return (segments: Transcription['segments']) =>
    segments.map(
      ({ channel, startMs, endMs, text, uncertain, words }): StoredSegment => ({
        speaker: speakerOf(kind, channels, channel),
        startMs,
        endMs,
        text,
        uncertain,
        words,
      }),
    );
}

/** The recorded leg is the left channel, the other party the right one; a voicemail holds the caller alone. */
function speakerOf(kind: 'CALL' | 'VOICEMAIL', channels: number, channel: number): Speaker {
  if (kind === 'VOICEMAIL') return 'CALLER';
  if (channels < 2) return 'UNKNOWN';
  return channel === 0 ? 'CALLER' : 'AGENT';
}
