// The table suppression: the only place that writes it. Of a number that was erased after it opted out it keeps that it
// did, under a hash that only this server can make: never the number, and nothing by which it could be found again.
import type { Tx } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';

interface NumberOfCompany {
  accountId: string;
  companyId: string;
  /** E.164 */
  number: string;
}

/** HMAC-SHA-256 under a key of its own (platform/secrets); two companies' hashes of a number have nothing in common. */
function keyOf(secrets: Secrets, { accountId, companyId, number }: NumberOfCompany) {
  const mac = secrets.sign(`${accountId}:${companyId}:${number}`, 'suppression');
  const hash = Uint8Array.from(Buffer.from(mac, 'base64url'));
  return { accountId_companyId_hash: { accountId, companyId, hash } };
}

/** When a number that was erased had opted out; null when it had not, or has come back since. */
export async function readSuppression(
  tx: Tx,
  { secrets }: { secrets: Secrets },
  of: NumberOfCompany,
): Promise<Date | null> {
  const where = keyOf(secrets, of);
  return (await tx.suppression.findUnique({ where }))?.optedOutAt ?? null;
}

/** Remembers that a number opted out, before its consent is erased. */
export async function insertSuppression(
  tx: Tx,
  { secrets }: { secrets: Secrets },
  of: NumberOfCompany,
  optedOutAt: Date,
): Promise<void> {
  const where = keyOf(secrets, of);
  const data = { ...where.accountId_companyId_hash, optedOutAt };
  await tx.suppression.upsert({ where, create: data, update: { optedOutAt } });
}

/** Forgets it: what the number says is in the ledger again. */
export async function deleteSuppression(
  tx: Tx,
  { secrets }: { secrets: Secrets },
  of: NumberOfCompany,
): Promise<void> {
  await tx.suppression.deleteMany({ where: keyOf(secrets, of).accountId_companyId_hash });
}
