// Reads automation rules: those of the viewer's account that act in a company which the viewer sees.
import { authorize, may } from '#domains/accounts/index.ts';
import type { AutomationRuleState, Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, whereAfter } from '#values/keyset.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { type AutomationRuleRow, RULE_COLUMNS, toDefinition } from './store.ts';

/** Which rules; absent and null fields leave all. */
export interface AutomationRuleFilter {
  /** those that act in one of these companies; rules of every company do too */
  companyIds?: readonly string[] | null | undefined;
  states?: readonly AutomationRuleState[] | null | undefined;
  triggers?: readonly string[] | null | undefined;
}

/** Whether a viewer sees a rule: it acts in a company of theirs. */
export function seesRule(viewer: Viewer, { companyIds }: Pick<AutomationRuleRow, 'companyIds'>) {
  return companyIds.length === 0 || companyIds.some((id) => seesCompany(viewer, id));
}

/** One page of rules, by the order in which they act. Throws Forbidden; MalformedCursor. */
export async function listRules(
  { db }: { db: Db },
  viewer: Viewer,
  want: {
    filter: AutomationRuleFilter;
    direction: Direction;
    limit: number;
    after: RowKey | null;
  },
): Promise<AutomationRuleRow[]> {
  authorize(viewer, 'automation.read');
  const after = whereAfter('position', want.direction, want.after, Number);
  const rows = await db.prisma.automationRule.findMany({
    where: { AND: [visible(viewer), matching(want.filter), after] },
    orderBy: orderByKey('position', want.direction),
    take: want.limit,
    select: RULE_COLUMNS,
  });
  return rows.map(toDefinition);
}

/** How many rules the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countRulesThatFit(
  { db }: { db: Db },
  viewer: Viewer,
  filter: AutomationRuleFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'automation.read');
  return db.prisma.automationRule.count({
    where: { AND: [visible(viewer), matching(filter)] },
    take: cap,
  });
}

/** The rules with these ids that the viewer may see, in any order. */
export async function findRules(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<AutomationRuleRow[]> {
  if (!may(viewer, 'automation.read')) return [];
  const rows = await db.prisma.automationRule.findMany({
    where: { AND: [visible(viewer), { id: { in: [...ids] } }] },
    select: RULE_COLUMNS,
  });
  return rows.map(toDefinition);
}

/** What a rule said in one of its versions. */
export type RuleVersionRow = Awaited<ReturnType<typeof versionsOf>>[number][number];

/** The newest versions of each of these rules, which the viewer was shown, newest first; in the order of the ids. */
export async function versionsOf(
  { db }: { db: Db },
  { accountId }: Viewer,
  ruleIds: readonly string[],
  limit: number,
) {
  const rows = await Promise.all(
    ruleIds.map((ruleId) =>
      db.prisma.automationRuleVersion.findMany({
        where: { accountId, ruleId },
        orderBy: { definitionVersion: 'desc' },
        take: limit,
      }),
    ),
  );
  return rows.map((versions) => versions.map(toDefinition));
}

function visible({ accountId, companyIds }: Viewer): Prisma.AutomationRuleWhereInput {
  return { accountId, deletedAt: null, ...(companyIds && actingIn(companyIds)) };
}

function matching({
  companyIds,
  states,
  triggers,
}: AutomationRuleFilter): Prisma.AutomationRuleWhereInput {
  return {
    ...(companyIds && actingIn(companyIds)),
    ...(states && { state: { in: [...states] } }),
    ...(triggers && { triggers: { hasSome: [...triggers] } }),
  };
}

function actingIn(companyIds: readonly string[]): Prisma.AutomationRuleWhereInput {
  return {
    OR: [{ companyIds: { isEmpty: true } }, { companyIds: { hasSome: [...companyIds] } }],
  };
}
