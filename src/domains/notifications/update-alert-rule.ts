// Changing and deleting an alert rule.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput, patched } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import {
  authorizeScope,
  callsShape,
  channelsShape,
  checkOccasions,
  checkScope,
  refuseEnded,
} from './alert-rule-input.ts';
import { seesAlertRule } from './read-alert-rules.ts';
import { type AlertRuleRow, dropAlertRule, findAlertRule, writeAlertRule } from './store.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;
type UpdateNeeds = Needs & Pick<Platform, 'secrets'>;

const target = z.object({ alertRuleId: z.uuid(), expectedVersion: z.int().nullish() });

const patchShape = target.extend({
  companyId: z.uuid().nullish(),
  trackerId: z.uuid().nullish(),
  calls: patched('calls', callsShape),
  channels: patched('channels', channelsShape),
});

/** Absent = unchanged; null for companyId or trackerId = all of them. */
export type AlertRulePatch = z.input<typeof patchShape>;

/**
 * Changes what a rule is met by; who it writes to stays. From then on it tells an address that is nobody's what the
 * changer may read. One that was ended by its recipient stays ended.
 * @returns the rule as it stands; unchanged, with the same version, when the patch changes nothing
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT
 */
export async function updateAlertRule(
  { db, events, clock, secrets }: UpdateNeeds,
  viewer: Viewer,
  request: AlertRulePatch,
): Promise<AlertRuleRow> {
  authorize(viewer, 'alertRules.write');
  const { alertRuleId, expectedVersion, ...patch } = parseInput(patchShape, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [subjectOf(alertRuleId)]);
    const rule = await take(tx, viewer, alertRuleId, expectedVersion);
    const { userId, email } = rule;
    const { trackerId = rule.trackerId } = patch;
    // another tracker brings its own company
    const kept = patch.trackerId ? null : rule.companyId;
    const { companyId = kept } = patch;
    const scope = await checkScope(tx, viewer, { companyId, trackerId, userId, email });
    authorizeScope(viewer, scope);
    if (scope.companyId !== rule.companyId) {
      await refuseEnded(tx, { secrets }, viewer, 'ALERT', scope);
    }
    const { calls = rule.calls, channels = rule.channels } = patch;
    const before = settingsOf(rule);
    const after = settingsOf({ ...scope, calls, channels });
    checkOccasions(after);
    if (JSON.stringify(before) === JSON.stringify(after)) return rule;
    await audit(tx, viewer, clock, {
      action: 'updateAlertRule',
      subject: subjectOf(alertRuleId),
      before,
      after,
    });
    return writeAlertRule(tx, accountId, alertRuleId, {
      ...after,
      maker: nameActor(viewer.actor),
      makerScopes: [...viewer.scopes],
    });
  });
}

/**
 * Deletes a rule, also what waits to be sent by it.
 * @returns the rule as it was. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT
 */
export async function deleteAlertRule(
  { db, events, clock }: Needs,
  viewer: Viewer,
  request: z.input<typeof target>,
): Promise<AlertRuleRow> {
  authorize(viewer, 'alertRules.write');
  const { alertRuleId, expectedVersion } = parseInput(target, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [subjectOf(alertRuleId)]);
    const rule = await take(tx, viewer, alertRuleId, expectedVersion);
    await dropAlertRule(tx, accountId, alertRuleId);
    await audit(tx, viewer, clock, {
      action: 'deleteAlertRule',
      subject: subjectOf(alertRuleId),
      before: settingsOf(rule),
    });
    return rule;
  });
}

const subjectOf = (id: string) => `alertRule:${id}`;

function settingsOf(rule: Pick<AlertRuleRow, 'companyId' | 'trackerId' | 'calls' | 'channels'>) {
  const { companyId, trackerId, calls, channels } = rule;
  return { companyId, trackerId, calls, channels };
}

async function take(
  tx: Tx,
  viewer: Viewer,
  id: string,
  expectedVersion: number | null | undefined,
): Promise<AlertRuleRow> {
  const rule = await findAlertRule(tx, viewer.accountId, id);
  if (!rule || !seesAlertRule(viewer, rule)) throw notFound('alertRuleId', 'AlertRule');
  authorizeScope(viewer, rule);
  if (expectedVersion != null && expectedVersion !== rule.version) {
    throw versionConflict(rule.version);
  }
  return rule;
}
