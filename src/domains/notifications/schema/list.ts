// Query.alertRules: the list, its filter and its order.
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { countAlertRules, listAlertRules } from '../read-alert-rules.ts';
import { AlertRule } from './alert-rule.ts';

const AlertRuleConnection = defineConnection(AlertRule, 'AlertRule');

const AlertRuleFilter = builder.inputType('AlertRuleFilter', {
  description: 'Which alert rules: every field that is given must hold.',
  fields: (t) => ({
    companyIds: t.idList({
      description: 'Those that tell of one of these companies; rules of every company do too.',
    }),
    userIds: t.idList({ description: 'Those that tell one of these users.' }),
  }),
});

const AlertRuleOrderField = builder.enumType('AlertRuleOrderField', {
  description: 'What alert rules are sorted by.',
  values: { CREATED_AT: { description: 'By the time they were made.' } } as const,
});

const AlertRuleOrder = builder.inputType('AlertRuleOrder', {
  description: 'The order of a list of alert rules.',
  fields: (t) => ({
    field: t.field({ type: AlertRuleOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

builder.queryField('alertRules', (t) =>
  t.field({
    type: AlertRuleConnection,
    description:
      'One’s own alert rules, and for ADMIN and MANAGER all of their companies; the first made first unless told otherwise.',
    args: {
      filter: t.arg({ type: AlertRuleFilter, description: 'Which alert rules.' }),
      order: t.arg({ type: AlertRuleOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const filter = {
        companyIds: readIds(args.filter?.companyIds, 'Company', 'companyIds'),
        userIds: readIds(args.filter?.userIds, 'User', 'userIds'),
      };
      const direction = args.order?.direction ?? 'asc';
      return readPage(args, {
        rows: (page) => listAlertRules(platform, viewer, { filter, direction, ...page }),
        count: (cap) => countAlertRules(platform, viewer, filter, cap),
        sortValue: (row) => row.createdAt.toISOString(),
      });
    },
  }),
);
