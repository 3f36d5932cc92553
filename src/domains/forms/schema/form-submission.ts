// FormSubmission: what was filled, where, and how it was judged.
import { may } from '#domains/accounts/index.ts';
import { Interaction, implementInteraction } from '#domains/interactions/index.ts';
import { addressFor, PageView, VisitorSession } from '#domains/visitors/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineNode } from '#graphql/node.ts';
import { pagesOfForms } from '../read-form-pages.ts';
import { type FormRow, findForms } from '../read-forms.ts';
import { SPAM_SCORE, SPAM_WEIGHTS, type SpamReason } from '../score-spam.ts';
import type { Field } from '../screen-fields.ts';

const FormField = builder.objectRef<Field>('FormField').implement({
  description: 'A field of a form as it was filled.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name in the form.' }),
    value: t.exposeString('value', {
      description: 'What stood in it; ••• without the scope PERSONAL_READ.',
    }),
  }),
});

const WebForm = builder.objectRef<FormRow>('WebForm').implement({
  description: 'A form of a page, in the words of the page.',
  fields: (t) => ({
    id: t.string({
      nullable: true,
      description: 'Its id in the page; null for none.',
      resolve: ({ formId }) => formId || null,
    }),
    name: t.string({
      nullable: true,
      description: 'Its name in the page; null for none.',
      resolve: ({ formName }) => formName || null,
    }),
    action: t.string({
      nullable: true,
      description: 'Where the page sends it, without parameters; null for none.',
      resolve: ({ formAction }) => formAction || null,
    }),
  }),
});

const REASONS: Record<SpamReason, string> = {
  HONEYPOT_FILLED: 'A field was filled that people do not see.',
  BOT_USER_AGENT: 'The browser says that it is a bot.',
  SAME_TEXT: 'Three other people or more sent the same text within a day.',
  FILLED_TOO_FAST: 'It was filled in less than two seconds.',
  MANY_LINKS: 'Two fields or more hold links, besides those that ask for one.',
};

const SpamReasonType = builder.enumType('SpamReason', {
  description: 'What makes a form look like spam.',
  values: Object.fromEntries(
    (Object.keys(SPAM_WEIGHTS) as SpamReason[]).map((reason) => [
      reason,
      { description: `${REASONS[reason]} ${SPAM_WEIGHTS[reason]} points.` },
    ]),
  ) as Record<SpamReason, { description: string }>,
});

export const FormSubmission = defineNode<FormRow>('FormSubmission', (ids, { platform, viewer }) =>
  findForms(platform.db, viewer, ids),
);

const MASKED = '•••';

FormSubmission.implement({
  description: 'A form that somebody sent from a page of the company.',
  interfaces: [Interaction],
  fields: (t) => ({
    fields: t.field({
      type: [FormField],
      description:
        'Its fields in their order. Passwords, cards, hidden tokens and the fields that the company ignores are never kept.',
      resolve: (row, _args, { viewer }) =>
        may(viewer, 'personal.read', row.companyId)
          ? row.fields
          : row.fields.map(({ name }) => ({ name, value: MASKED })),
    }),
    form: t.field({
      type: WebForm,
      description: 'Which form of the page it was.',
      resolve: (row) => row,
    }),
    formUrl: t.string({
      nullable: true,
      description:
        'The address of the page; null when it is not known. Without the scope PERSONAL_READ it ends before its parameters.',
      resolve: (row, _args, { viewer }) => addressFor(viewer, row.companyId, row.pageUrl),
    }),
    page: t.loadable({
      type: PageView,
      nullable: true,
      description:
        'The page as its visit saw it, with its title; null when the visit is not known or no longer kept, or without the scope LEADS_READ.',
      load: (ids: string[], { platform, viewer }: Context) =>
        pagesOfForms(platform.db, viewer, ids),
      resolve: ({ id }) => id,
    }),
    session: t.field({
      type: VisitorSession,
      nullable: true,
      description:
        'The visit in which it was sent; null when it is not known or no longer kept, or without the scope LEADS_READ.',
      resolve: (row) => row.sessionId,
    }),
    submittedAt: t.field({
      type: 'DateTime',
      description: 'When it was sent; when it reached us, where that was minutes later.',
      resolve: (row) => row.occurredAt,
    }),
    isFirst: t.exposeBoolean('isFirst', {
      description: `The first form of its lead that reached us; false when it tells of nobody, and of one with a spam score of ${SPAM_SCORE} or more, which is not looked at for those after it either.`,
    }),
    isUnconfirmed: t.exposeBoolean('isUnconfirmed', {
      description:
        'Its page held it back and went on showing it, and nothing was seen sent: something may have been missing, and its visitor may have given up. It is told all the same, since pages also send forms by ways that nobody sees. A box in it that is ticked is no opt-in.',
    }),
    spamScore: t.exposeInt('spamScore', {
      description: 'How much it looks like spam: 0 to 100. Nothing is dropped for it.',
    }),
    spamReasons: t.expose('spamReasons', {
      type: [SpamReasonType],
      description: 'What makes it look like spam, the heaviest first.',
    }),
  }),
});

implementInteraction('FORM', FormSubmission);
