// Making, changing and deleting alert rules.
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { createAlertRule } from '../create-alert-rule.ts';
import { deleteAlertRule, updateAlertRule } from '../update-alert-rule.ts';
import { AlertCalls, AlertChannel, AlertRule } from './alert-rule.ts';

defineMutation('createAlertRule', {
  description:
    'Has somebody told by mail of what comes in from now on. Everybody may have themselves told; ADMIN and MANAGER may have any user told, and an e-mail address that is nobody’s. More than 20 mails an hour to an address (or what the server is set to) are summed up in one.',
  input: (t) => ({
    userId: t.id({ description: 'The user who is told; this or `email`.' }),
    email: t.string({
      description:
        'An e-mail address that is told; this or `userId`. It takes a company or a tracker, and is told what the maker of the rule may read: personal data when the maker has PERSONAL_READ. Refused when whoever reads it has ended such mails of the company.',
    }),
    companyId: t.id({ description: 'The company; left out for every company.' }),
    trackerId: t.id({
      description: 'A tracker, for calls and texts of its numbers alone; left out for all.',
    }),
    calls: t.field({ type: AlertCalls, description: 'Which calls; NONE when left out.' }),
    channels: t.field({ type: [AlertChannel], description: 'What else; nothing when left out.' }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    createAlertRule(platform, viewer, {
      ...input,
      userId: readId(input.userId, 'User', 'userId'),
      companyId: readId(input.companyId, 'Company', 'companyId'),
      trackerId: readId(input.trackerId, 'Tracker', 'trackerId'),
    }),
  payload: (t) => ({
    alertRule: t.field({
      type: AlertRule,
      nullable: true,
      description: 'The new rule.',
      resolve: (rule) => rule,
    }),
  }),
});

defineMutation('updateAlertRule', {
  description:
    'Changes what an alert rule tells of. From then on an address that is nobody’s is told what the changer may read. A rule that its recipient has ended stays ended.',
  input: (t) => ({
    alertRuleId: t.id({ required: true, description: 'Which rule.' }),
    companyId: t.id({ description: 'Another company; null for every company.' }),
    trackerId: t.id({ description: 'Another tracker, and its company; null for all trackers.' }),
    calls: t.field({ type: AlertCalls, description: 'Which calls.' }),
    channels: t.field({ type: [AlertChannel], description: 'What else, all of it.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    updateAlertRule(platform, viewer, {
      ...input,
      alertRuleId: readId(input.alertRuleId, 'AlertRule', 'alertRuleId'),
      companyId: readId(input.companyId, 'Company', 'companyId'),
      trackerId: readId(input.trackerId, 'Tracker', 'trackerId'),
    }),
  payload: (t) => ({
    alertRule: t.field({
      type: AlertRule,
      nullable: true,
      description: 'The rule as it is now.',
      resolve: (rule) => rule,
    }),
  }),
});

defineMutation('deleteAlertRule', {
  description: 'Deletes an alert rule, also what waits to be sent by it.',
  input: (t) => ({
    alertRuleId: t.id({ required: true, description: 'Which rule.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    deleteAlertRule(platform, viewer, {
      ...input,
      alertRuleId: readId(input.alertRuleId, 'AlertRule', 'alertRuleId'),
    }),
  payload: (t) => ({
    deletedAlertRuleId: t.id({
      nullable: true,
      description: 'The id that the rule had.',
      resolve: (rule) => encodeGlobalId('AlertRule', rule.id),
    }),
  }),
});
