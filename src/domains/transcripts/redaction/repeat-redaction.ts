// The job that redacts a past transcript anew, when its company wants more hidden or the rules find more: from what was
// heard where that is kept and opens, else from what is stored, which only ever loses words. Sound first, then text, index and all
// that was read in it in one transaction, or the sound alone; what is cut off is begun again, and a transcript that is done is left alone.
import {
  copyMuted,
  type RedactedSound,
  readyRecording,
  reopenRedaction,
  settleRedaction,
} from '#domains/calls/index.ts';
import { bumpVersion } from '#domains/interactions/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { SpeechError } from '#platform/speech/index.ts';
import { StoredThingMissing } from '#platform/storage/index.ts';
import type { RedactionClass } from '#values/redaction-classes.ts';
import { redactRevisions, rewriteRevisions } from '../edits/store-revisions.ts';
import { transcriptReady } from '../events.ts';
import { repeatRedactionJob } from '../jobs.ts';
import { rewriteTranscript } from '../store-words.ts';
import { languageToRedact } from './known-language.ts';
import { allOf, covers, redactionPolicy } from './read-redaction-policy.ts';
import { type RedactableSegment, redactTranscript } from './redact.ts';
import { hiddenBefore, stretchesToMute } from './redact-audio.ts';
import { DUE_AGAIN, REDACTION_VERSION, UNHEARD_VERSION } from './rules/redact-classes.ts';
import { findUnheard } from './rules/redact-unheard.ts';
import { noteUnopened, readRaw } from './store-raw.ts';
import { forgetTries, noteGivenUp } from './store-redaction-tries.ts';

type Slice = Pick<
  Platform,
  'db' | 'events' | 'jobs' | 'clock' | 'log' | 'storage' | 'search' | 'secrets'
> & {
  /** Deletes what was read in a transcript: its quotes point at words that may go. Says whether a language model was asked. */
  forgetReadings(
    tx: Tx,
    secrets: Platform['secrets'],
    accountId: string,
    transcriptId: string,
  ): Promise<{ wasAssisted: boolean }>;
};
type Payload = { accountId: string; transcriptId: string };

/** The worker's side of `transcripts.repeat-redaction`. Outcomes: gone, up to date, nothing to hide, muted, redacted. */
export function repeatRedactionHandler(slice: Slice): JobHandler<Payload> {
  return {
    definition: repeatRedactionJob,
    async run(payload, { signal }) {
      const past = await find(slice, payload);
      if (!past) return 'gone';
      const policy = await redactionPolicy(slice.db.prisma, { ...payload, ...past });
      const { redactionClasses: done, redactionVersion } = past;
      if (redactionVersion >= REDACTION_VERSION && covers(done, policy.classes)) {
        await forgetTries(slice.db.prisma, payload);
        return 'up to date';
      }
      return repeatRedaction(slice, past, allOf(done, policy.classes), signal);
    },
    async giveUp(payload) {
      const now = slice.clock.now(payload.accountId);
      const times = await slice.db.transaction((tx) => noteGivenUp(tx, payload, now));
      return `put off, for the ${times}. time`;
    },
  };
}

type Past = NonNullable<Awaited<ReturnType<typeof find>>>;

async function find({ db }: Slice, { accountId, transcriptId: id }: Payload) {
  const row = await db.prisma.transcript.findFirst({
    where: { accountId, id, state: 'READY' },
    include: { segments: { orderBy: { n: 'asc' } }, call: { select: { companyId: true } } },
  });
  return row && { ...row, companyId: row.call.companyId };
}

/** As redaction takes them: it knows channels, not speakers. */
function listSegments(
  segments: readonly Pick<
    Past['segments'][number],
    'speaker' | 'startMs' | 'endMs' | 'text' | 'words'
  >[],
  stored: Past['segments'],
): RedactableSegment[] {
  return segments.map(({ speaker, startMs, endMs, text, words }, at) => ({
    ...{ channel: speaker === 'AGENT' ? 1 : 0, startMs, endMs, text },
    words: words as unknown as RedactableSegment['words'],
    uncertain: stored[at]?.uncertain ?? false,
  }));
}

