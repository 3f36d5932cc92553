// The transcripts part of the API: Call.transcript and Recording.transcript.
import { may, RedactionClass } from '#domains/accounts/index.ts';
import { Call, Recording, tellCondition } from '#domains/calls/index.ts';
import type { Transcript as TranscriptRow, TranscriptSegment } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { callsWithTranscripts } from '../calls-with-transcripts.ts';
import {
  numberWordsKnownIn,
  segmentsOf,
  transcriptsOfCalls,
  transcriptsOfRecordings,
} from '../read-transcripts.ts';
import { unopenedOf } from '../redaction/store-raw.ts';
import { segmentId } from '../segment-id.ts';

const TranscriptState = builder.enumType('TranscriptState', {
  description: 'Where a transcript stands.',
  values: {
    WAITING: { description: 'To be made.' },
    TRANSCRIBING: { description: 'Being made.' },
    READY: { description: 'Written down; see `segments`.' },
    FAILED: {
      description:
        'It will not come unless requestTranscription asks again; `failure` says why. Nothing is ever made up.',
    },
  } as const,
});

const LanguageSource = builder.enumType('LanguageSource', {
  description: 'How the language of a transcript is known, or why it is not.',
  values: {
    DETECTED: { description: 'The engine heard it.' },
    DECLARED: { description: 'The company says so (`speechLanguage`); nothing has checked it.' },
    NOT_TOLD: { description: 'The engine can tell languages apart, and named none.' },
    NOT_SUPPORTED: {
      description:
        'The engine tells no languages apart and nobody has declared one: the words of the one inside this server are English, whatever was spoken.',
    },
  } as const,
});

export const Speaker = builder.enumType('Speaker', {
  description: 'Who speaks.',
  values: {
    CALLER: { description: 'The person who called.' },
    AGENT: { description: 'Whoever answered for the business.' },
    UNKNOWN: { description: 'The recording has one channel for both.' },
  } as const,
});

interface Word {
  text: string;
  startMs: number;
  endMs: number;
}
const TranscriptWord = builder.objectRef<Word>('TranscriptWord').implement({
  description: 'One word, or the label that hides a number.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The word.' }),
    startMs: t.exposeInt('startMs', { description: 'Its begin, in ms from the recording’s.' }),
    endMs: t.exposeInt('endMs', { description: 'Its end, in ms from the recording’s begin.' }),
  }),
});

export const Segment = builder.objectRef<TranscriptSegment>('TranscriptSegment').implement({
  description: 'What one speaker said without a pause.',
  fields: (t) => ({
    id: t.id({
      description: 'The same for ever: what quotes and edits name. It is no id for `node`.',
      resolve: segmentId,
    }),
    speaker: t.expose('speaker', { type: Speaker, description: 'Who speaks.' }),
    startMs: t.exposeInt('startMs', { description: 'Its begin, in ms from the recording’s.' }),
    endMs: t.exposeInt('endMs', { description: 'Its end, in ms from the recording’s begin.' }),
    text: t.exposeString('text', {
      description:
        'The words. What was taken out stands as a label of its kind, such as [CARD_NUMBER] or [NAME]; see Transcript.redactionClasses.',
    }),
    uncertain: t.exposeBoolean('uncertain', {
      description:
        'The engine had to be helped here, heard speech that it could not write, or, if a provider, says or shows that it is not sure.',
    }),
    isEdited: t.exposeBoolean('edited', {
      description: 'A person has changed its words; their times are then estimated.',
    }),
    words: t.field({
      type: [TranscriptWord],
      description: 'The words with their times; see Transcript.wordTimesEstimated.',
      resolve: (segment) => segment.words as unknown as Word[],
    }),
  }),
});

/** Of before there was more than the engine that knows English only, none is kept: nobody had heard what was spoken. */
function sourceOf({ state, languageSource }: TranscriptRow) {
  return languageSource ?? (state === 'READY' ? ('NOT_SUPPORTED' as const) : null);
}

tellCondition('transcriptStates', {
  field: (t) =>
    t.field({
      type: [TranscriptState],
      description:
        'Calls with a transcript, of the talk or of a message, that stands there. Takes the scope TRANSCRIPTS_READ.',
    }),
  part: callsWithTranscripts,
});

