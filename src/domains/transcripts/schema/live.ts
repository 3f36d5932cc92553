// What is said on a call while it goes on, and the events that tell of its words.
import { may } from '#domains/accounts/index.ts';
import { followEvents, implementEvent, readFilter } from '#domains/activity/index.ts';
import { Call } from '#domains/calls/index.ts';
import type { LiveSegment as LiveSegmentRow } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import type { transcriptSegment } from '../events.ts';
import { findLiveSegment, liveSegmentsOf } from '../read-transcripts.ts';
import { Speaker } from './transcript.ts';

const TYPES = [
  'transcript.segment',
  'transcript.ready',
  'transcript.failed',
  'transcript.edited',
] as const;
type LivePlace = ReturnType<(typeof transcriptSegment)['payload']['parse']>;

const LiveSegment = builder.objectRef<LiveSegmentRow>('LiveSegment').implement({
  description:
    'Something that was said on a call that goes on, as the carrier heard it. Redacted as a transcript is, and beyond that no number is shown.',
  fields: (t) => ({
    speaker: t.expose('speaker', { type: Speaker, description: 'Who spoke.' }),
    startMs: t.exposeInt('startMs', {
      description: 'Its begin, in ms from the recording’s; estimated by its words.',
    }),
    endMs: t.exposeInt('endMs', { description: 'Its end, in ms from the recording’s begin.' }),
    text: t.exposeString('text', {
      description: 'The words. What was taken out stands as a label, such as [DIGITS].',
    }),
    heardAt: t.expose('heardAt', { type: 'DateTime', description: 'When it was heard.' }),
  }),
});

builder.objectField(Call, 'liveSegments', (t) =>
  t.loadableList({
    type: LiveSegment,
    nullable: true,
    description:
      'What was said on it so far, in the order of speech, where its company has `liveTranscription` on. Kept until the transcript is ready, and no longer than a day; null without the scope TRANSCRIPTS_READ.',
    extensions: { listSize: 100 },
    load: async (callIds: string[], { platform, viewer }: Context) => {
      // who sees a call sees its company, so the right is the same for all of them
      if (!may(viewer, 'transcripts.read')) return callIds.map(() => null);
      const rows = await liveSegmentsOf(platform.db, viewer.accountId, callIds);
      const byCall = Map.groupBy(rows, (row) => row.callId);
      return callIds.map((id) => byCall.get(id) ?? []);
    },
    resolve: (call) => call.id,
  }),
);

implementEvent({
  typename: 'TranscriptEvent',
  types: TYPES,
  description:
    'Something was said on a call that goes on, a recording was written down, or more of it is hidden now, or it will not be, or a person has changed its words.',
  fields: (t) => ({
    call: t.field({
      type: Call,
      nullable: true,
      description:
        'The call whose recording it is; null when it was erased, or without the scope CALLS_READ.',
      resolve: ({ payload }) => String(payload.callId),
    }),
    liveSegment: t.field({
      type: LiveSegment,
      nullable: true,
      description:
        'On TRANSCRIPT_SEGMENT: what was said; null once the transcript is there, which has it, or when the call was erased.',
      resolve: ({ payload, type }, _args, { platform, viewer }) =>
        type === 'transcript.segment'
          ? findLiveSegment(platform.db, viewer, payload as LivePlace)
          : null,
    }),
    reason: t.string({
      nullable: true,
      description: 'On TRANSCRIPT_FAILED: why, as a code.',
      resolve: ({ payload }) => (payload.reason === undefined ? null : String(payload.reason)),
    }),
  }),
});

builder.subscriptionField('transcript', (t) =>
  t.field({
    type: Call,
    nullable: true,
    description:
      'The call again whenever something was said while it goes on, and when its transcript is ready, has failed or was edited; null without the scope CALLS_READ. Over SSE a Last-Event-ID header resumes it.',
    args: { callId: t.arg.id({ required: true, description: 'Which call.' }) },
    subscribe: (_root, { callId }, context) => {
      const filter = readFilter(context.viewer, {
        types: [...TYPES],
        callIds: [callId],
      });
      return followEvents(context, filter, null);
    },
    resolve: (event) => String((event as StoredEvent).payload.callId),
  }),
);
