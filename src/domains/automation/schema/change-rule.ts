// Making, changing, pausing and deleting automation rules.
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { createAutomationRule } from '../create-rule.ts';
import type { AutomationRuleRow } from '../store.ts';
import {
  type AutomationRulePatch,
  deleteAutomationRule,
  setAutomationRuleState,
  updateAutomationRule,
} from '../update-rule.ts';
import { AutomationRule } from './rule.ts';
import {
  RuleActionInput,
  RuleConditionInput,
  readActions,
  readCompanies,
  readConditions,
} from './rule-input.ts';
import { RuleTrigger } from './rule-parts.ts';

type PayloadBuilder = Parameters<
  Parameters<typeof defineMutation<never, AutomationRuleRow>>[1]['payload']
>[0];

const thatRule = (description: string) => (t: PayloadBuilder) => ({
  automationRule: t.field({
    type: AutomationRule,
    nullable: true,
    description,
    resolve: (rule) => rule,
  }),
});

const ruleId = (id: string) => readId(id, 'AutomationRule', 'automationRuleId');

defineMutation('createAutomationRule', {
  description:
    'Makes an automation rule, at most 100 in an account. It is judged at moments to come: see previewAutomationRule for what it would have done before. It does nothing that you may not do: ADD_TAGS, REMOVE_TAGS, SET_LEAD_STATUS and SET_VALUE take the right to change what its moments are of (CALLS_WRITE of calls, MESSAGES_WRITE of texts, FORMS_WRITE, CHATS_WRITE), ASSIGN takes LEADS_WRITE, WEBHOOK the right to set webhooks.',
  input: (t) => ({
    name: t.string({ required: true, description: 'Its name, 1 to 100 characters.' }),
    companyIds: t.idList({
      description: 'The companies in which it acts; left out or empty for every company.',
    }),
    position: t.int({
      description: 'Its place in the order of rules, 1 to 10,000; behind all others when left out.',
    }),
    triggers: t.field({
      type: [RuleTrigger],
      required: true,
      description: 'At which moments it is judged, at least one.',
    }),
    conditions: t.field({
      type: [RuleConditionInput],
      description: 'What has to hold, all of it; at most 10. None = it always fires.',
    }),
    actions: t.field({
      type: [RuleActionInput],
      required: true,
      description: 'What it does: 1 to 10 actions.',
    }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    createAutomationRule(platform, viewer, {
      ...input,
      companyIds: readCompanies(input.companyIds),
      conditions: readConditions(input.conditions),
      actions: readActions(input.actions) ?? [],
    }),
  payload: thatRule('The new rule.'),
});

defineMutation('updateAutomationRule', {
  description:
    'Changes an automation rule. What it did stays, and is explained by what it said then. When its companies, moments, conditions or actions change, it may fire anew for an interaction, at a moment to come, but not at one that still waits to be judged; all that it then does, you have to be allowed to do, as createAutomationRule says.',
  input: (t) => ({
    automationRuleId: t.id({ required: true, description: 'Which rule.' }),
    name: t.string({ description: 'A new name, 1 to 100 characters.' }),
    companyIds: t.idList({ description: 'Other companies; empty for every company.' }),
    position: t.int({ description: 'Another place, 1 to 10,000.' }),
    triggers: t.field({ type: [RuleTrigger], description: 'Other moments, at least one.' }),
    conditions: t.field({
      type: [RuleConditionInput],
      description: 'Conditions that take the place of all that are there.',
    }),
    actions: t.field({
      type: [RuleActionInput],
      description: 'Actions that take the place of all that are there.',
    }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    updateAutomationRule(platform, viewer, {
      // what cannot be cleared is refused by the verb, which names the field
      ...(input as unknown as AutomationRulePatch),
      automationRuleId: ruleId(input.automationRuleId),
      companyIds: readCompanies(input.companyIds),
      conditions: readConditions(input.conditions) ?? undefined,
      actions: readActions(input.actions),
    }),
  payload: thatRule('The rule as it is now.'),
});

defineMutation('pauseAutomationRule', {
  description: 'Puts an automation rule off: it is judged no more until it is resumed.',
  input: (t) => ({
    automationRuleId: t.id({ required: true, description: 'Which rule.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    setAutomationRuleState(platform, viewer, 'PAUSED', {
      ...input,
      automationRuleId: ruleId(input.automationRuleId),
    }),
  payload: thatRule('The rule as it is now.'),
});

defineMutation('resumeAutomationRule', {
  description: 'Lets a paused automation rule go on. Moments that went by are not made up for.',
  input: (t) => ({
    automationRuleId: t.id({ required: true, description: 'Which rule.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    setAutomationRuleState(platform, viewer, 'ACTIVE', {
      ...input,
      automationRuleId: ruleId(input.automationRuleId),
    }),
  payload: thatRule('The rule as it is now.'),
});

defineMutation('deleteAutomationRule', {
  description: 'Takes an automation rule out of use. What it did stays, and tells of it.',
  input: (t) => ({
    automationRuleId: t.id({ required: true, description: 'Which rule.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    deleteAutomationRule(platform, viewer, {
      ...input,
      automationRuleId: ruleId(input.automationRuleId),
    }),
  payload: (t) => ({
    deletedAutomationRuleId: t.id({
      nullable: true,
      description: 'The id that the rule had.',
      resolve: (rule) => encodeGlobalId('AutomationRule', rule.id),
    }),
  }),
});
