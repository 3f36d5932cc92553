// Making, changing, moving and deleting source rules.
import { builder } from '#graphql/builder.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { createSourceRule } from '../sources/rules/create-source-rule.ts';
import {
  deleteSourceRule,
  moveSourceRule,
  updateSourceRule,
} from '../sources/rules/update-source-rule.ts';
import { SourceMatch, SourcePart, SourceRule } from './source-rule.ts';

const SourceConditionInput = builder.inputType('SourceConditionInput', {
  description: 'One thing that must be so for a source rule to fit.',
  fields: (t) => ({
    part: t.field({ type: SourcePart, required: true, description: 'What is looked at.' }),
    parameter: t.string({
      description: 'The parameter’s name, 1 to 100 characters; for PARAMETER only.',
    }),
    match: t.field({ type: SourceMatch, description: 'How it is compared; EQUALS when left out.' }),
    value: t.string({
      description: 'What it is compared with, 1 to 500 characters; EXISTS alone takes none.',
    }),
  }),
});

defineMutation('createSourceRule', {
  description:
    'Makes a source rule. Visits from now on are held against it; explainSource shows what it does.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'Whose visits it judges.' }),
    conditions: t.field({
      type: [SourceConditionInput],
      required: true,
      description: 'What must be so, all of it: 1 to 10 conditions.',
    }),
    name: t.string({ required: true, description: 'The source’s name, 1 to 200 characters.' }),
    medium: t.string({ description: 'Its medium, at most 200 characters; none when left out.' }),
    campaign: t.string({
      description: 'Its campaign, at most 200 characters; what utm_campaign says when left out.',
    }),
    position: t.int({
      description: 'Its place: 1 is asked first; behind the last when left out.',
    }),
    ...idempotencyKey(t),
  }),
  run: ({ companyId, ...input }, { platform, viewer }) =>
    createSourceRule(platform, viewer, {
      ...input,
      companyId: readId(companyId, 'Company', 'companyId'),
    }),
  payload: (t) => ({
    sourceRule: t.field({
      type: SourceRule,
      nullable: true,
      description: 'The new rule.',
      resolve: (rule) => rule,
    }),
  }),
});

defineMutation('updateSourceRule', {
  description: 'Changes a source rule. Sessions that it judged before stay as they are.',
  input: (t) => ({
    sourceRuleId: t.id({ required: true, description: 'Which rule.' }),
    conditions: t.field({
      type: [SourceConditionInput],
      description: 'Conditions that take the place of all that are there.',
    }),
    name: t.string({ description: 'Another name, 1 to 200 characters.' }),
    medium: t.string({ description: 'Another medium; null for none.' }),
    campaign: t.string({ description: 'Another campaign; null for what utm_campaign says.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    updateSourceRule(platform, viewer, {
      // what cannot be cleared is refused by the verb, which names the field
      ...(input as Parameters<typeof updateSourceRule>[2]),
      sourceRuleId: readId(input.sourceRuleId, 'SourceRule', 'sourceRuleId'),
    }),
  payload: (t) => ({
    sourceRule: t.field({
      type: SourceRule,
      nullable: true,
      description: 'The rule as it is now.',
      resolve: (rule) => rule,
    }),
  }),
});

defineMutation('moveSourceRule', {
  description: 'Moves a source rule among those of its company; the others keep their order.',
  input: (t) => ({
    sourceRuleId: t.id({ required: true, description: 'Which rule.' }),
    position: t.int({
      required: true,
      description: 'Its new place: 1 is asked first; behind the last is the last.',
    }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    moveSourceRule(platform, viewer, {
      ...input,
      sourceRuleId: readId(input.sourceRuleId, 'SourceRule', 'sourceRuleId'),
    }),
  payload: (t) => ({
    sourceRule: t.field({
      type: SourceRule,
      nullable: true,
      description: 'The rule where it is now.',
      resolve: (rule) => rule,
    }),
  }),
});

defineMutation('deleteSourceRule', {
  description: 'Deletes a source rule. Sessions that it judged stay as they are.',
  input: (t) => ({
    sourceRuleId: t.id({ required: true, description: 'Which rule.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    deleteSourceRule(platform, viewer, {
      ...input,
      sourceRuleId: readId(input.sourceRuleId, 'SourceRule', 'sourceRuleId'),
    }),
  payload: (t) => ({
    deletedSourceRuleId: t.id({
      nullable: true,
      description: 'The id that the rule had.',
      resolve: (rule) => encodeGlobalId('SourceRule', rule.id),
    }),
  }),
});
