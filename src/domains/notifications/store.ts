// The only writer of the table alert_rule.
import type { AlertRule, Prisma } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';

export type AlertRuleRow = AlertRule;

/** One rule of the account; null when there is none. */
export function findAlertRule(tx: Tx, accountId: string, id: string): Promise<AlertRuleRow | null> {
  return tx.alertRule.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** The address that a rule writes to; null when the rule is gone. */
export async function addressOf(tx: Tx, accountId: string, id: string): Promise<string | null> {
  const rule = await tx.alertRule.findUnique({
    where: { accountId_id: { accountId, id } },
    select: { email: true, membership: { select: { user: { select: { email: true } } } } },
  });
  return rule?.email ?? rule?.membership?.user.email ?? null;
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

/** Ends rules that are not ended yet: one, or all that write to an address. */
export async function endRules(
  tx: Tx,
  accountId: string,
  which: { id: string } | { address: string },
  unsubscribedAt: Date,
): Promise<void> {
  await tx.alertRule.updateMany({
    where: {
      accountId,
      unsubscribedAt: null,
      ...('id' in which
        ? { id: which.id }
        : { OR: [{ email: which.address }, { membership: { user: { email: which.address } } }] }),
    },
    data: { unsubscribedAt, version: { increment: 1 } },
  });
}
