// A new summary rule.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { policyRefused } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { emailShape, refuseEnded } from '../alert-rule-input.ts';
import { dueAtOf, latestPeriod } from './period.ts';
import {
  countSummaryRulesOf,
  findSummaryRule,
  insertSummaryRule,
  SUMMARY_RULES_SUBJECT,
  type SummaryRuleRow,
} from './store.ts';
import { checkSummaryScope, frequencyShape, hourShape } from './summary-rule-input.ts';
import { zoneOfRule } from './zone-of-rule.ts';

const MAX_RULES = 500;
/** what is asked for without an hour comes in the morning */
const MORNING = 7;

const shape = z.object({
  companyId: z.uuid().nullish(),
  userId: z.uuid().nullish(),
  email: emailShape.nullish(),
  frequency: frequencyShape,
  hour: hourShape.nullish(),
  idempotencyKey: z.string().nullish(),
});
export type NewSummaryRule = z.input<typeof shape>;

/**
 * Makes a rule; its first mail tells of the period that is over next.
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND (company, user), LIMIT_REACHED (500 rules), IDEMPOTENCY_KEY_CONFLICT
 */
export async function createSummaryRule(
  { db, events, clock, secrets }: Pick<Platform, 'db' | 'events' | 'clock' | 'secrets'>,
  viewer: Viewer,
  request: NewSummaryRule,
): Promise<SummaryRuleRow> {
  authorize(viewer, 'alertRules.write');
  authorize(viewer, 'reports.read');
  const input = parseInput(shape, request);
  const { accountId } = viewer;
  const { companyId = null, userId = null, email = null, frequency } = input;
  const hour = input.hour ?? MORNING;
  return once(
    { db, clock },
    viewer,
    { mutation: 'createSummaryRule', key: input.idempotencyKey, request: input },
    async (tx) => {
      await events.lock(tx, accountId, [SUMMARY_RULES_SUBJECT]);
      const scope = { companyId, userId, email };
      await checkSummaryScope(tx, viewer, scope);
      await refuseEnded(tx, { secrets }, viewer, 'SUMMARY', scope);
      const current = await countSummaryRulesOf(tx, accountId);
      if (current >= MAX_RULES) {
        throw policyRefused(
          'LIMIT_REACHED',
          `An account has at most ${MAX_RULES} summary rules. Delete one first.`,
          { figures: { limit: MAX_RULES, current } },
        );
      }
      const id = newId();
      const now = clock.now(accountId);
      const timeZone = await zoneOfRule(tx, { accountId, companyId });
      const schedule = { frequency, hour, timeZone };
      const toldUntil = latestPeriod(schedule, now).period.to;
      const rule = await insertSummaryRule(tx, {
        ...{ ...scope, frequency, hour, accountId, id, toldUntil },
        dueAt: dueAtOf(schedule, toldUntil, now),
        maker: nameActor(viewer.actor),
        makerScopes: [...viewer.scopes],
        createdAt: now,
      });
      await audit(tx, viewer, clock, {
        action: 'createSummaryRule',
        subject: `summaryRule:${id}`,
        after: { companyId, userId, frequency, hour },
      });
      return rule;
    },
    answerById('SummaryRule', (tx, id) => findSummaryRule(tx, accountId, id)),
  );
}
