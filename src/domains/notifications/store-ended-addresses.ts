// The table ended_address: the only place that writes it. Of an address that is nobody's, and whose owner has ended mails
// by the link in one, it keeps that they did, under a hash that only this server can make: never the address.
import type { Tx } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';

interface Ending {
  accountId: string;
  /** null = of all companies */
  companyId: string | null;
  kind: 'ALERT' | 'SUMMARY';
  /** lower case */
  email: string;
}

/** HMAC-SHA-256 under a key of its own (platform/secrets). */
function hashOf(secrets: Secrets, { accountId, companyId, kind, email }: Ending) {
  const mac = secrets.sign(`${accountId}:${companyId ?? ''}:${kind}:${email}`, 'ended-address');
  return Uint8Array.from(Buffer.from(mac, 'base64url'));
}

/** Remembers it; the first time holds. */
export async function insertEndedAddress(
  tx: Tx,
  { secrets }: { secrets: Secrets },
  of: Ending,
  endedAt: Date,
): Promise<void> {
  const data = { accountId: of.accountId, hash: hashOf(secrets, of), endedAt };
  await tx.endedAddress.createMany({ data: [data], skipDuplicates: true });
}

/** Whether such mails were ended, of this company or of all. */
export async function isEnded(
  tx: Tx,
  { secrets }: { secrets: Secrets },
  of: Ending,
): Promise<boolean> {
  const hashes = [of, { ...of, companyId: null }].map((one) => hashOf(secrets, one));
  const where = { accountId: of.accountId, hash: { in: hashes } };
  return (await tx.endedAddress.findFirst({ where, select: { endedAt: true } })) !== null;
}
