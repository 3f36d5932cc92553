// What rules did, and why: RuleRun, ruleRuns and ruleScore of every interaction, explainRules, and the event.
import { implementEvent } from '#domains/activity/index.ts';
import { Interaction, readAsChannel, readInteractionId } from '#domains/interactions/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineNode } from '#graphql/node.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { mayReadFound } from '../check-definition.ts';
import type { ruleFired } from '../events.ts';
import {
  explainInteraction,
  findRuns,
  type JudgedCondition,
  pointsOfInteractions,
  type RunRow,
  runsOfInteractions,
  seesRuns,
  type VerdictRow,
} from '../read-runs.ts';
import type { RuleTrigger as Trigger } from '../rule-words.ts';
import { AutomationRule } from './rule.ts';
import { RuleAction, RuleCondition, RuleTrigger } from './rule-parts.ts';

export const RuleConditionResult = builder
  .objectRef<JudgedCondition>('RuleConditionResult')
  .implement({
    description: 'How one condition of an automation rule was judged.',
    fields: (t) => ({
      condition: t.field({
        type: RuleCondition,
        description: 'What was asked; its `text` says it in words.',
        resolve: (judged) => judged.condition,
      }),
      isMet: t.exposeBoolean('isMet', { description: 'Whether it held.' }),
      actual: t.string({
        nullable: true,
        description:
          'What was found: `ANSWERED`, `92 s`, `said in 2 places`; `not known yet at CALL_ENDED` of what is looked for after that moment. Of what was said or written, its number and length only; null without the scope that it takes to read that: TRANSCRIPTS_READ of keywords, scores and signals, PERSONAL_READ of texts and fields of forms.',
        resolve: ({ condition, actual }, _args, { viewer }) =>
          mayReadFound(viewer, condition.about) ? actual : null,
      }),
    }),
  });

const RuleActionOutcome = builder.enumType('RuleActionOutcome', {
  description: 'What became of an action of a rule that fired.',
  values: {
    DONE: { description: 'It was done, or stood so already.' },
    DONE_BEFORE: {
      description:
        'This version of the rule did it at a moment before, as for another message: it was left out, so that what has been changed since stands. Of ADD_TAGS, REMOVE_TAGS, SET_LEAD_STATUS, SET_VALUE and ASSIGN.',
    },
    OVERRULED: { description: 'An action after it, of the same moment, took it back.' },
    REFUSED: { description: 'It was refused; the others were done all the same.' },
  } as const,
});

const RuleActionResult = builder
  .objectRef<RunRow['actions'][number]>('RuleActionResult')
  .implement({
    description: 'What became of one action of a rule that fired.',
    fields: (t) => ({
      action: t.field({
        type: RuleAction,
        description: 'What was to be done.',
        resolve: ({ action }) => action,
      }),
      outcome: t.expose('outcome', { type: RuleActionOutcome, description: 'What became of it.' }),
      code: t.exposeString('code', {
        nullable: true,
        description: 'Of REFUSED: the code, as of a userError.',
      }),
      reason: t.exposeString('reason', {
        nullable: true,
        description: 'Of REFUSED and DONE_BEFORE: why.',
      }),
    }),
  });

const MESSAGE_IDS =
  'a Message at MESSAGE_RECEIVED, a ChatMessage at CHAT_MESSAGE_RECEIVED; null at other moments, and where it was not kept yet.';
const MESSAGE_TYPENAMES: Partial<Record<Trigger, string>> = {
  MESSAGE_RECEIVED: 'Message',
  CHAT_MESSAGE_RECEIVED: 'ChatMessage',
};

function messageIdOf({ trigger, messageId }: Pick<RunRow, 'trigger' | 'messageId'>): string | null {
  const typename = MESSAGE_TYPENAMES[trigger];
  return typename && messageId ? encodeGlobalId(typename, messageId) : null;
}

