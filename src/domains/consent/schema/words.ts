// The words of consent.
import { builder } from '#graphql/builder.ts';

export const ConsentState = builder.enumType('ConsentState', {
  description: 'Whether a number may be texted.',
  values: {
    NONE: { description: 'Nothing is known: no.' },
    IMPLIED: { description: 'They texted less than 24 hours ago: yes, until `impliedUntil`.' },
    EXPIRED: { description: 'They texted 24 hours ago or earlier, and did not opt in: no.' },
    OPTED_IN: { description: 'They opted in: yes.' },
    HELD_FOR_REVIEW: {
      description: 'A text clearly seems to ask for no more: no, until somebody has judged it.',
    },
    OPTED_OUT: { description: 'They opted out: no, until they opt in again.' },
  } as const,
});

export const ConsentEntryKind = builder.enumType('ConsentEntryKind', {
  description: 'What a line of the ledger says.',
  values: {
    INBOUND: { description: 'They texted, which lets the company answer for 24 hours.' },
    OPT_IN: { description: 'They agreed to be texted.' },
    OPT_OUT: { description: 'They want no more texts.' },
    OPT_OUT_REQUEST: { description: 'They texted what seems to ask for no more, in free words.' },
    REQUEST_DISMISSED: { description: 'Such a text was read, and asked for something else.' },
  } as const,
});

export const ConsentSource = builder.enumType('ConsentSource', {
  description: 'By what something was said.',
  values: {
    TEXT: { description: 'A text message of theirs.' },
    FORM: { description: 'A form, on paper or on a page.' },
    VERBAL: { description: 'By voice: on the telephone, or face to face.' },
    EMAIL: { description: 'An e-mail.' },
    IMPORT: { description: 'A list of an older system.' },
    API: { description: 'Another program that asked them.' },
    REVIEW: { description: 'Somebody of the company, who read what they wrote.' },
  } as const,
});
