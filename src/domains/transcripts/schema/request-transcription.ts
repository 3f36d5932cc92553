// The mutation requestTranscription.
import { defineMutation } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { MOST_REQUESTED, requestTranscription } from '../transcription/request-transcription.ts';

defineMutation('requestTranscription', {
  description: `Has recordings written down again whose transcripts are FAILED: once a provider is back, its key is set right, or the company’s \`speechLanguage\` is one that is known. ${MOST_REQUESTED} at once, those first that failed first; while \`requested\` is ${MOST_REQUESTED}, ask again. What the company wants transcribed no more is passed over. Of a call that is named also what failed by the recording’s own fault (AUDIO_CORRUPT, AUDIO_EMPTY, AUDIO_UNSUPPORTED, AUDIO_TOO_LARGE, RECORDING_MISSING), and what nobody wanted transcribed at its time: its tracker did not ask for it, or the company’s switch was off. WRONG_STATE tells why there is nothing to be had of a named call: no recording, or one that is not stored yet, did not come or was deleted; a transcript that is READY; a switch of the company that is off (\`callTranscription\`, \`voicemailTranscription\`); a \`speechLanguage\` that nothing here knows. AI_PROCESSING_NOT_ALLOWED: the \`transcriptionProvider\` knows it and the engine inside this server does not, and the company’s \`thirdPartyTranscription\` is off. Until the words are there, only who holds TRANSCRIPTS_RAW hears the sound.`,
  input: (t) => ({
    companyId: t.id({ required: true, description: 'The recordings of which company.' }),
    callId: t.id({ description: 'Of one call alone; left out or null for all its calls.' }),
  }),
  run: async ({ companyId, callId }, { platform, viewer }) => ({
    requested: await requestTranscription(platform, viewer, {
      companyId: readId(companyId, 'Company', 'companyId'),
      callId: readId(callId, 'Call', 'callId') ?? null,
    }),
  }),
  payload: (t) => ({
    requested: t.int({
      nullable: true,
      description:
        'How many are begun; TRANSCRIPT_READY or TRANSCRIPT_FAILED tells of each. 0 also while it is under way.',
      resolve: ({ requested }) => requested,
    }),
  }),
});
