// TranscriptionProvider: where recordings go when a company lets them.
import { builder } from '#graphql/builder.ts';
import { readTranscriptionProvider } from '../transcription/read-transcription-provider.ts';

const TranscriptionProvider = builder.objectRef<
  ReturnType<typeof readTranscriptionProvider> & object
>('TranscriptionProvider');
TranscriptionProvider.implement({
  description:
    'The provider that writes recordings down for companies with `thirdPartyTranscription` on: the processor that their audio goes to. With each recording it is told the company’s name and the words of its keyword sets as words to expect, where its API takes such: openai and deepgram.',
  fields: (t) => ({
    engine: t.exposeString('engine', {
      description: 'Whose API it is reached by: openai, telnyx or deepgram.',
    }),
    model: t.exposeString('model', { description: 'Which model.' }),
    host: t.exposeString('host', { description: 'The host that the recordings are sent to.' }),
    region: t.exposeString('region', {
      nullable: true,
      description: 'Where that stands, as the operator says; null when they do not.',
    }),
    detectsLanguage: t.exposeBoolean('detectsLanguage', {
      description: 'Whether it hears by itself which language is spoken.',
    }),
  }),
});

builder.queryField('transcriptionProvider', (t) =>
  t.field({
    type: TranscriptionProvider,
    nullable: true,
    description:
      'The transcription provider that this server is set up with; null when there is none, and the engine inside this server writes every recording down. What the carrier hears while calls go on is apart from it, see `Company.liveTranscription`.',
    resolve: (_root, _args, { platform }) => readTranscriptionProvider(platform.config),
  }),
);