export const Transcript = builder.objectRef<TranscriptRow>('Transcript').implement({
  description: 'What was said on a recording, redacted before it was stored.',
  fields: (t) => ({
    state: t.expose('state', { type: TranscriptState, description: 'Where it stands.' }),
    failure: t.exposeString('failure', {
      nullable: true,
      description:
        'Why it will not come, as a code. Of the recording: AUDIO_CORRUPT, AUDIO_EMPTY, AUDIO_UNSUPPORTED, AUDIO_TOO_LARGE, RECORDING_MISSING. LANGUAGE_UNSUPPORTED: the engine does not know the language that the company has declared; the one inside this server knows English only. Of the engine inside this server: ENGINE_UNAVAILABLE, ENGINE_CRASHED. Of a provider: PROVIDER_ANSWER_TOO_LARGE, and after a day of tries PROVIDER_UNAUTHORIZED (its key is not taken), PROVIDER_REFUSED, PROVIDER_BUSY, PROVIDER_FAILED, PROVIDER_UNREACHABLE, PROVIDER_ANSWER_INVALID. Also TIMEOUT, INTERNAL_ERROR.',
    }),
    engine: t.exposeString('engine', {
      nullable: true,
      description:
        'What wrote it down: `moonshine` is inside this server; openai, telnyx and deepgram are providers, see `sentTo`.',
    }),
    model: t.exposeString('model', { nullable: true, description: 'The engine’s model.' }),
    sentTo: t.exposeString('sentTo', {
      nullable: true,
      description:
        'The host that the recording was given to, whatever came of it; null: the recording did not leave this server. What the carrier heard while the call went on is apart from that, see `Company.liveTranscription`.',
    }),
    language: t.string({
      nullable: true,
      description: 'What is spoken, as a BCP 47 tag: en; null where that would be a guess.',
      resolve: (row) => (sourceOf(row) === 'NOT_SUPPORTED' ? null : row.language),
    }),
    languageSource: t.field({
      type: LanguageSource,
      nullable: true,
      description: 'How the language is known, or why it is not; null until it is READY.',
      resolve: sourceOf,
    }),
    wordTimesEstimated: t.boolean({
      description: 'True when the words’ times were spread over the segment, not measured.',
      resolve: (row) => row.wordTimes !== 'native',
    }),
    redacted: t.boolean({
      description: 'True when something was hidden in it.',
      resolve: (row) => row.redactions > 0,
    }),
    redactions: t.exposeInt('redactions', { description: 'How many stretches were hidden.' }),
    isEdited: t.boolean({
      description: 'Whether a person has changed its words.',
      resolve: ({ edits }) => edits > 0,
    }),
    editedAt: t.expose('editedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When that was last done; null = never.',
    }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
    redactionClasses: t.expose('redactionClasses', {
      type: [RedactionClass],
      description:
        'What was looked for and taken out: in English by what is said around it; in another language every number but single digits that stand alone and small prices, and see `numberWordsKnown`.',
    }),
    numberWordsKnown: t.loadable({
      type: 'Boolean',
      description:
        'Whether the words for numbers of what is spoken are known here: those of English, Spanish, French, German, Italian, Portuguese and Dutch are. False: only figures were taken out for sure, a number that was told in words may stand in `segments`, and they go to no language model. Where `language` is null, true only if both sides read as English.',
      load: async (ids: string[], { platform, viewer }: Context) => {
        const known = await numberWordsKnownIn(platform.db, viewer.accountId, ids);
        return ids.map((id) => known.get(id) ?? false);
      },
      resolve: (row) => row.id,
    }),
    redactionVersion: t.exposeInt('redactionVersion', {
      description:
        'The version of the rules that looked for it; rises when they find more. 0: an edit has hidden more, and the sound follows.',
    }),
    isRawSealed: t.loadable({
      type: 'Boolean',
      description:
        'Whether its words as they were heard are kept, and sealed under another key than this server’s: what was to be hidden later was looked for in `segments`, and is looked for in them once that key is back.',
      load: async (ids: string[], { platform, viewer }: Context) => {
        const sealed = await unopenedOf(platform.db.prisma, viewer.accountId, ids);
        return ids.map((id) => sealed.has(id));
      },
      resolve: (row) => row.id,
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was written down or given up.',
    }),
    segments: t.loadableList({
      type: Segment,
      description: 'What was said, in the order of speech.',
      extensions: { listSize: 100 },
      load: async (ids: string[], { platform, viewer }: Context) => {
        const rows = await segmentsOf(platform.db, viewer.accountId, ids);
        const byTranscript = Map.groupBy(rows, (row) => row.transcriptId);
        return ids.map((id) => byTranscript.get(id) ?? []);
      },
      resolve: (row) => row.id,
    }),
  }),
});

builder.objectField(Call, 'transcript', (t) =>
  t.loadable({
    type: Transcript,
    nullable: true,
    description:
      'What was said on it: in the conversation when there was one, else in the message that was left. Null when nothing was to be transcribed, or without the scope TRANSCRIPTS_READ. Where both were recorded, each `Recording.transcript` has its own.',
    load: async (callIds: string[], { platform, viewer }: Context) => {
      const byCall = await transcriptsOfCalls(platform.db, viewer.accountId, callIds);
      return callIds.map((id) => byCall.get(id) ?? null);
    },
    resolve: (call, _args, { viewer }) =>
      may(viewer, 'transcripts.read', call.companyId) ? call.id : null,
  }),
);

builder.objectField(Recording, 'transcript', (t) =>
  t.loadable({
    type: Transcript,
    nullable: true,
    description:
      'What was said on this recording; null when it was not to be transcribed, or without the scope TRANSCRIPTS_READ.',
    load: async (ids: string[], { platform, viewer }: Context) => {
      const rows = await transcriptsOfRecordings(platform.db, viewer.accountId, ids);
      const byRecording = new Map(rows.map((row) => [row.recordingId, row]));
      return ids.map((id) => byRecording.get(id) ?? null);
    },
    // who sees the recording may see its company
    resolve: (recording, _args, { viewer }) =>
      may(viewer, 'transcripts.read') ? recording.id : null,
  }),
);
