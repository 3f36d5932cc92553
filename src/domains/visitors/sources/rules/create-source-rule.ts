// A new rule by which a company says where some of its visits come from.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { conditionsShape, positionShape, resultShape } from './source-rule-shape.ts';
import {
  countRules,
  insertRule,
  lockRules,
  readSourceRule,
  type SourceRuleRow,
} from './store-rules.ts';

/** Each visit is held against every rule until one fits. */
export const MAX_RULES = 200;

const shape = z.object({
  companyId: z.uuid(),
  conditions: conditionsShape,
  name: resultShape.name,
  medium: resultShape.medium.nullish().transform((medium) => medium ?? ''),
  campaign: resultShape.campaign.nullish().transform((campaign) => campaign ?? null),
  position: positionShape.nullish(),
  idempotencyKey: z.string().nullish(),
});

/** `position` absent = behind the last; `campaign` absent or null = what utm_campaign says. */
export type NewSourceRule = z.input<typeof shape>;

/**
 * Makes a rule; visits that come from now on are held against it.
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND (company), LIMIT_REACHED (200 rules a company),
 *   IDEMPOTENCY_KEY_CONFLICT
 */
export async function createSourceRule(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: NewSourceRule,
): Promise<SourceRuleRow> {
  authorize(viewer, 'sourceRules.write', request.companyId);
  const { idempotencyKey, ...input } = parseInput(shape, request);
  const { accountId } = viewer;
  const { companyId, conditions, name, medium, campaign } = input;
  return once(
    { db, clock },
    viewer,
    { mutation: 'createSourceRule', key: idempotencyKey, request: input },
    async (tx) => {
      await lockRules(events, tx, accountId, companyId);
      const where = { accountId_id: { accountId, id: companyId } };
      if (!(await tx.company.findUnique({ where, select: { id: true } }))) {
        throw notFound('companyId', 'Company');
      }
      const current = await countRules(tx, accountId, companyId);
      if (current >= MAX_RULES) {
        throw policyRefused(
          'LIMIT_REACHED',
          `A company has at most ${MAX_RULES} source rules. Put conditions together, or delete a rule.`,
          { figures: { limit: MAX_RULES, current } },
        );
      }
      const rule = {
        ...{ id: newId(), companyId, conditions, name, medium, campaign },
        position: Math.min(input.position ?? current + 1, current + 1),
        createdAt: clock.now(accountId),
      };
      await insertRule(tx, accountId, rule);
      await audit(tx, viewer, clock, {
        action: 'createSourceRule',
        subject: `sourceRule:${rule.id}`,
        after: { companyId, position: rule.position, conditions, name, medium, campaign },
      });
      return { ...rule, version: 1 };
    },
    answerById('SourceRule', (tx, id) => readSourceRule(tx, accountId, id)),
  );
}
