// How a conversation was talked, as part of its transcript: worked out when it is asked for, from the segments alone.
import type { TranscriptSegment } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import {
  measureTalk,
  type SegmentTalk,
  type SpeakerTalk,
  type Stretch,
  type Talk,
} from '../measure-talk.ts';
import { segmentsOf } from '../read-transcripts.ts';
import { Segment, Speaker, Transcript } from './transcript.ts';

const TalkStretch = builder.objectRef<Stretch>('TalkStretch').implement({
  description: 'A stretch of a recording.',
  fields: (t) => ({
    startMs: t.exposeInt('startMs', { description: 'Its begin, in ms from the recording’s.' }),
    endMs: t.exposeInt('endMs', { description: 'Its end, in ms from the recording’s begin.' }),
  }),
});

const SpeakerTalkType = builder.objectRef<SpeakerTalk>('SpeakerTalk').implement({
  description: 'How one of the two talked.',
  fields: (t) => ({
    speaker: t.expose('speaker', { type: Speaker, description: 'Who.' }),
    talkMs: t.exposeInt('talkMs', { description: 'How long they spoke, in ms.' }),
    talkPercent: t.exposeInt('talkPercent', {
      description: 'Their share of all that was spoken; both add up to 100.',
    }),
    words: t.exposeInt('words', {
      description: 'How many words they said; the label of something hidden counts as one.',
    }),
    wordsPerMinute: t.exposeInt('wordsPerMinute', {
      nullable: true,
      description: 'Their pace while they spoke; null where that was less than a second.',
    }),
    interruptions: t.exposeInt('interruptions', {
      description:
        'How often they began while the other was speaking for 0.3 s more at least, and said three words or more.',
    }),
    longestMonologue: t.expose('longestMonologue', {
      type: TalkStretch,
      nullable: true,
      description:
        'The longest stretch in which they held the floor: the other said nothing of three words, and they paused for 10 s at most. Null when they said nothing of three words themselves.',
    }),
  }),
});

type PlacedTalk = SegmentTalk & { segment: TranscriptSegment };
const SegmentTalkType = builder.objectRef<PlacedTalk>('SegmentTalk').implement({
  description: 'How one segment stands among the others.',
  fields: (t) => ({
    segment: t.expose('segment', { type: Segment, description: 'Which one.' }),
    wordsPerMinute: t.exposeInt('wordsPerMinute', {
      nullable: true,
      description: 'Its pace; null where it is shorter than a second.',
    }),
    silenceBeforeMs: t.exposeInt('silenceBeforeMs', {
      description: 'For how long nobody had spoken when it began, in ms; 0 for the first one.',
    }),
    interrupts: t.exposeBoolean('interrupts', {
      description: 'It began while the other was speaking, as `SpeakerTalk.interruptions` counts.',
    }),
  }),
});

type LoadedTalk = Omit<Talk, 'segments'> & { segments: PlacedTalk[] };
const TalkType = builder.objectRef<LoadedTalk>('Talk').implement({
  description:
    'How the two talked with each other, measured on the segments. Where word times are estimated, segments are not: they are where somebody was heard.',
  fields: (t) => ({
    speakers: t.expose('speakers', {
      type: [SpeakerTalkType],
      description: 'The caller, then the agent.',
      extensions: { listSize: 2 },
    }),
    silenceMs: t.exposeInt('silenceMs', {
      description: 'How long nobody spoke between the first word and the last, in ms.',
    }),
    longestSilence: t.expose('longestSilence', {
      type: TalkStretch,
      nullable: true,
      description: 'The longest time for which nobody spoke; null when there was none.',
    }),
    bothMs: t.exposeInt('bothMs', { description: 'How long both spoke at once, in ms.' }),
    segments: t.expose('segments', {
      type: [SegmentTalkType],
      description: 'Each segment, in the order in which they began.',
      extensions: { listSize: 100 },
    }),
  }),
});

builder.objectField(Transcript, 'talk', (t) =>
  t.loadable({
    type: TalkType,
    nullable: true,
    description:
      'How the two talked with each other; null while it is not READY, where one of them said nothing, or where one channel holds both.',
    load: async (ids: string[], { platform, viewer }: Context) => {
      const rows = await segmentsOf(platform.db, viewer.accountId, ids);
      const byTranscript = Map.groupBy(rows, (row) => row.transcriptId);
      return ids.map((id) => place(byTranscript.get(id) ?? []));
    },
    resolve: ({ id, state }) => (state === 'READY' ? id : null),
  }),
);

function place(segments: readonly TranscriptSegment[]): LoadedTalk | null {
  const talk = measureTalk(segments);
  if (!talk) return null;
  const byNumber = new Map(segments.map((segment) => [segment.n, segment]));
  return {
    ...talk,
    segments: talk.segments.flatMap((one) => {
      const segment = byNumber.get(one.n);
      return segment ? [{ ...one, segment }] : [];
    }),
  };
}
