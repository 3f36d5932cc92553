// A new automation rule.
import { z } from 'zod';
import { answerById, audit, authorize, authorizeCompanies, once } from '#domains/accounts/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { policyRefused } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { checkDefinition } from './check-definition.ts';
import { definitionParts, MAX_RULES, nameShape, positionShape } from './rule-shape.ts';
import {
  type AutomationRuleRow,
  countRules,
  findRule,
  insertRule,
  RULES_SUBJECT,
} from './store.ts';

const shape = z.object({
  name: nameShape,
  companyIds: definitionParts.companyIds.nullish().transform((given) => given ?? []),
  position: positionShape.nullish(),
  triggers: definitionParts.triggers,
  conditions: definitionParts.conditions.nullish().transform((given) => given ?? []),
  actions: definitionParts.actions,
  idempotencyKey: z.string().nullish(),
});

/** companyIds empty or absent = every company, those to come too; position absent = behind all others. */
export type NewAutomationRule = z.input<typeof shape>;

/**
 * Makes a rule; it is judged at moments to come.
 * @throws Forbidden (a viewer who is kept to some companies makes no rule of all, and nobody one that does what they may
 *   not); Refused INVALID_INPUT, NOT_FOUND,
 *   LIMIT_REACHED (100 rules), IDEMPOTENCY_KEY_CONFLICT
 */
export async function createAutomationRule(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: NewAutomationRule,
): Promise<AutomationRuleRow> {
  authorize(viewer, 'automation.write');
  const input = parseInput(shape, request);
  const { accountId } = viewer;
  const { idempotencyKey, position, ...definition } = input;
  authorizeCompanies(viewer, 'automation.write', definition.companyIds);
  return once(
    { db, clock },
    viewer,
    { mutation: 'createAutomationRule', key: idempotencyKey, request: input },
    async (tx) => {
      await events.lock(tx, accountId, [RULES_SUBJECT]);
      await checkDefinition(tx, clock, viewer, definition);
      const { count: current, lastPosition } = await countRules(tx, accountId);
      if (current >= MAX_RULES) {
        throw policyRefused(
          'LIMIT_REACHED',
          `An account has at most ${MAX_RULES} automation rules. Delete one, or widen one.`,
          { figures: { limit: MAX_RULES, current } },
        );
      }
      const createdAt = clock.now(accountId);
      const rule = {
        ...definition,
        id: newId(),
        position: position ?? lastPosition + 1,
        createdAt,
      };
      const making = { madeBy: nameActor(viewer.actor), madeAt: createdAt };
      await insertRule(tx, accountId, rule, making);
      await audit(tx, viewer, clock, {
        action: 'createAutomationRule',
        subject: `automationRule:${rule.id}`,
        after: { ...definition, position: rule.position },
      });
      return { ...rule, state: 'ACTIVE' as const, version: 1, definitionVersion: 1 };
    },
    answerById('AutomationRule', (tx, id) => findRule(tx, accountId, id)),
  );
}