async function repeatRedaction(
  slice: Slice,
  past: Past,
  classes: RedactionClass[],
  signal: AbortSignal,
): Promise<string> {
  const { db, events, search, clock, secrets } = slice;
  const { accountId, id: transcriptId, callId, companyId, version } = past;
  // what people have corrected stays: it is redacted as it stands
  const heard =
    past.edits === 0 ? await readRaw(db.prisma, secrets, { accountId, transcriptId }) : null;
  const isSealed = heard === 'SEALED';
  if (isSealed) {
    slice.log.warn(
      { transcriptId },
      'what was heard was sealed under another key; what is stored was redacted in its place, until that key is back',
    );
  }
  const raw = isSealed ? null : heard;
  const isWhole = raw?.length === past.segments.length;
  const before = listSegments(isWhole ? (raw as never) : past.segments, past.segments);
  const language = languageToRedact(past);
  const { segments, redactions } = redactTranscript(before, classes, language);
  const changed = segments.flatMap(({ text, words }, at) => {
    const stored = past.segments[at];
    return stored && stored.text !== text ? [{ n: stored.n, text, words }] : [];
  });
  // an edit has hidden what still is heard, and stands in what was read
  const isEdited = past.redactionVersion === DUE_AGAIN;
  const isChanged = changed.length > 0 || isEdited;
  // what was released by older rules
  const isHeard = past.redactionVersion < UNHEARD_VERSION && findUnheard(before).length > 0;
  const recording =
    isChanged || isHeard ? await readyRecording(db, accountId, past.recordingId) : null;
  const wordTimes = past.wordTimes === 'native' ? 'native' : 'estimated';
  const silent = isEdited ? [...redactions, ...hiddenBefore(past.segments)] : redactions;
  const stretches = stretchesToMute(before, silent, wordTimes);
  const sound = recording && (await silence(slice, recording, stretches));
  // an edit that came meanwhile is another version of the transcript, and this one is not stored
  const spoken = before.map((one, at) => ({ ...one, n: past.segments[at]?.n ?? at }));
  const revisions =
    past.edits > 0
      ? await redactRevisions(db.prisma, past, { classes, language }, { spoken, changed })
      : [];
  signal.throwIfAborted();
  const hidden = isWhole ? redactions.length : past.redactions + redactions.length;
  await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [`call:${callId}`]);
    await search.lock(tx, accountId);
    const known = { accountId, id: transcriptId, version };
    const rules = { redactions: hidden, redactionClasses: classes };
    // somebody was faster: the next try begins with what they left
    const isSame = await rewriteTranscript(tx, search, known, rules, changed);
    if (!isSame) throw new Error('The transcript changed while it was redacted again.');
    await rewriteRevisions(tx, known, revisions, changed);
    if (isSealed) await noteUnopened(tx, secrets, { accountId, transcriptId });
    if (recording && sound) {
      await reopenRedaction(tx, recording);
      await settleRedaction(tx, slice, recording, sound);
    }
    if (!isChanged) return;
    const { wasAssisted } = await slice.forgetReadings(tx, secrets, accountId, transcriptId);
    await events.append(tx, accountId, [
      {
        definition: transcriptReady,
        companyId,
        subject: `call:${callId}`,
        subjectVersion: await bumpVersion(tx, accountId, callId),
        occurredAt: clock.now(accountId),
        payload: {
          ...{ callId, transcriptId, segments: segments.length, redactions: hidden },
          ...{ isPast: true, wasAssisted },
        },
      },
    ]);
  });
  if (isChanged) return 'redacted';
  return recording ? 'muted' : 'nothing to hide';
}

async function silence(
  slice: Slice,
  recording: NonNullable<Awaited<ReturnType<typeof readyRecording>>>,
  stretches: Parameters<typeof copyMuted>[2],
): Promise<RedactedSound> {
  try {
    return await copyMuted(slice, recording, stretches);
  } catch (error) {
    const isMissing = error instanceof StoredThingMissing;
    if (!isMissing && !(error instanceof SpeechError)) throw error;
    const { id: recordingId } = recording;
    const reason = isMissing ? 'RECORDING_MISSING' : error.reason;
    slice.log.warn({ recordingId, reason }, 'a recording could not be muted');
    // nobody hears it but who may hear what is not redacted
    return 'FAILED';
  }
}
