// What a rule is written as, and how that is read: global ids become UUIDs, and an action keeps what belongs to its kind.
import { SettableLeadStatus } from '#domains/interactions/index.ts';
import { builder } from '#graphql/builder.ts';
import { readId } from '#graphql/read-id.ts';
import { invalidInput } from '#values/refusals.ts';
import type { NewAutomationRule } from '../create-rule.ts';
import { ID_FIELDS } from '../rule-shape.ts';
import { RuleActionKind, RuleConditionSubject } from './rule-parts.ts';

export const RuleConditionInput = builder.inputType('RuleConditionInput', {
  description: 'One condition of an automation rule.',
  fields: (t) => ({
    about: t.field({
      type: RuleConditionSubject,
      required: true,
      description: 'What it asks about.',
    }),
    values: t.stringList({
      description:
        'What it is compared with, in capitals or not: one of these has to fit. At most 25, each of 1 to 100 characters.',
    }),
    trackerIds: t.idList({ description: 'Of TRACKER: which, at most 25.' }),
    keywordSetIds: t.idList({ description: 'Of KEYWORD_SET: which, at most 25.' }),
    minSeconds: t.int({ description: 'Of DURATION_SECONDS: at least so many, 0 to 86,400.' }),
    maxSeconds: t.int({ description: 'Of DURATION_SECONDS: at most so many, 0 to 86,400.' }),
    field: t.string({ description: 'Of FORM_FIELD: the field’s name; left out for any field.' }),
    isNot: t.boolean({ description: 'true = it holds where it would not.' }),
  }),
});

export const RuleActionInput = builder.inputType('RuleActionInput', {
  description: 'One action of an automation rule: its kind, and what belongs to that.',
  fields: (t) => ({
    kind: t.field({ type: RuleActionKind, required: true, description: 'What it does.' }),
    tags: t.stringList({ description: 'Of ADD_TAGS and REMOVE_TAGS: 1 to 10 tags.' }),
    leadStatus: t.field({
      type: SettableLeadStatus,
      description: 'Of SET_LEAD_STATUS: the status.',
    }),
    valueCents: t.float({
      description: 'Of SET_VALUE: cents of the account’s currency, a whole number.',
    }),
    points: t.int({ description: 'Of SCORE: −100 to 100.' }),
    userIds: t.idList({
      description: 'Of NOTIFY: 1 to 10 members. Those who may not see the company get nothing.',
    }),
    userId: t.id({
      description: 'Of ASSIGN: a member; refused when they may not see the company.',
    }),
    webhookEndpointIds: t.idList({ description: 'Of WEBHOOK: 1 to 10 endpoints.' }),
  }),
});

type Given<Input> = readonly Input[] | null | undefined;
type ConditionInput = typeof RuleConditionInput.$inferInput;
type ActionInput = typeof RuleActionInput.$inferInput;

/** Absent stays absent: a patch leaves it as it is. */
export function readCompanies(given: Given<string>): string[] | undefined {
  return given?.map((id) => readId(id, 'Company', 'companyIds'));
}

/** Throws Refused INVALID_INPUT naming the condition. */
export function readConditions(given: Given<ConditionInput>): NewAutomationRule['conditions'] {
  return given?.map(({ trackerIds, keywordSetIds, ...condition }, n) => {
    const at = (field: string) => ['conditions', String(n), field];
    const { about } = condition;
    const named = ID_FIELDS[about];
    const ids = { trackerIds, keywordSetIds };
    for (const field of ['trackerIds', 'keywordSetIds'] as const) {
      if (field === named?.field || !ids[field]?.length) continue;
      throw invalidInput(at(field), `${about} takes no ${field}.`);
    }
    if (!named) return condition;
    const { field, typename } = named;
    if (condition.values?.length) {
      throw invalidInput(at('values'), `${about} takes ${field}, not values.`);
    }
    return { ...condition, values: ids[field]?.map((id) => readId(id, typename, at(field))) };
  }) as NewAutomationRule['conditions'];
}

/** Throws Refused INVALID_INPUT naming the action. */
export function readActions(given: Given<ActionInput>): NewAutomationRule['actions'] | undefined {
  return given?.map(({ userIds, userId, webhookEndpointIds, ...action }, n) => {
    const at = (field: string) => ['actions', String(n), field];
    const all = {
      ...action,
      userIds: userIds?.map((id) => readId(id, 'User', at('userIds'))),
      userId: readId(userId, 'User', at('userId')) ?? null,
      endpointIds: webhookEndpointIds?.map((id) =>
        readId(id, 'WebhookEndpoint', at('webhookEndpointIds')),
      ),
    };
    // left out is left out, and what belongs to another kind is refused by the verb
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value != null));
  }) as NewAutomationRule['actions'] | undefined;
}
