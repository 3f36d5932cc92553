// Making, changing and deleting summary rules.
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { createSummaryRule } from '../summaries/create-summary-rule.ts';
import { deleteSummaryRule, updateSummaryRule } from '../summaries/update-summary-rule.ts';
import { SummaryFrequency, SummaryRule } from './summary-rule.ts';

defineMutation('createSummaryRule', {
  description:
    'Has somebody told by mail what each day, week or month came to. Everybody who reads reports may have themselves told; ADMIN and MANAGER may have any user told, and an e-mail address that is nobody’s. A period is told once; of those that came due while the server was down, the latest only.',
  input: (t) => ({
    userId: t.id({
      description:
        'The user who is told; this or `email`. One who reads reports, or a NOTIFICATION user, who is told what the rule’s maker may read.',
    }),
    email: t.string({
      description:
        'An e-mail address that is told; this or `userId`. It takes a company. Refused when whoever reads it has ended such mails of the company.',
    }),
    companyId: t.id({ description: 'The company; left out for all that the user may see.' }),
    frequency: t.field({ type: SummaryFrequency, required: true, description: 'How often.' }),
    hour: t.int({
      description:
        'From which hour on, 0 to 23, in the time zone of the company, or of the account for all; 7 when left out. Of an hour that the clocks leave out, the next moment there is; of one that comes twice, the first.',
    }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    createSummaryRule(platform, viewer, {
      ...input,
      userId: readId(input.userId, 'User', 'userId'),
      companyId: readId(input.companyId, 'Company', 'companyId'),
    }),
  payload: (t) => ({
    summaryRule: t.field({
      type: SummaryRule,
      nullable: true,
      description: 'The new rule.',
      resolve: (rule) => rule,
    }),
  }),
});

defineMutation('updateSummaryRule', {
  description:
    'Changes what a summary rule tells of, and when. No day is told twice by another hour. A rule that its recipient has ended stays ended.',
  input: (t) => ({
    summaryRuleId: t.id({ required: true, description: 'Which rule.' }),
    companyId: t.id({ description: 'Another company; null for all.' }),
    frequency: t.field({
      type: SummaryFrequency,
      description: 'How often; another begins with the period that is over next.',
    }),
    hour: t.int({ description: 'From which hour on, 0 to 23.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    updateSummaryRule(platform, viewer, {
      ...input,
      summaryRuleId: readId(input.summaryRuleId, 'SummaryRule', 'summaryRuleId'),
      companyId: readId(input.companyId, 'Company', 'companyId'),
    }),
  payload: (t) => ({
    summaryRule: t.field({
      type: SummaryRule,
      nullable: true,
      description: 'The rule as it is now.',
      resolve: (rule) => rule,
    }),
  }),
});

defineMutation('deleteSummaryRule', {
  description: 'Deletes a summary rule.',
  input: (t) => ({
    summaryRuleId: t.id({ required: true, description: 'Which rule.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    deleteSummaryRule(platform, viewer, {
      ...input,
      summaryRuleId: readId(input.summaryRuleId, 'SummaryRule', 'summaryRuleId'),
    }),
  payload: (t) => ({
    deletedSummaryRuleId: t.id({
      nullable: true,
      description: 'The id that the rule had.',
      resolve: (rule) => encodeGlobalId('SummaryRule', rule.id),
    }),
  }),
});
