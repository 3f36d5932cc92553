// A new alert rule.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { policyRefused } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import {
  authorizeScope,
  callsShape,
  channelsShape,
  checkOccasions,
  checkScope,
  emailShape,
  refuseEnded,
} from './alert-rule-input.ts';
import {
  type AlertRuleRow,
  countRules,
  findAlertRule,
  insertAlertRule,
  RULES_SUBJECT,
} from './store.ts';

/** Every event is held against every rule of its account. */
const MAX_RULES = 500;

const shape = z.object({
  companyId: z.uuid().nullish(),
  trackerId: z.uuid().nullish(),
  userId: z.uuid().nullish(),
  email: emailShape.nullish(),
  calls: callsShape.nullish(),
  channels: channelsShape.nullish(),
  idempotencyKey: z.string().nullish(),
});
export type NewAlertRule = z.input<typeof shape>;

/**
 * Makes a rule; it is met by what is announced from now on.
 * @throws Forbidden; Refused INVALID_INPUT (also for an address that has ended such mails), NOT_FOUND (company, tracker,
 *   user), LIMIT_REACHED (500 rules), IDEMPOTENCY_KEY_CONFLICT
 */
export async function createAlertRule(
  { db, events, clock, secrets }: Pick<Platform, 'db' | 'events' | 'clock' | 'secrets'>,
  viewer: Viewer,
  request: NewAlertRule,
): Promise<AlertRuleRow> {
  authorize(viewer, 'alertRules.write');
  const input = parseInput(shape, request);
  const { accountId } = viewer;
  const { companyId = null, trackerId = null, userId = null, email = null } = input;
  return once(
    { db, clock },
    viewer,
    { mutation: 'createAlertRule', key: input.idempotencyKey, request: input },
    async (tx) => {
      await events.lock(tx, accountId, [RULES_SUBJECT]);
      const scope = await checkScope(tx, viewer, { companyId, trackerId, userId, email });
      authorizeScope(viewer, scope);
      await refuseEnded(tx, { secrets }, viewer, 'ALERT', scope);
      const told = { calls: input.calls ?? 'NONE', channels: input.channels ?? [] };
      checkOccasions({ ...told, trackerId: scope.trackerId });
      const current = await countRules(tx, accountId);
      if (current >= MAX_RULES) {
        throw policyRefused(
          'LIMIT_REACHED',
          `An account has at most ${MAX_RULES} alert rules. Delete one, or widen one.`,
          { figures: { limit: MAX_RULES, current } },
        );
      }
      const id = newId();
      const rule = await insertAlertRule(tx, {
        ...{ ...scope, ...told, accountId, id },
        maker: nameActor(viewer.actor),
        makerScopes: [...viewer.scopes],
        createdAt: clock.now(accountId),
      });
      const { email: _personal, ...after } = { ...scope, ...told };
      await audit(tx, viewer, clock, {
        action: 'createAlertRule',
        subject: `alertRule:${id}`,
        after,
      });
      return rule;
    },
    answerById('AlertRule', (tx, id) => findAlertRule(tx, accountId, id)),
  );
}
