// The tables cost_import and cost_row: the only place that writes them.
import type { CostImport } from '#generated/prisma/client.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import type { Cost } from './cost-input.ts';

export type CostImportRow = CostImport;

interface ImportKey {
  accountId: string;
  companyId: string;
  key: string;
}

/** Waits until no other import of this company's costs is under way. Takes the lock of the company's row. */
export async function holdCosts(tx: Tx, accountId: string, companyId: string): Promise<boolean> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select id from company where account_id = ${sql.account} and id = ${companyId}::uuid
       for no key update`.rows(tx);
  return rows.length === 1;
}

/** An import as it stands; null when there is none under its key. */
export function readImport(tx: Tx, key: ImportKey): Promise<CostImportRow | null> {
  return tx.costImport.findUnique({ where: { accountId_companyId_key: key } });
}

/** Puts these rows in the place of those that an import had. */
export async function replaceCosts(
  tx: Tx,
  row: CostImportRow,
  costs: readonly Cost[],
): Promise<void> {
  const { accountId, companyId, key } = row;
  await tx.costImport.deleteMany({ where: { accountId, companyId, key } });
  await tx.costImport.create({ data: row });
  const data = costs.map((cost, n) => ({
    ...{ accountId, companyId, importKey: key, n },
    ...cost,
    day: new Date(`${cost.day}T00:00:00Z`),
    amountCents: BigInt(cost.amountCents),
  }));
  await tx.costRow.createMany({ data });
}
