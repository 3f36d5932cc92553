// Changing and deleting a summary rule.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput, patched } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { authorizeScope, refuseEnded } from '../alert-rule-input.ts';
import { dueAtOf, latestPeriod } from './period.ts';
import { seesSummaryRule } from './read-summary-rules.ts';
import {
  dropSummaryRule,
  findSummaryRule,
  type SummaryRuleRow,
  writeSummaryRule,
} from './store.ts';
import { checkSummaryScope, frequencyShape, hourShape } from './summary-rule-input.ts';
import { zoneOfRule } from './zone-of-rule.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;
type UpdateNeeds = Needs & Pick<Platform, 'secrets'>;

const target = z.object({ summaryRuleId: z.uuid(), expectedVersion: z.int().nullish() });

const patchShape = target.extend({
  companyId: z.uuid().nullish(),
  frequency: patched('frequency', frequencyShape),
  hour: patched('hour', hourShape),
});

/** Absent = unchanged; null for companyId = all of them. */
export type SummaryRulePatch = z.input<typeof patchShape>;

/**
 * Changes what a rule tells of and when; who it writes to stays. No day is told twice by another hour; with another
 * frequency it begins with the period that is over next.
 * @returns the rule as it stands; unchanged, with the same version, when the patch changes nothing
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT
 */
export async function updateSummaryRule(
  { db, events, clock, secrets }: UpdateNeeds,
  viewer: Viewer,
  request: SummaryRulePatch,
): Promise<SummaryRuleRow> {
  authorize(viewer, 'alertRules.write');
  authorize(viewer, 'reports.read');
  const { summaryRuleId, expectedVersion, ...patch } = parseInput(patchShape, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [summarySubject(summaryRuleId)]);
    const rule = await take(tx, viewer, summaryRuleId, expectedVersion);
    const { userId, email } = rule;
    const { companyId = rule.companyId, frequency = rule.frequency, hour = rule.hour } = patch;
    await checkSummaryScope(tx, viewer, { companyId, userId, email });
    if (companyId !== rule.companyId) {
      await refuseEnded(tx, { secrets }, viewer, 'SUMMARY', { companyId, userId, email });
    }
    const before = settingsOf(rule);
    const after = { companyId, frequency, hour };
    if (JSON.stringify(before) === JSON.stringify(after)) return rule;
    const now = clock.now(accountId);
    const timeZone = await zoneOfRule(tx, { accountId, companyId });
    const schedule = { frequency, hour, timeZone };
    const isOther = frequency !== rule.frequency;
    const toldUntil = isOther ? latestPeriod(schedule, now).period.to : rule.toldUntil;
    await audit(tx, viewer, clock, {
      action: 'updateSummaryRule',
      subject: summarySubject(summaryRuleId),
      before,
      after,
    });
    return writeSummaryRule(tx, accountId, summaryRuleId, {
      ...{ ...after, toldUntil },
      dueAt: rule.unsubscribedAt ? null : dueAtOf(schedule, toldUntil, now),
      maker: nameActor(viewer.actor),
      makerScopes: [...viewer.scopes],
    });
  });
}

/**
 * Deletes a rule.
 * @returns the rule as it was. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT
 */
export async function deleteSummaryRule(
  { db, events, clock }: Needs,
  viewer: Viewer,
  request: z.input<typeof target>,
): Promise<SummaryRuleRow> {
  authorize(viewer, 'alertRules.write');
  const { summaryRuleId, expectedVersion } = parseInput(target, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [summarySubject(summaryRuleId)]);
    const rule = await take(tx, viewer, summaryRuleId, expectedVersion);
    await dropSummaryRule(tx, accountId, summaryRuleId);
    await audit(tx, viewer, clock, {
      action: 'deleteSummaryRule',
      subject: summarySubject(summaryRuleId),
      before: settingsOf(rule),
    });
    return rule;
  });
}

/** The lock to take before a rule is changed, or marked as told. */
export const summarySubject = (id: string) => `summaryRule:${id}`;

function settingsOf({ companyId, frequency, hour }: SummaryRuleRow) {
  return { companyId, frequency, hour };
}

async function take(
  tx: Tx,
  viewer: Viewer,
  id: string,
  expectedVersion: number | null | undefined,
): Promise<SummaryRuleRow> {
  const rule = await findSummaryRule(tx, viewer.accountId, id);
  if (!rule || !seesSummaryRule(viewer, rule)) throw notFound('summaryRuleId', 'SummaryRule');
  authorizeScope(viewer, { ...rule, trackerId: null });
  if (expectedVersion != null && expectedVersion !== rule.version) {
    throw versionConflict(rule.version);
  }
  return rule;
}
