// AutomationRule, and what it said in its versions.
import { Actor, Company } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineNode } from '#graphql/node.ts';
import { seesCompany } from '#values/viewer.ts';
import { findRules, type RuleVersionRow, versionsOf } from '../read-rules.ts';
import { RuleAction, RuleCondition, RuleTrigger } from './rule-parts.ts';

const MOST_VERSIONS = 20;

const AutomationRuleVersion = builder.objectRef<RuleVersionRow>('AutomationRuleVersion').implement({
  description: 'What an automation rule said in one of its versions.',
  fields: (t) => ({
    definitionVersion: t.exposeInt('definitionVersion', {
      description: 'Which: that of the rule then, which its runs name.',
    }),
    name: t.exposeString('name', { description: 'As it was called when this was written.' }),
    triggers: t.field({
      type: [RuleTrigger],
      description: 'At which moments it was judged.',
      extensions: { listSize: 3 },
      resolve: (version) => version.triggers,
    }),
    conditions: t.field({
      type: [RuleCondition],
      description: 'What had to hold.',
      extensions: { listSize: 5 },
      resolve: (version) => version.conditions,
    }),
    actions: t.field({
      type: [RuleAction],
      description: 'What it did.',
      extensions: { listSize: 5 },
      resolve: (version) => version.actions,
    }),
    madeBy: t.field({
      type: Actor,
      description: 'Who wrote it so.',
      resolve: (version) => version.madeBy,
    }),
    madeAt: t.expose('madeAt', { type: 'DateTime', description: 'When they did.' }),
  }),
});

export const AutomationRuleState = builder.enumType('AutomationRuleState', {
  description: 'Whether an automation rule is judged.',
  values: {
    ACTIVE: { description: 'It is judged at each of its moments.' },
    PAUSED: { description: 'It is not, and what goes by meanwhile is not made up for.' },
  } as const,
});

export const AutomationRule = defineNode('AutomationRule', (ids, { platform, viewer }) =>
  findRules(platform, viewer, ids),
);
AutomationRule.implement({
  description:
    'What the server does by itself with calls, conversations, forms and chats on which certain conditions hold. Rules are judged once at each moment, by what stood before any of them acted; what they change is no moment, so no rule sets off another. A version of a rule fires once for an interaction; at MESSAGE_RECEIVED and CHAT_MESSAGE_RECEIVED once for each message of it, where NOTIFY and WEBHOOK tell of each, and what was set (tags, status, value, assignee) is not set again.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    companies: t.field({
      type: [Company],
      nullable: true,
      description:
        'The companies in which it acts, of those that this viewer may see; null for every company.',
      extensions: { listSize: 5 },
      resolve: ({ companyIds }, _args, { viewer }) =>
        companyIds.length === 0 ? null : companyIds.filter((id) => seesCompany(viewer, id)),
    }),
    position: t.exposeInt('position', {
      description:
        'Its place: rules act in this order, and of two that contradict each other the later one stands.',
    }),
    state: t.expose('state', { type: AutomationRuleState, description: 'Whether it is judged.' }),
    triggers: t.field({
      type: [RuleTrigger],
      description: 'At which moments it is judged.',
      extensions: { listSize: 3 },
      resolve: (rule) => rule.triggers,
    }),
    conditions: t.field({
      type: [RuleCondition],
      description: 'What has to hold, all of it; none = it always fires. At most 10.',
      extensions: { listSize: 5 },
      resolve: (rule) => rule.conditions,
    }),
    actions: t.field({
      type: [RuleAction],
      description: 'What it does, at most 10.',
      extensions: { listSize: 5 },
      resolve: (rule) => rule.actions,
    }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
    definitionVersion: t.exposeInt('definitionVersion', {
      description:
        'Rises when its companies, moments, conditions or actions change. It may then fire anew for an interaction.',
    }),
    versions: t.loadableList({
      type: AutomationRuleVersion,
      description: `What it said, the newest first; at most ${MOST_VERSIONS}.`,
      extensions: { listSize: 5 },
      load: (ids: string[], { platform, viewer }: Context) =>
        versionsOf(platform, viewer, ids, MOST_VERSIONS),
      resolve: (rule) => rule.id,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});
