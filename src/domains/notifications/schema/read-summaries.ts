// Query.summaryRules and Query.previewSummary.
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { readId } from '#graphql/read-id.ts';
import { previewSummary } from '../summaries/preview-summary.ts';
import { countSummaryRules, listSummaryRules } from '../summaries/read-summary-rules.ts';
import { SummaryFrequency, SummaryRule } from './summary-rule.ts';

const SummaryRuleConnection = defineConnection(SummaryRule, 'SummaryRule');

const SummaryPreview = builder
  .objectRef<{ subject: string; text: string; html: string }>('SummaryPreview')
  .implement({
    description: 'The mail of a summary.',
    fields: (t) => ({
      subject: t.exposeString('subject', { description: 'Its subject.' }),
      text: t.exposeString('text', { description: 'As plain text.' }),
      html: t.exposeString('html', { description: 'The same as HTML, which loads nothing.' }),
    }),
  });

builder.queryFields((t) => ({
  summaryRules: t.field({
    type: SummaryRuleConnection,
    description:
      'One’s own summary rules, and for ADMIN and MANAGER all of their companies; the first made first.',
    args: pageArgs(t),
    resolve: (_root, args, { platform, viewer }) =>
      readPage(args, {
        rows: (page) => listSummaryRules(platform, viewer, { direction: 'asc', ...page }),
        count: (cap) => countSummaryRules(platform, viewer, cap),
        sortValue: (row) => row.createdAt.toISOString(),
      }),
  }),
  previewSummary: t.field({
    type: SummaryPreview,
    description:
      'The summary of the last whole day, week or month as it would be mailed to the viewer. Its link ends nothing.',
    args: {
      companyId: t.arg.id({ description: 'The company; left out for all that the viewer sees.' }),
      frequency: t.arg({
        type: SummaryFrequency,
        required: true,
        description: 'Of a day, a week or a month.',
      }),
    },
    resolve: (_root, { companyId, frequency }, { platform, viewer }) =>
      previewSummary(platform, viewer, {
        companyId: readId(companyId, 'Company', 'companyId') ?? null,
        frequency,
      }),
  }),
}));
