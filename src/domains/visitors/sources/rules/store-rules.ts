// The table source_rule: the only place that writes it. Positions of a company's rules are 1, 2, 3 … without gaps; whoever
// changes them holds the company's rules (lockRules).
import type { Prisma } from '#generated/prisma/client.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import type { EventLog } from '#platform/events/index.ts';
import type { SourceCondition, SourceRule } from '../judge/source-rule.ts';

/** A rule as it stands. */
export interface SourceRuleRow extends SourceRule {
  companyId: string;
  position: number;
  version: number;
  createdAt: Date;
}

export const SOURCE_RULE_COLUMNS = {
  id: true,
  companyId: true,
  position: true,
  conditions: true,
  name: true,
  medium: true,
  campaign: true,
  version: true,
  createdAt: true,
} as const satisfies Prisma.SourceRuleSelect;

/** What the database gives, in our words. */
export function toSourceRule(
  row: Omit<SourceRuleRow, 'conditions'> & { conditions: unknown },
): SourceRuleRow {
  return { ...row, conditions: row.conditions as SourceCondition[] };
}

/** Nobody else changes the company's rules until the transaction ends. */
export function lockRules(
  events: Pick<EventLog, 'lock'>,
  tx: Tx,
  accountId: string,
  companyId: string,
): Promise<void> {
  return events.lock(tx, accountId, [`sourceRules:${companyId}`]);
}

/** One rule of the account, or null. */
export async function readSourceRule(
  source: Pick<Tx, 'sourceRule'>,
  accountId: string,
  id: string,
): Promise<SourceRuleRow | null> {
  const row = await source.sourceRule.findUnique({
    where: { accountId_id: { accountId, id } },
    select: SOURCE_RULE_COLUMNS,
  });
  return row && toSourceRule(row);
}

/** A company's rules in the order in which they are asked: at most 200. */
export async function rulesOf(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  companyId: string,
): Promise<SourceRuleRow[]> {
  const rows = await prisma.sourceRule.findMany({
    where: { accountId, companyId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: SOURCE_RULE_COLUMNS,
  });
  return rows.map(toSourceRule);
}

/** How many rules a company has. */
export function countRules(tx: Tx, accountId: string, companyId: string): Promise<number> {
  return tx.sourceRule.count({ where: { accountId, companyId } });
}

/** Writes a rule at its position; those from there on move behind it. */
export async function insertRule(
  tx: Tx,
  accountId: string,
  rule: Omit<SourceRuleRow, 'version'>,
): Promise<void> {
  await shift(tx, accountId, rule.companyId, { from: rule.position }, 1);
  const conditions = rule.conditions as unknown as Prisma.InputJsonArray;
  await tx.sourceRule.create({ data: { ...rule, accountId, conditions } });
}

/** Writes fields of a rule, raises its version and returns it. */
export async function writeRule(
  tx: Tx,
  accountId: string,
  id: string,
  fields: Partial<Pick<SourceRuleRow, 'conditions' | 'name' | 'medium' | 'campaign' | 'position'>>,
): Promise<number> {
  const { conditions, ...rest } = fields;
  const { version } = await tx.sourceRule.update({
    where: { accountId_id: { accountId, id } },
    data: {
      ...rest,
      ...(conditions && { conditions: conditions as unknown as Prisma.InputJsonArray }),
      version: { increment: 1 },
    },
    select: { version: true },
  });
  return version;
}

/** Moves a rule; those between its old place and its new one make room. */
export async function placeRule(
  tx: Tx,
  accountId: string,
  rule: Pick<SourceRuleRow, 'id' | 'companyId' | 'position'>,
  position: number,
): Promise<number> {
  const { companyId, position: old } = rule;
  if (position > old) await shift(tx, accountId, companyId, { from: old + 1, to: position }, -1);
  else await shift(tx, accountId, companyId, { from: position, to: old - 1 }, 1);
  return writeRule(tx, accountId, rule.id, { position });
}

/** Deletes a rule; those behind it close up. */
export async function removeRule(
  tx: Tx,
  accountId: string,
  { id, companyId, position }: Pick<SourceRuleRow, 'id' | 'companyId' | 'position'>,
): Promise<void> {
  await tx.sourceRule.delete({ where: { accountId_id: { accountId, id } } });
  await shift(tx, accountId, companyId, { from: position + 1 }, -1);
}

async function shift(
  tx: Tx,
  accountId: string,
  companyId: string,
  { from, to }: { from: number; to?: number },
  by: 1 | -1,
): Promise<void> {
  await tx.sourceRule.updateMany({
    where: { accountId, companyId, position: { gte: from, ...(to !== undefined && { lte: to }) } },
    data: { position: { increment: by } },
  });
}
