// Query.automationRules: the list and its filter.
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { countRulesThatFit, listRules } from '../read-rules.ts';
import { AutomationRule, AutomationRuleState } from './rule.ts';
import { RuleTrigger } from './rule-parts.ts';

const AutomationRuleConnection = defineConnection(AutomationRule, 'AutomationRule');

const AutomationRuleFilter = builder.inputType('AutomationRuleFilter', {
  description: 'Which automation rules: every field that is given must hold.',
  fields: (t) => ({
    companyIds: t.idList({
      description: 'Those that act in one of these companies; rules of every company do too.',
    }),
    states: t.field({ type: [AutomationRuleState], description: 'Those in one of these states.' }),
    triggers: t.field({
      type: [RuleTrigger],
      description: 'Those that are judged at one of these moments.',
    }),
  }),
});

const AutomationRuleOrderField = builder.enumType('AutomationRuleOrderField', {
  description: 'What automation rules are sorted by.',
  values: { POSITION: { description: 'By the order in which they act.' } } as const,
});

const AutomationRuleOrder = builder.inputType('AutomationRuleOrder', {
  description: 'The order of a list of automation rules.',
  fields: (t) => ({
    field: t.field({ type: AutomationRuleOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

builder.queryField('automationRules', (t) =>
  t.field({
    type: AutomationRuleConnection,
    description:
      'The automation rules that act in companies of this viewer, in the order in which they act unless told otherwise.',
    args: {
      filter: t.arg({ type: AutomationRuleFilter, description: 'Which automation rules.' }),
      order: t.arg({ type: AutomationRuleOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const companyIds = readIds(args.filter?.companyIds, 'Company', 'companyIds');
      const filter = { ...args.filter, companyIds };
      const direction = args.order?.direction ?? 'asc';
      return readPage(args, {
        rows: (page) => listRules(platform, viewer, { filter, direction, ...page }),
        count: (cap) => countRulesThatFit(platform, viewer, filter, cap),
        sortValue: (row) => String(row.position),
      });
    },
  }),
);
