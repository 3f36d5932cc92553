// The enums of chats.
import { builder } from '#graphql/builder.ts';

export const ChatState = builder.enumType('ChatState', {
  description: 'Where a chat stands.',
  values: {
    OPEN: { description: 'It goes on.' },
    ENDED: { description: 'An agent ended it; only the visitor can take it up again.' },
  } as const,
});

export const ChatAuthor = builder.enumType('ChatAuthor', {
  description: 'Who wrote in a chat.',
  values: {
    VISITOR: { description: 'The visitor of the website.' },
    AGENT: { description: 'An agent of the company.' },
    SYSTEM: { description: 'The greeting that the company has set.' },
  } as const,
});