export const RuleRun = defineNode<RunRow>('RuleRun', (ids, { platform, viewer }) =>
  findRuns(platform, viewer, ids),
);
RuleRun.implement({
  description: 'An automation rule fired: for which interaction, why, and what it did.',
  fields: (t) => ({
    rule: t.field({
      type: AutomationRule,
      nullable: true,
      description: 'The rule as it is now; null when it was deleted.',
      resolve: (run) => run.ruleId,
    }),
    ruleName: t.exposeString('ruleName', { description: 'As it was called then.' }),
    definitionVersion: t.exposeInt('definitionVersion', {
      description: 'Which definition of it fired: see AutomationRule.versions.',
    }),
    interaction: t.field({
      type: Interaction,
      nullable: true,
      description:
        'For what it fired; null without the scope of its channel: CALLS_READ of a call.',
      resolve: ({ interactionId: id, kind }, _args, context) =>
        readAsChannel({ id, kind }, context),
    }),
    trigger: t.expose('trigger', { type: RuleTrigger, description: 'At which moment.' }),
    messageId: t.id({
      nullable: true,
      description: `For which message of the interaction it fired: ${MESSAGE_IDS}`,
      resolve: messageIdOf,
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    conditions: t.field({
      type: [RuleConditionResult],
      description: 'Why: each condition, with what was found.',
      extensions: { listSize: 5 },
      resolve: (run) => run.conditions,
    }),
    actions: t.field({
      type: [RuleActionResult],
      description: 'What became of each of its actions.',
      extensions: { listSize: 5 },
      resolve: (run) => run.actions,
    }),
    points: t.exposeInt('points', {
      nullable: true,
      description:
        'What its SCORE actions give; null when it has none. `ruleScore` counts them once for a rule, not for each run.',
    }),
  }),
});

builder.interfaceFields(Interaction, (t) => ({
  ruleRuns: t.loadableList({
    type: RuleRun,
    nullable: true,
    description:
      'What automation rules did with it, the newest first; at most 50. Null without the scope SETTINGS_READ.',
    extensions: { listSize: 5 },
    load: async (ids: string[], { platform, viewer }: Context) =>
      // who sees an interaction sees its company, so the right is the same for all of them
      seesRuns(viewer) ? runsOfInteractions(platform, viewer, ids) : ids.map(() => null),
    resolve: (row) => row.id,
  }),
  ruleScore: t.loadable({
    type: 'Int',
    nullable: true,
    description:
      'The points that automation rules gave it: of each rule those of the newest version that fired, once, however many messages it fired for. Null when none gave any, and without the scope SETTINGS_READ.',
    load: async (ids: string[], { platform, viewer }: Context) =>
      seesRuns(viewer) ? pointsOfInteractions(platform, viewer, ids) : ids.map(() => null),
    resolve: (row) => row.id,
  }),
}));

const RuleVerdictOutcome = builder.enumType('RuleVerdictOutcome', {
  description: 'What became of an automation rule at a moment.',
  values: {
    FIRED: { description: 'All its conditions held: it fired.' },
    FIRED_BEFORE: {
      description:
        'All held, but this version had fired for the interaction, or at a moment of a message for that message, before.',
    },
    NOT_MET: { description: 'A condition did not hold.' },
  } as const,
});

const RuleVerdict = builder.objectRef<VerdictRow>('RuleVerdict').implement({
  description: 'How an automation rule was judged at a moment of an interaction.',
  fields: (t) => ({
    rule: t.field({
      type: AutomationRule,
      nullable: true,
      description: 'The rule as it is now; null when it was deleted.',
      resolve: (verdict) => verdict.ruleId,
    }),
    ruleName: t.exposeString('ruleName', { description: 'As it was called then.' }),
    definitionVersion: t.exposeInt('definitionVersion', {
      description: 'Which definition of it was judged: see AutomationRule.versions.',
    }),
    trigger: t.expose('trigger', { type: RuleTrigger, description: 'At which moment.' }),
    messageId: t.id({
      nullable: true,
      description: `For which message of the interaction it was judged: ${MESSAGE_IDS}`,
      resolve: messageIdOf,
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    outcome: t.expose('outcome', { type: RuleVerdictOutcome, description: 'What became of it.' }),
    conditions: t.field({
      type: [RuleConditionResult],
      description: 'Each condition, with what was found.',
      extensions: { listSize: 5 },
      resolve: (verdict) => verdict.conditions,
    }),
    run: t.field({
      type: RuleRun,
      nullable: true,
      description:
        'What it did when it fired, at this moment or before, of a message for that message; null when it has not.',
      resolve: (verdict) => verdict.runId,
    }),
  }),
});

builder.queryField('explainRules', (t) =>
  t.field({
    type: [RuleVerdict],
    nullable: true,
    description:
      'Which automation rules fired for an interaction, which did not, and why: every rule that was judged, at the newest moment of each kind, the newest moment first. Null when there is no such interaction that this viewer may see, and without the scope SETTINGS_READ.',
    extensions: { listSize: 20 },
    args: {
      interactionId: t.arg.id({
        required: true,
        description: 'A call, conversation, form or chat.',
      }),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const id = readInteractionId(args.interactionId, 'interactionId');
      return explainInteraction(platform, viewer, id);
    },
  }),
);

type Payload = ReturnType<(typeof ruleFired)['payload']['parse']>;

implementEvent({
  typename: 'RuleEvent',
  types: ['rule.fired'],
  description: 'An automation rule fired and has acted.',
  fields: (t) => ({
    run: t.field({
      type: RuleRun,
      nullable: true,
      description:
        'What it did, and why; null when the interaction was erased, or to those who may not read it.',
      resolve: ({ payload }) => (payload as Payload).runId,
    }),
  }),
});
