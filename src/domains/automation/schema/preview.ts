// Query.previewAutomationRule: what a rule would have done.
import { Actor } from '#domains/accounts/index.ts';
import {
  Interaction,
  Money,
  readAsChannel,
  SettableLeadStatus,
} from '#domains/interactions/index.ts';
import { builder } from '#graphql/builder.ts';
import { pageArgs, pageSize } from '#graphql/connection.ts';
import { readId } from '#graphql/read-id.ts';
import { decodeRowKey, encodeRowKey } from '#values/cursor.ts';
import {
  type Preview,
  type PreviewedInteraction,
  type PreviewRequest,
  previewRule,
} from '../preview-rule.ts';
import {
  RuleActionInput,
  RuleConditionInput,
  readActions,
  readCompanies,
  readConditions,
} from './rule-input.ts';
import { RuleTrigger } from './rule-parts.ts';
import { RuleConditionResult } from './run.ts';

const RulePreviewOutcome = builder.enumType('RulePreviewOutcome', {
  description: 'What a previewed rule would do beside what it has done.',
  values: {
    WOULD_FIRE: { description: 'It would fire, and has not.' },
    FIRED_TOO: { description: 'It would fire, and has, in some version.' },
    WOULD_NOT: { description: 'It has fired, and would not any more.' },
  } as const,
});

const PreviewedRule = builder.objectRef<PreviewedInteraction>('PreviewedRule').implement({
  description: 'What an automation rule would do to an interaction as it stands now.',
  fields: (t) => ({
    interaction: t.field({
      type: Interaction,
      nullable: true,
      description: 'The interaction; null without the scope of its channel: CALLS_READ of a call.',
      resolve: ({ id, kind }, _args, context) => readAsChannel({ id, kind }, context),
    }),
    outcome: t.expose('outcome', { type: RulePreviewOutcome, description: 'What would become.' }),
    conditions: t.field({
      type: [RuleConditionResult],
      description: 'Each condition, with what was found.',
      extensions: { listSize: 5 },
      resolve: ({ conditions }) => conditions,
    }),
    tagsAdded: t.exposeStringList('tagsAdded', {
      description: 'Tags that it would get.',
      extensions: { listSize: 2 },
    }),
    tagsRemoved: t.exposeStringList('tagsRemoved', {
      description: 'Tags that it would lose.',
      extensions: { listSize: 2 },
    }),
    leadStatus: t.field({
      type: SettableLeadStatus,
      nullable: true,
      description:
        'The status that it would get; null when it would stay. A good lead is refused where an earlier interaction is it.',
      resolve: ({ leadStatus }) => leadStatus,
    }),
    value: t.field({
      type: Money,
      nullable: true,
      description: 'The value that it would get; null when it would stay.',
      resolve: ({ valueCents }) => (valueCents === null ? null : { cents: BigInt(valueCents) }),
    }),
    assignee: t.field({
      type: Actor,
      nullable: true,
      description: 'Whom it would be handed to; null when it would stay.',
      resolve: ({ assigneeId }) => assigneeId && `user:${assigneeId}`,
    }),
    points: t.exposeInt('points', {
      nullable: true,
      description: 'What it would be scored with; null for nothing.',
    }),
  }),
});

const AutomationRulePreview = builder.objectRef<Preview>('AutomationRulePreview').implement({
  description: 'What an automation rule would have done with a page of past interactions.',
  fields: (t) => ({
    judged: t.exposeInt('judged', { description: 'How many interactions were looked at.' }),
    interactions: t.field({
      type: [PreviewedRule],
      description: 'Those on which it would fire or has fired, the newest first.',
      extensions: { listSize: 20 },
      resolve: ({ interactions }) => interactions,
    }),
    endCursor: t.field({
      type: 'Cursor',
      nullable: true,
      description: 'Look on behind this; null when none was looked at.',
      resolve: ({ last }) =>
        last && encodeRowKey({ value: last.occurredAt.toISOString(), id: last.id }),
    }),
    hasNextPage: t.exposeBoolean('hasMore', { description: 'Whether there are older ones.' }),
  }),
});

const RuleDraftInput = builder.inputType('RuleDraftInput', {
  description: 'What an automation rule would say.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'The companies in which it acts; none for every one.' }),
    triggers: t.field({ type: [RuleTrigger], required: true, description: 'Its moments.' }),
    conditions: t.field({ type: [RuleConditionInput], description: 'What has to hold.' }),
    actions: t.field({ type: [RuleActionInput], required: true, description: 'What it does.' }),
  }),
});

const PreviewAutomationRuleInput = builder.inputType('PreviewAutomationRuleInput', {
  description: 'Which rule is held against which interactions.',
  fields: (t) => ({
    automationRuleId: t.id({
      description: 'A rule that is there; with `rule`, what a new wording of it would change.',
    }),
    rule: t.field({ type: RuleDraftInput, description: 'A rule that is not there yet.' }),
    from: t.field({ type: 'DateTime', required: true, description: 'Interactions from then on.' }),
    to: t.field({
      type: 'DateTime',
      required: true,
      description: 'Interactions before then, at most 92 days after `from`.',
    }),
  }),
});

builder.queryField('previewAutomationRule', (t) =>
  t.field({
    type: AutomationRulePreview,
    description:
      'Holds an automation rule against past interactions as they stand now, and changes nothing: on which it would fire, what that would change, and on which it has fired but would not any more. Conversations and chats are looked through for all that was written. Each page looks at `first` interactions that the viewer may see, the newest first.',
    args: {
      input: t.arg({
        type: PreviewAutomationRuleInput,
        required: true,
        description: 'Which rule, and which interactions.',
      }),
      ...pageArgs(t),
    },
    resolve: (_root, { input, first, after }, { platform, viewer }) => {
      const { automationRuleId, rule, from, to } = input;
      const request = {
        ...{ from, to },
        automationRuleId:
          automationRuleId == null
            ? null
            : readId(automationRuleId, 'AutomationRule', 'automationRuleId'),
        rule: rule && {
          triggers: rule.triggers,
          companyIds: readCompanies(rule.companyIds),
          conditions: readConditions(rule.conditions),
          actions: readActions(rule.actions),
        },
      } as PreviewRequest;
      const page = { limit: pageSize(first), after: after ? decodeRowKey(after) : null };
      return previewRule(platform, viewer, request, page);
    },
  }),
);
