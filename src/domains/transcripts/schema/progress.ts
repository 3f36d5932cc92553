// The subscription transcriptProgress: how far the listening to a call's recordings has come.
import { RecordingKind } from '#domains/calls/index.ts';
import { builder } from '#graphql/builder.ts';
import { readId } from '#graphql/read-id.ts';
import { followProgress, type Progress } from '../transcription/progress.ts';

const TranscriptProgress = builder.objectRef<Progress>('TranscriptProgress').implement({
  description: 'How far the listening to a recording has come.',
  fields: (t) => ({
    kind: t.expose('kind', { type: RecordingKind, description: 'Which recording of the call.' }),
    percent: t.exposeInt('percent', {
      description:
        'How much of it has been heard, 0 to 100. The text comes when all of it is redacted.',
    }),
  }),
});

builder.subscriptionField('transcriptProgress', (t) =>
  t.field({
    type: TranscriptProgress,
    description:
      'Tells while a recording of the call is listened to. Only what happens from now on, and a word of it may be lost: that the transcript is ready is told by `transcript` and `events`.',
    args: { callId: t.arg.id({ required: true, description: 'Which call.' }) },
    subscribe: (_root, { callId }, context) =>
      followProgress(context, readId(callId, 'Call', 'callId')),
    resolve: (progress) => progress as Progress,
  }),
);
