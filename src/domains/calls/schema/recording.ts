// Recording: the audio of a call or of a voicemail, with its waveform.
import { Actor, may } from '#domains/accounts/index.ts';
import type { Recording as RecordingRow } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import { mayHearRaw } from '../may-hear-raw.ts';
import { RECORDING_FAILURES_TOLD } from '../recording-failure.ts';
import { isRedacted, linkToRawRecording, linkToRecording } from '../recording-link.ts';
import { RecordingRedaction, RecordingState } from './words.ts';

interface Channel {
  values: number[];
}
const WaveformChannel = builder.objectRef<Channel>('WaveformChannel').implement({
  description: 'The waveform of one channel.',
  fields: (t) => ({
    values: t.exposeIntList('values', {
      description: 'Lowest and highest sample in turn, -128 to 127: min, max, min, max ….',
    }),
  }),
});

interface StoredPeaks {
  samplesPerSecond: number;
  channels: number[][];
}
const Waveform = builder.objectRef<StoredPeaks>('Waveform').implement({
  description: 'A picture of the sound, to draw a player without loading the audio.',
  fields: (t) => ({
    samplesPerSecond: t.exposeInt('samplesPerSecond', {
      description: 'Pairs of values for each second of audio.',
    }),
    channels: t.field({
      type: [WaveformChannel],
      description: 'Left (the caller) first, then right (the business).',
      resolve: (peaks) => peaks.channels.map((values) => ({ values })),
    }),
  }),
});

export const Recording = builder.objectRef<RecordingRow>('Recording').implement({
  description: 'The audio of a call or of a voicemail.',
  fields: (t) => ({
    state: t.expose('state', { type: RecordingState, description: 'Where it stands.' }),
    failure: t.exposeString('failure', {
      nullable: true,
      description: `Why it will not come, as a code; null unless FAILED. One of ${RECORDING_FAILURES_TOLD}.`,
    }),
    url: t.field({
      type: 'URL',
      nullable: true,
      description:
        'A signed link to the WAV that plays for 15 minutes and takes byte ranges; ask again for a new one. Null until READY. Where a transcript was asked for, every number that it hides is silent here too, for everybody: the recording as it was spoken is not kept. Until that is so (`redaction` PENDING or FAILED) the link is null without the scope TRANSCRIPTS_RAW, and with it every link that is given is written into the audit log; a link from before answers 409 for as long.',
      resolve: async (row, _args, { platform, viewer }) => {
        if (row.state !== 'READY') return null;
        const root = { secrets: platform.secrets, publicUrl: platform.publicUrl() };
        if (!isRedacted(row) && !(await mayHearRaw(platform, viewer, row))) return null;
        return (isRedacted(row) ? linkToRecording : linkToRawRecording)(root, row, new Date());
      },
    }),
    redaction: t.expose('redaction', {
      type: RecordingRedaction,
      description:
        'What the transcript made of the sound. `sha256`, `peaks` and the link are of the same file; CALL_UPDATED tells when it changes.',
    }),
    durationSeconds: t.int({
      nullable: true,
      description: 'Its length, rounded; null until READY, or when it cannot be read as audio.',
      resolve: (row) => (row.durationMs === null ? null : Math.round(row.durationMs / 1_000)),
    }),
    channels: t.exposeInt('channels', {
      nullable: true,
      description: '2: caller left, business right. 1: everybody.',
    }),
    sha256: t.string({
      nullable: true,
      description: 'The checksum of the stored file, in hexadecimal.',
      resolve: (row) => (row.sha256 ? Buffer.from(row.sha256).toString('hex') : null),
    }),
    peaks: t.field({
      type: Waveform,
      nullable: true,
      description: 'Its waveform; null until READY, or when it cannot be read as audio.',
      resolve: (row) => {
        const peaks = row.peaks as Partial<StoredPeaks> | null;
        return peaks?.channels ? (peaks as StoredPeaks) : null;
      },
    }),
    noticeEndedAt: t.expose('noticeEndedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When caller and business had both heard the recording notice to its end; recording began after it.',
    }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was deleted or expired; null unless it was.',
    }),
    deletedBy: t.expose('deletedBy', {
      type: Actor,
      nullable: true,
      description: 'By whose hand; the server’s own, part retention, when it expired.',
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null while it runs.',
    }),
  }),
});

/** Whether this viewer may listen to recordings of a company. */
export function mayListen(viewer: Parameters<typeof may>[0], companyId: string): boolean {
  return may(viewer, 'recordings.read', companyId);
}
