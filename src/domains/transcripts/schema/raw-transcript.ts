// revealRawTranscript: a look at what was heard before redaction, which is always written down.
import { RecordingKind } from '#domains/calls/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineMutation } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { revealRawTranscript } from '../redaction/reveal-raw-transcript.ts';
import type { RawSegments } from '../redaction/store-raw.ts';
import { Speaker } from './transcript.ts';

const RawSegment = builder.objectRef<RawSegments[number]>('RawTranscriptSegment').implement({
  description: 'What one speaker said without a pause, as it was heard.',
  fields: (t) => ({
    speaker: t.expose('speaker', { type: Speaker, description: 'Who speaks.' }),
    startMs: t.exposeInt('startMs', { description: 'Its begin, in ms from the recording’s.' }),
    endMs: t.exposeInt('endMs', { description: 'Its end, in ms from the recording’s begin.' }),
    text: t.exposeString('text', { description: 'The words, with nothing hidden.' }),
  }),
});

defineMutation('revealRawTranscript', {
  description:
    'Shows the words of a call as they were heard, where its company keeps them. For admins, and keys with TRANSCRIPTS_RAW. Every look is written into the audit log.',
  input: (t) => ({
    callId: t.id({ required: true, description: 'Which call.' }),
    kind: t.field({
      type: RecordingKind,
      required: true,
      description: 'The conversation or the message.',
    }),
  }),
  run: async (input, { platform, viewer }) => ({
    segments: await revealRawTranscript(platform, viewer, {
      ...input,
      callId: readId(input.callId, 'Call', 'callId'),
    }),
  }),
  payload: (t) => ({
    segments: t.field({
      type: [RawSegment],
      nullable: true,
      description: 'What was said, in the order of speech.',
      resolve: ({ segments }) => segments,
    }),
  }),
});
