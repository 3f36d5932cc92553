// The only writer of the tables automation_rule and automation_rule_version.
import type { AutomationRuleState, Prisma } from '#generated/prisma/client.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import type { RuleAction, RuleCondition, RuleDefinition, RuleTrigger } from './rule-words.ts';

/** held while rules are counted, so that two that are made at once do not pass the limit together */
export const RULES_SUBJECT = 'automation-rules';

/** A rule as it stands. */
export interface AutomationRuleRow extends RuleDefinition {
  id: string;
  position: number;
  state: AutomationRuleState;
  version: number;
  /** which row of automation_rule_version says the same */
  definitionVersion: number;
  createdAt: Date;
}

export const RULE_COLUMNS = {
  id: true,
  name: true,
  companyIds: true,
  position: true,
  state: true,
  version: true,
  definitionVersion: true,
  triggers: true,
  conditions: true,
  actions: true,
  createdAt: true,
} as const satisfies Prisma.AutomationRuleSelect;

interface Stored {
  triggers: string[];
  conditions: unknown;
  actions: unknown;
}

/** What the database gives, in our words. */
export function toDefinition<Row extends Stored>(row: Row) {
  return {
    ...row,
    triggers: row.triggers as RuleTrigger[],
    conditions: row.conditions as RuleCondition[],
    actions: row.actions as RuleAction[],
  };
}

/** A rule that is not deleted; null when there is none. */
export async function findRule(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<AutomationRuleRow | null> {
  const row = await tx.automationRule.findFirst({
    where: { accountId, id, deletedAt: null },
    select: RULE_COLUMNS,
  });
  return row && toDefinition(row);
}

/**
 * The rules that are judged by an event, in the order in which they act: those that have said what they say, and have not been
 * paused, since before it.
 */
export async function readActiveRules(
  tx: Tx,
  { accountId, position: { epoch, xid } }: Pick<StoredEvent, 'accountId' | 'position'>,
): Promise<AutomationRuleRow[]> {
  const rows = await tx.automationRule.findMany({
    where: {
      ...{ accountId, deletedAt: null, state: 'ACTIVE' },
      OR: [{ sinceEpoch: { lt: epoch } }, { sinceEpoch: epoch, sinceXid: { lt: xid } }],
    },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: RULE_COLUMNS,
  });
  return rows.map(toDefinition);
}

/** Which of these accounts have rules that are judged. */
export async function accountsWithLiveRules(
  tx: Tx,
  accountIds: ReadonlySet<string>,
): Promise<Set<string>> {
  const ruled = new Set<string>();
  for (const accountId of accountIds) {
    const where = { accountId, deletedAt: null, state: 'ACTIVE' } as const;
    if (await tx.automationRule.findFirst({ where, select: { id: true } })) ruled.add(accountId);
  }
  return ruled;
}

/** How many rules are not deleted, and the position of the last one (0 when there is none). */
export async function countRules(
  tx: Tx,
  accountId: string,
): Promise<{ count: number; lastPosition: number }> {
  const { _count, _max } = await tx.automationRule.aggregate({
    where: { accountId, deletedAt: null },
    _count: true,
    _max: { position: true },
  });
  return { count: _count, lastPosition: _max.position ?? 0 };
}

/** Who made a version, and when. */
interface Making {
  madeBy: string;
  madeAt: Date;
}

export async function insertRule(
  tx: Tx,
  accountId: string,
  rule: Omit<AutomationRuleRow, 'version' | 'definitionVersion' | 'state'>,
  making: Making,
): Promise<void> {
  await tx.automationRule.create({ data: { ...rule, accountId, ...asJson(rule) } });
  await insertVersion(tx, accountId, { ...rule, definitionVersion: 1 }, making);
}

/** Writes fields of a rule and raises its version, which is returned. */
export async function writeRule(
  tx: Tx,
  accountId: string,
  id: string,
  fields: Partial<Pick<AutomationRuleRow, 'name' | 'position' | 'state'>> & { deletedAt?: Date },
): Promise<number> {
  const { version } = await tx.automationRule.update({
    where: { accountId_id: { accountId, id } },
    data: { ...fields, version: { increment: 1 } },
    select: { version: true },
  });
  return version;
}

/** Has a rule judged by no event that is in the log before this transaction. */
export async function startAnew(tx: Tx, accountId: string, id: string): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    update automation_rule set since_epoch = default, since_xid = default
     where account_id = ${sql.account} and id = ${id}::uuid`.rows(tx);
}

/** Writes what a rule says from now on, under the next number of its definition. The caller raises its version. */
export async function writeDefinition(
  tx: Tx,
  accountId: string,
  rule: Pick<AutomationRuleRow, 'id' | 'definitionVersion'> & RuleDefinition,
  making: Making,
): Promise<void> {
  const { id, companyIds, triggers, definitionVersion } = rule;
  await tx.automationRule.update({
    where: { accountId_id: { accountId, id } },
    data: { companyIds, triggers, definitionVersion, ...asJson(rule) },
    select: { id: true },
  });
  await insertVersion(tx, accountId, rule, making);
  await startAnew(tx, accountId, id);
}

async function insertVersion(
  tx: Tx,
  accountId: string,
  rule: Pick<AutomationRuleRow, 'id' | 'definitionVersion'> & RuleDefinition,
  making: Making,
): Promise<void> {
  const { id: ruleId, definitionVersion, name, companyIds, triggers } = rule;
  await tx.automationRuleVersion.create({
    data: {
      ...{ accountId, ruleId, definitionVersion, name, companyIds, triggers },
      ...{ ...asJson(rule), ...making },
    },
  });
}

function asJson({ conditions, actions }: Pick<RuleDefinition, 'conditions' | 'actions'>) {
  return {
    conditions: conditions as unknown as Prisma.InputJsonArray,
    actions: actions as unknown as Prisma.InputJsonArray,
  };
}
