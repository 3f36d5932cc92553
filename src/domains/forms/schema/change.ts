// createFormSubmission and updateFormSubmission.
import { SettableLeadStatus } from '#domains/interactions/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { changeForm } from '../change-form.ts';
import { createForm } from '../create-form.ts';
import { FormSubmission } from './form-submission.ts';

const FormFieldInput = builder.inputType('FormFieldInput', {
  description: 'A field of a form as it was filled.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name, up to 200 characters.' }),
    value: t.string({ required: true, description: 'What stood in it, up to 10,000 characters.' }),
  }),
});

const WebFormInput = builder.inputType('WebFormInput', {
  description: 'Which form it was, in the words of the page.',
  fields: (t) => ({
    id: t.string({ description: 'Its id in the page.' }),
    name: t.string({ description: 'Its name in the page.' }),
    action: t.string({ description: 'Where the page sends it; parameters are not kept.' }),
  }),
});

defineMutation('createFormSubmission', {
  description:
    'Brings in a form that was not sent from a page with the script. It is screened and scored like one of a page, and finds or makes its lead by the telephone numbers and e-mail addresses in its fields. Where two leads are known by them, it belongs to that of the telephone number. A ticked box that gives consent is an opt-in only by whoever may record consent: a key needs the scope MESSAGES_WRITE.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'The company that it reached.' }),
    fields: t.field({
      type: [FormFieldInput],
      required: true,
      description: 'Its fields in their order, 1 to 200. Passwords, cards and tokens are not kept.',
    }),
    form: t.field({ type: WebFormInput, description: 'Which form it was.' }),
    pageUrl: t.string({ description: 'The address of the page.' }),
    sessionId: t.id({ description: 'The visit in which it was sent; it tells the source.' }),
    landingPageUrl: t.string({
      description: 'Without a session: the first page of the visit, which tells the source.',
    }),
    referrer: t.string({
      description: 'Without a session: the page before landingPageUrl, which it needs.',
    }),
    country: t.string({
      description:
        'The country of telephone numbers that name none, as ISO 3166-1 alpha-2, such as GB; left out: the US and Canada. It is asked for in fields that are named for numbers.',
    }),
    submittedAt: t.field({ type: 'DateTime', description: 'When it was sent; left out: now.' }),
    ...idempotencyKey(t),
  }),
  run: async (input, { platform, viewer }) => {
    const { sessionId } = input;
    const formId = await createForm(platform, viewer, {
      ...input,
      companyId: readId(input.companyId, 'Company', 'companyId'),
      sessionId: readId(sessionId, 'VisitorSession', 'sessionId') ?? null,
    });
    return { formId };
  },
  payload: (t) => ({
    formSubmission: t.field({
      type: FormSubmission,
      nullable: true,
      description: 'The form as it was kept.',
      resolve: ({ formId }) => formId,
    }),
  }),
});

defineMutation('updateFormSubmission', {
  description: 'Changes what people keep on a form. Left out = unchanged, null = cleared.',
  input: (t) => ({
    formSubmissionId: t.id({ required: true, description: 'Which form.' }),
    note: t.string({ description: 'A note, at most 10,000 characters.' }),
    valueCents: t.float({
      description: 'What the form is worth, in cents of the account’s currency: a whole number.',
    }),
    leadStatus: t.field({
      type: SettableLeadStatus,
      description: 'Its score; null = NOT_SCORED. The lead’s later interactions follow.',
    }),
    tags: t.stringList({
      description:
        'Names of tags, 1 to 60 characters each, at most 50: they replace those that it has, unless `appendTags` is true. Left out or null = unchanged.',
    }),
    appendTags: t.boolean({ description: 'true adds the tags to those it has.' }),
    ...idempotencyKey(t),
    ...expectedVersion(t),
  }),
  run: async (input, { platform, viewer }) => {
    const { formSubmissionId, tags, appendTags, ...rest } = input;
    const formId = await changeForm(platform, viewer, {
      ...rest,
      formId: readId(formSubmissionId, 'FormSubmission', 'formSubmissionId'),
      ...(tags && { tags: appendTags ? { add: tags } : { set: tags } }),
    });
    return { formId };
  },
  payload: (t) => ({
    formSubmission: t.field({
      type: FormSubmission,
      nullable: true,
      description: 'The form as it is now.',
      resolve: ({ formId }) => formId,
    }),
  }),
});
