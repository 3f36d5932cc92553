// Query.formSubmissions: the list, its filter and its order.
import { LeadStatus } from '#domains/leads/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { countForms, type FormOrder, listForms } from '../read-forms.ts';
import { FormSubmission } from './form-submission.ts';

const FormSubmissionFilter = builder.inputType('FormSubmissionFilter', {
  description: 'Which forms: every field that is given must hold; of a list, any one.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Forms of these companies.' }),
    leadIds: t.idList({ description: 'Forms of these leads.' }),
    sessionIds: t.idList({ description: 'Forms that were sent in these visitor sessions.' }),
    leadStatuses: t.field({ type: [LeadStatus], description: 'Forms scored so.' }),
    tags: t.stringList({ description: 'Forms with any of these tags, by name.' }),
    isFirst: t.boolean({ description: 'Only first forms, or only later ones.' }),
    spamScoreBelow: t.int({ description: 'Only forms whose spam score is below this.' }),
    submittedFrom: t.field({ type: 'DateTime', description: 'Sent at or after this.' }),
    submittedBefore: t.field({ type: 'DateTime', description: 'Sent before this.' }),
  }),
});

const FormSubmissionOrderField = builder.enumType('FormSubmissionOrderField', {
  description: 'What forms are sorted by.',
  values: {
    SUBMITTED_AT: { description: 'By the time they were sent.' },
    FORM_URL: {
      description:
        'By the address of the page, without its parameters. All that the filter leaves are sorted for it: name a company or a time.',
    },
  } as const satisfies Record<FormOrder, object>,
});

const FormSubmissionOrder = builder.inputType('FormSubmissionOrder', {
  description: 'The order of a list of forms.',
  fields: (t) => ({
    field: t.field({ type: FormSubmissionOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

const FormSubmissionConnection = defineConnection(FormSubmission, 'FormSubmission');

builder.queryField('formSubmissions', (t) =>
  t.field({
    type: FormSubmissionConnection,
    description: 'Forms, newest first.',
    args: {
      filter: t.arg({ type: FormSubmissionFilter, description: 'Which forms.' }),
      order: t.arg({ type: FormSubmissionOrder, description: 'Their order; newest first.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const filter = {
        ...args.filter,
        companyIds: readIds(args.filter?.companyIds, 'Company', 'companyIds'),
        leadIds: readIds(args.filter?.leadIds, 'Lead', 'leadIds'),
        sessionIds: readIds(args.filter?.sessionIds, 'VisitorSession', 'sessionIds'),
      };
      const { direction = 'desc', field: by = 'SUBMITTED_AT' } = args.order ?? {};
      return readPage(args, {
        rows: (page) => listForms(platform.db, viewer, filter, { ...page, direction, by }),
        count: (cap) => countForms(platform.db, viewer, filter, cap),
        sortValue: (form) => (by === 'FORM_URL' ? form.pagePlace : form.occurredAt.toISOString()),
      });
    },
  }),
);
