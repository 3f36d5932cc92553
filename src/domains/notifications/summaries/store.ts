// The only writer of the table summary_rule.
import type { Prisma, SummaryRule } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { ADDRESSEE, type Addressee, addresseeOf } from '../addressee.ts';

export type SummaryRuleRow = SummaryRule;

/** held while rules are counted, or ended for an address: two that are made at once do not pass the limit together */
export const SUMMARY_RULES_SUBJECT = 'summary-rules';

/** One rule of the account; null when there is none. */
export function findSummaryRule(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<SummaryRuleRow | null> {
  return tx.summaryRule.findUnique({ where: { accountId_id: { accountId, id } } });
}

export function countSummaryRulesOf(tx: Tx, accountId: string): Promise<number> {
  return tx.summaryRule.count({ where: { accountId } });
}

export function insertSummaryRule(
  tx: Tx,
  data: Prisma.SummaryRuleUncheckedCreateInput,
): Promise<SummaryRuleRow> {
  return tx.summaryRule.create({ data });
}

/** Writes fields of a rule and raises its version. */
export function writeSummaryRule(
  tx: Tx,
  accountId: string,
  id: string,
  data: Prisma.SummaryRuleUncheckedUpdateInput,
): Promise<SummaryRuleRow> {
  return tx.summaryRule.update({
    where: { accountId_id: { accountId, id } },
    data: { ...data, version: { increment: 1 } },
  });
}

export async function dropSummaryRule(tx: Tx, accountId: string, id: string): Promise<void> {
  await tx.summaryRule.delete({ where: { accountId_id: { accountId, id } } });
}

/** To whom each rule of an account writes, ended or not; a user's address is what it is now. */
export async function readSummaryAddressees(tx: Tx, accountId: string): Promise<Addressee[]> {
  const rules = await tx.summaryRule.findMany({ where: { accountId }, select: ADDRESSEE });
  return rules.map(addresseeOf);
}

/** Ends those of these rules that are not ended yet. */
export async function endSummaryRules(
  tx: Tx,
  accountId: string,
  ids: string[],
  unsubscribedAt: Date,
): Promise<void> {
  await tx.summaryRule.updateMany({
    where: { accountId, id: { in: ids }, unsubscribedAt: null },
    data: { unsubscribedAt, dueAt: null, version: { increment: 1 } },
  });
}

/** The ids of rules whose mail is due, the longest due first. */
export async function dueSummaryIds(
  tx: Tx,
  accountId: string,
  now: Date,
  limit: number,
): Promise<string[]> {
  const rows = await tx.summaryRule.findMany({
    where: { accountId, dueAt: { lte: now }, unsubscribedAt: null },
    orderBy: { dueAt: 'asc' },
    take: limit,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** The accounts that have such. Over all accounts: the job's own read. */
export async function accountsWithDue(tx: Tx, now: Date): Promise<string[]> {
  const where = { dueAt: { lte: now }, unsubscribedAt: null };
  const rows = await tx.summaryRule.groupBy({ by: ['accountId'], where });
  return rows.map(({ accountId }) => accountId);
}

/**
 * Takes a due mail for one worker: until `until` it is due for nobody else.
 * @returns false when another has it, or the rule has changed
 */
export async function claimSummary(
  tx: Tx,
  { accountId, id, dueAt }: SummaryRuleRow,
  until: Date,
): Promise<boolean> {
  const { count } = await tx.summaryRule.updateMany({
    where: { accountId, id, dueAt, unsubscribedAt: null },
    data: { dueAt: until },
  });
  return count === 1;
}

/** Writes down up to which day was told, and when the next mail is due. */
export async function settleSummary(
  tx: Tx,
  { accountId, id }: Pick<SummaryRuleRow, 'accountId' | 'id'>,
  data: { toldUntil?: string; dueAt: Date },
): Promise<void> {
  await tx.summaryRule.updateMany({ where: { accountId, id, unsubscribedAt: null }, data });
}
