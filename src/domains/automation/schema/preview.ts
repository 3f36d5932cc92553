// Query.previewAutomationRule: what a rule would have done.
import { Actor } from '#domains/accounts/index.ts';
import {
  Interaction,
  Money,
  readAsChannel,
  SettableLeadStatus,
} from '#domains/interactions/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, type Page, pageArgs, pageSize } from '#graphql/connection.ts';
import { readId } from '#graphql/read-id.ts';
import { decodeRowKey, encodeRowKey } from '#values/cursor.ts';
import { type PreviewedInteraction, type PreviewRequest, previewRule } from '../preview-rule.ts';
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

const Previewed = builder.objectRef<PreviewedInteraction>('PreviewedInteraction').implement({
  description:
    'An interaction on which an automation rule would fire or has fired, and what it would do to it as it stands now.',
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

const PreviewedConnection = defineConnection(Previewed, 'PreviewedInteraction', { total: false });
interface PreviewedPage extends Page<PreviewedInteraction> {
  /** interactions that were looked at for it */
  looked: number;
}

builder.objectField(PreviewedConnection, 'looked', (t) =>
  t.int({
    description:
      'How many interactions were looked at for this page, those that the rule leaves alone among them: `first`, and fewer at the end.',
    resolve: (page) => (page as PreviewedPage).looked,
  }),
);

const RuleDraftInput = builder.inputType('RuleDraftInput', {
  description: 'What an automation rule would say.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'The companies in which it acts; none for every one.' }),
    triggers: t.field({ type: [RuleTrigger], required: true, description: 'Its moments.' }),
    conditions: t.field({ type: [RuleConditionInput], description: 'What has to hold.' }),
    actions: t.field({ type: [RuleActionInput], required: true, description: 'What it does.' }),
  }),
});

builder.queryField('previewAutomationRule', (t) =>
  t.field({
    type: PreviewedConnection,
    description:
      'A dry run: holds an automation rule against past interactions as they stand now, and changes nothing. It tells on which it would fire, what that would change, and on which it has fired but would not any more, the newest first. At MESSAGE_RECEIVED and CHAT_MESSAGE_RECEIVED each of the newest 50 messages that somebody sent is held against it by itself, and the newest that it would fire for is told; at CHAT_OPENED and CHAT_ENDED all of them are looked through. What is found in a call’s words after a moment counts as not found at it. `first` counts interactions looked at, so a page may have fewer rows: read on while pageInfo.hasNextPage.',
    args: {
      automationRuleId: t.arg.id({
        description: 'A rule that is there; with `rule`, what a new wording of it would change.',
      }),
      rule: t.arg({ type: RuleDraftInput, description: 'A rule that is not there yet.' }),
      occurredFrom: t.arg({
        type: 'DateTime',
        required: true,
        description: 'Only interactions from then on.',
      }),
      occurredBefore: t.arg({
        type: 'DateTime',
        required: true,
        description: 'Only interactions before then, at most 92 days after `occurredFrom`.',
      }),
      ...pageArgs(t),
    },
    resolve: async (_root, { first, after, automationRuleId, rule, ...span }, context) => {
      const { platform, viewer } = context;
      const request = {
        ...span,
        automationRuleId: readId(automationRuleId, 'AutomationRule', 'automationRuleId') ?? null,
        rule: rule && {
          triggers: rule.triggers,
          companyIds: readCompanies(rule.companyIds),
          conditions: readConditions(rule.conditions),
          actions: readActions(rule.actions),
        },
      } as PreviewRequest;
      const want = { limit: pageSize(first), after: after ? decodeRowKey(after) : null };
      const portion = await previewRule(platform, viewer, request, want);
      const { interactions, looked, hasMore, end } = portion;
      const page: PreviewedPage = {
        edges: interactions.map((node) => ({ cursor: encodeRowKey(node.place), node })),
        hasNextPage: hasMore,
        hasPreviousPage: Boolean(after),
        count: null,
        endCursor: end && encodeRowKey(end),
        looked,
      };
      return page;
    },
  }),
);
