// The table suppression: the only place that writes it. Of a number that was erased after it opted out it keeps that it
// did, under a hash that only this server can make: never the number, and nothing by which it could be found again.
import { preparedSql, type SqlTx, type Tx } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';

interface NumberOfCompany {
  accountId: string;
  companyId: string;
  /** E.164 */
  number: string;
}

/** HMAC-SHA-256 under a key of its own (platform/secrets); two companies' hashes of a number have nothing in common. */
export function suppressionHash(
  secrets: Secrets,
  { accountId, companyId, number }: NumberOfCompany,
): Buffer {
  const mac = secrets.sign(`${accountId}:${companyId}:${number}`, 'suppression');
  return Buffer.from(mac, 'base64url');
}

/** Remembers that a number opted out, before its consent is erased. */
export async function insertSuppression(
  tx: Tx,
  { secrets }: { secrets: Secrets },
  of: NumberOfCompany,
  optedOutAt: Date,
): Promise<void> {
  const { accountId, companyId } = of;
  const hash = Uint8Array.from(suppressionHash(secrets, of));
  const key = { accountId, companyId, hash };
  await tx.suppression.upsert({
    where: { accountId_companyId_hash: key },
    create: { ...key, optedOutAt },
    update: { optedOutAt },
  });
}

/** Forgets it: what the number says is in the ledger again. */
export async function deleteSuppression(
  tx: SqlTx,
  { secrets }: { secrets: Secrets },
  of: NumberOfCompany,
): Promise<void> {
  const sql = preparedSql(of.accountId);
  await sql`
    delete from suppression where account_id = ${sql.account} and company_id = ${of.companyId}::uuid
                              and hash = ${suppressionHash(secrets, of)}`.rows(tx);
}
