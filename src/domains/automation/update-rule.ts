// Changing an automation rule, putting it off, and taking it out of use.
import { z } from 'zod';
import { audit, authorize, authorizeCompanies } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { checkDefinition } from './check-definition.ts';
import { seesRule } from './read-rules.ts';
import { definitionParts, nameShape, positionShape } from './rule-shape.ts';
import {
  type AutomationRuleRow,
  findRule,
  RULES_SUBJECT,
  startAnew,
  writeDefinition,
  writeRule,
} from './store.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

const target = z.object({ automationRuleId: z.uuid(), expectedVersion: z.int().nullish() });
const patchShape = target.extend({
  name: nameShape.optional(),
  position: positionShape.optional(),
  companyIds: definitionParts.companyIds.optional(),
  triggers: definitionParts.triggers.optional(),
  conditions: definitionParts.conditions.optional(),
  actions: definitionParts.actions.optional(),
});

/** Absent = unchanged; a list takes the place of what was there. */
export type AutomationRulePatch = z.input<typeof patchShape>;
type Target = z.input<typeof target>;

/**
 * Changes a rule. What it did stays, and is explained by what it said then. When it says something else, it may fire anew
 * for an interaction that it has fired for, at a moment to come; at one that waits to be judged it does not fire.
 * @returns the rule as it stands; unchanged, with the same version, when the patch changes nothing
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT
 */
export async function updateAutomationRule(
  platform: Needs,
  viewer: Viewer,
  request: AutomationRulePatch,
): Promise<AutomationRuleRow> {
  authorize(viewer, 'automation.write');
  const { automationRuleId, expectedVersion, ...given } = parseInput(patchShape, request);
  const { accountId } = viewer;
  return change(platform, viewer, { automationRuleId, expectedVersion }, async (tx, rule) => {
    const patch = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    );
    const after: AutomationRuleRow = { ...rule, ...patch };
    authorizeCompanies(viewer, 'automation.write', after.companyIds);
    const saysElse = JSON.stringify(definitionOf(rule)) !== JSON.stringify(definitionOf(after));
    const isSame = !saysElse && rule.name === after.name && rule.position === after.position;
    if (isSame) return rule;
    if (saysElse) {
      await checkDefinition(tx, platform.clock, viewer, after);
      after.definitionVersion = rule.definitionVersion + 1;
      const madeAt = platform.clock.now(accountId);
      await writeDefinition(tx, accountId, after, { madeBy: nameActor(viewer.actor), madeAt });
    }
    const { name, position } = after;
    after.version = await writeRule(tx, accountId, rule.id, { name, position });
    await tell(tx, platform, viewer, 'updateAutomationRule', rule, after);
    return after;
  });
}

/**
 * Puts a rule off, or lets it go on: a paused one is judged at no moment, and those that went by are not made up for.
 * @returns the rule as it stands. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT
 */
export async function setAutomationRuleState(
  platform: Needs,
  viewer: Viewer,
  state: AutomationRuleRow['state'],
  request: Target,
): Promise<AutomationRuleRow> {
  authorize(viewer, 'automation.write');
  const which = parseInput(target, request);
  const verb = state === 'PAUSED' ? 'pauseAutomationRule' : 'resumeAutomationRule';
  return change(platform, viewer, which, async (tx, rule) => {
    if (rule.state === state) return rule;
    const version = await writeRule(tx, viewer.accountId, rule.id, { state });
    if (state === 'ACTIVE') await startAnew(tx, viewer.accountId, rule.id);
    const after = { ...rule, state, version };
    await tell(tx, platform, viewer, verb, rule, after);
    return after;
  });
}

/**
 * Takes a rule out of use. What it did stays, and tells of it.
 * @returns the rule as it was. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT
 */
export async function deleteAutomationRule(
  platform: Needs,
  viewer: Viewer,
  request: Target,
): Promise<AutomationRuleRow> {
  authorize(viewer, 'automation.write');
  const which = parseInput(target, request);
  return change(platform, viewer, which, async (tx, rule) => {
    const deletedAt = platform.clock.now(viewer.accountId);
    await writeRule(tx, viewer.accountId, rule.id, { deletedAt });
    await tell(tx, platform, viewer, 'deleteAutomationRule', rule, null);
    return rule;
  });
}

function change(
  { db, events }: Needs,
  viewer: Viewer,
  { automationRuleId, expectedVersion }: z.output<typeof target>,
  work: (tx: Tx, rule: AutomationRuleRow) => Promise<AutomationRuleRow>,
): Promise<AutomationRuleRow> {
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [RULES_SUBJECT]);
    const rule = await findRule(tx, accountId, automationRuleId);
    if (!rule || !seesRule(viewer, rule)) throw notFound('automationRuleId', 'AutomationRule');
    // a rule of other companies too is seen, but not changed, by those who are kept to some
    authorizeCompanies(viewer, 'automation.write', rule.companyIds);
    if (expectedVersion != null && expectedVersion !== rule.version) {
      throw versionConflict(rule.version);
    }
    return work(tx, rule);
  });
}

/** In one order of fields, so that two can be compared. */
function definitionOf({ companyIds, triggers, conditions, actions }: AutomationRuleRow) {
  const inOrder = <Part extends object>(part: Part) =>
    Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)));
  return {
    ...{ companyIds, triggers },
    conditions: conditions.map(inOrder),
    actions: actions.map(inOrder),
  };
}

async function tell(
  tx: Tx,
  { clock }: Needs,
  viewer: Viewer,
  action: string,
  before: AutomationRuleRow,
  after: AutomationRuleRow | null,
): Promise<void> {
  const settings = ({ id: _id, createdAt: _createdAt, ...rest }: AutomationRuleRow) => rest;
  await audit(tx, viewer, clock, {
    action,
    subject: `automationRule:${before.id}`,
    before: settings(before),
    ...(after && { after: settings(after) }),
  });
}
