// The only writer of the table alert_rule.
import type { AlertRule, Prisma } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { ADDRESSEE, type Addressee, addresseeOf } from './addressee.ts';

export type AlertRuleRow = AlertRule;

/** held while rules are counted, or ended for an address: two that are made at once do not pass the limit together */
export const RULES_SUBJECT = 'alert-rules';

/** One rule of the account; null when there is none. */
export function findAlertRule(tx: Tx, accountId: string, id: string): Promise<AlertRuleRow | null> {
  return tx.alertRule.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** To whom each rule of an account writes, ended or not; a user's address is what it is now. */
export async function readAddressees(tx: Tx, accountId: string): Promise<Addressee[]> {
  const rules = await tx.alertRule.findMany({ where: { accountId }, select: ADDRESSEE });
  return rules.map(addresseeOf);
}

/** The rules of an account that may be met: few enough to be read at once. */
export function readLiveRules(tx: Tx, accountId: string): Promise<AlertRuleRow[]> {
  return tx.alertRule.findMany({ where: { accountId, unsubscribedAt: null } });
}

/** Which of these accounts have rules at all. */
export async function accountsWithRules(
  tx: Tx,
  accountIds: readonly string[],
): Promise<Set<string>> {
  const ruled = new Set<string>();
  for (const accountId of accountIds) {
    const where = { accountId, unsubscribedAt: null };
    if (await tx.alertRule.findFirst({ where, select: { id: true } })) ruled.add(accountId);
  }
  return ruled;
}

export function countRules(tx: Tx, accountId: string): Promise<number> {
  return tx.alertRule.count({ where: { accountId } });
}

export function insertAlertRule(
  tx: Tx,
  data: Prisma.AlertRuleUncheckedCreateInput,
): Promise<AlertRuleRow> {
  return tx.alertRule.create({ data });
}

/** Writes fields of a rule and raises its version. */
export function writeAlertRule(
  tx: Tx,
  accountId: string,
  id: string,
  data: Prisma.AlertRuleUncheckedUpdateInput,
): Promise<AlertRuleRow> {
  return tx.alertRule.update({
    where: { accountId_id: { accountId, id } },
    data: { ...data, version: { increment: 1 } },
  });
}

/** Deletes a rule with what it has brought. */
export async function dropAlertRule(tx: Tx, accountId: string, id: string): Promise<void> {
  await tx.alertRule.delete({ where: { accountId_id: { accountId, id } } });
}

/** Ends those of these rules that are not ended yet. */
export async function endAlertRules(
  tx: Tx,
  accountId: string,
  ids: string[],
  unsubscribedAt: Date,
): Promise<void> {
  await tx.alertRule.updateMany({
    where: { accountId, id: { in: ids }, unsubscribedAt: null },
    data: { unsubscribedAt, version: { increment: 1 } },
  });
}
