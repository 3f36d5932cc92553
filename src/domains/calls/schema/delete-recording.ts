// The mutation deleteRecording.
import { defineMutation } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { deleteRecording } from '../delete-recording.ts';
import { Call } from './call.ts';
import { RecordingKind } from './words.ts';

defineMutation('deleteRecording', {
  description:
    'Deletes the audio of a call or of its voicemail, here and at the carrier. Its transcript goes too, unless the company keeps transcripts (deleteTranscriptsWithRecordings). Asked again it changes nothing.',
  input: (t) => ({
    callId: t.id({ required: true, description: 'Which call.' }),
    kind: t.field({
      type: RecordingKind,
      required: true,
      description: 'The conversation or the message.',
    }),
  }),
  run: async (input, { platform, viewer }) => {
    const callId = readId(input.callId, 'Call', 'callId');
    return { callId: await deleteRecording(platform, viewer, { ...input, callId }) };
  },
  payload: (t) => ({
    call: t.field({
      type: Call,
      nullable: true,
      description: 'The call as it is now.',
      resolve: ({ callId }) => callId,
    }),
  }),
});
