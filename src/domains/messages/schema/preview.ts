// Query.previewMessage: how a text will be cut.
import { builder } from '#graphql/builder.ts';
import { badInput } from '#graphql/problems.ts';
import { MOST_SEGMENTS, previewText, type TextPreview } from '../preview-text.ts';

/** far more than can be sent */
const MOST_CHARACTERS = 10_000;

const MessageEncoding = builder.enumType('MessageEncoding', {
  description: 'The alphabet in which a text travels.',
  values: {
    GSM_7: { description: '160 characters in one part, 153 in each of several.' },
    UCS_2: { description: 'Any character: 70 in one part, 67 in each of several.' },
  } as const,
});

const MessagePreview = builder.objectRef<TextPreview>('MessagePreview').implement({
  description: 'How carriers cut a text. Each part is delivered and billed by itself.',
  fields: (t) => ({
    encoding: t.expose('encoding', { type: MessageEncoding, description: 'Its alphabet.' }),
    segments: t.exposeInt('segments', { description: 'Of how many parts it is; 0 of no text.' }),
    isTooLong: t.exposeBoolean('isTooLong', {
      description: `Whether these are more than the ${MOST_SEGMENTS} that the carrier takes: sendMessage refuses it.`,
    }),
    characters: t.exposeInt('characters', { description: 'Its characters, as people count.' }),
    wideCharacters: t.exposeStringList('wideCharacters', {
      description: 'The characters for which it is not GSM_7, each once.',
    }),
  }),
});

builder.queryField('previewMessage', (t) =>
  t.field({
    type: MessagePreview,
    description:
      'How a text will be cut. The first text to a number may be longer: sendMessage adds what it must say.',
    args: { text: t.arg.string({ required: true, description: 'The text.' }) },
    resolve: (_root, { text }) => {
      if (text.length <= MOST_CHARACTERS) return previewText(text);
      throw badInput(`text takes at most ${MOST_CHARACTERS} characters.`, { argument: 'text' });
    },
  }),
);
