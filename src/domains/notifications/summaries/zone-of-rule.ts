// In whose time a summary goes out and counts its days: the company's, or the account's when it tells of all.
import type { Tx } from '#platform/db/index.ts';

/** The zone (IANA) of a rule as it is now. */
export async function zoneOfRule(
  tx: Tx,
  { accountId, companyId }: { accountId: string; companyId: string | null },
): Promise<string> {
  const select = { timeZone: true };
  const { timeZone } = companyId
    ? await tx.company.findUniqueOrThrow({
        where: { accountId_id: { accountId, id: companyId } },
        select,
      })
    : await tx.account.findUniqueOrThrow({ where: { id: accountId }, select });
  return timeZone;
}
