// What a form announces.
import { implementEvent } from '#domains/activity/index.ts';
import { FormSubmission } from './form-submission.ts';

implementEvent({
  typename: 'FormEvent',
  types: ['form.submitted', 'form.updated'],
  description: 'A form was sent, or changed.',
  fields: (t) => ({
    formSubmission: t.field({
      type: FormSubmission,
      nullable: true,
      description: 'The form as it is now; null when this viewer may not see it.',
      resolve: ({ payload }) => String(payload.formSubmissionId),
    }),
    changes: t.stringList({
      nullable: true,
      description: 'On FORM_UPDATED: the names of the fields that changed.',
      resolve: ({ payload }) => (payload.changes as string[] | undefined) ?? null,
    }),
  }),
});
