// Changing a source rule, moving it among those of its company, and deleting it. Sessions that it judged stay as they are.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { conditionsShape, positionShape, resultShape } from './source-rule-shape.ts';
import {
  countRules,
  lockRules,
  placeRule,
  readSourceRule,
  removeRule,
  type SourceRuleRow,
  writeRule,
} from './store-rules.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

const target = z.object({ sourceRuleId: z.uuid(), expectedVersion: z.int().nullish() });
const patchShape = target.extend({
  conditions: conditionsShape.optional(),
  name: resultShape.name.optional(),
  medium: resultShape.medium.nullish(),
  campaign: resultShape.campaign.optional(),
});
const moveShape = target.extend({ position: positionShape });

/** Absent = unchanged; `conditions` takes the place of all that were there; `medium` null = none. */
export type SourceRulePatch = z.input<typeof patchShape>;

/**
 * Changes a rule; visits that come from now on are held against it as it is then.
 * @returns the rule as it stands; unchanged, with the same version, when the patch changes nothing
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT
 */
export async function updateSourceRule(
  platform: Needs,
  viewer: Viewer,
  request: SourceRulePatch,
): Promise<SourceRuleRow> {
  authorize(viewer, 'sourceRules.write');
  const { sourceRuleId, expectedVersion, ...patch } = parseInput(patchShape, request);
  return change(platform, viewer, { sourceRuleId, expectedVersion }, async (tx, rule) => {
    const before = settingsOf(rule);
    const given = Object.entries({
      ...patch,
      ...(patch.medium === null && { medium: '' }),
    }).filter(([, value]) => value !== undefined);
    const after: ReturnType<typeof settingsOf> = { ...before, ...Object.fromEntries(given) };
    if (JSON.stringify(before) === JSON.stringify(after)) return rule;
    const version = await writeRule(tx, viewer.accountId, rule.id, after);
    await tell(tx, platform, viewer, rule, { action: 'updateSourceRule', before, after });
    return { ...rule, ...after, version };
  });
}

/**
 * Moves a rule to another place among those of its company; the others keep their order.
 * @returns the rule as it stands; unchanged, with the same version, when it is there already
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT
 */
export async function moveSourceRule(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof moveShape>,
): Promise<SourceRuleRow> {
  authorize(viewer, 'sourceRules.write');
  const { position: wanted, ...which } = parseInput(moveShape, request);
  return change(platform, viewer, which, async (tx, rule) => {
    const position = Math.min(wanted, await countRules(tx, viewer.accountId, rule.companyId));
    if (position === rule.position) return rule;
    const version = await placeRule(tx, viewer.accountId, rule, position);
    const before = { position: rule.position };
    await tell(tx, platform, viewer, rule, {
      action: 'moveSourceRule',
      before,
      after: { position },
    });
    return { ...rule, position, version };
  });
}

/**
 * Deletes a rule.
 * @returns the rule as it was
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT
 */
export async function deleteSourceRule(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof target>,
): Promise<SourceRuleRow> {
  authorize(viewer, 'sourceRules.write');
  return change(platform, viewer, parseInput(target, request), async (tx, rule) => {
    await removeRule(tx, viewer.accountId, rule);
    const before = { ...settingsOf(rule), position: rule.position };
    await tell(tx, platform, viewer, rule, { action: 'deleteSourceRule', before });
    return rule;
  });
}

function settingsOf({ conditions, name, medium, campaign }: SourceRuleRow) {
  return { conditions, name, medium, campaign };
}

/** Does something with a rule that nobody else changes meanwhile, and that the viewer may see. */
function change(
  { db, events }: Needs,
  viewer: Viewer,
  { sourceRuleId, expectedVersion }: z.output<typeof target>,
  work: (tx: Tx, rule: SourceRuleRow) => Promise<SourceRuleRow>,
): Promise<SourceRuleRow> {
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    // a rule never leaves its company, so what is locked can be read before
    const seen = await readSourceRule(tx, accountId, sourceRuleId);
    if (seen) await lockRules(events, tx, accountId, seen.companyId);
    const rule = seen && (await readSourceRule(tx, accountId, sourceRuleId));
    if (!rule || !seesCompany(viewer, rule.companyId)) throw notFound('sourceRuleId', 'SourceRule');
    if (expectedVersion != null && expectedVersion !== rule.version) {
      throw versionConflict(rule.version);
    }
    return work(tx, rule);
  });
}

function tell(
  tx: Tx,
  { clock }: Needs,
  viewer: Viewer,
  { id }: SourceRuleRow,
  told: { action: string; before: object; after?: object },
): Promise<void> {
  return audit(tx, viewer, clock, { ...told, subject: `sourceRule:${id}` });
}
