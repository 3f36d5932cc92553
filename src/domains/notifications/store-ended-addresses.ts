// The table ended_address: the only place that writes it. Of an address whose owner has ended mails by the link in one, it
// keeps that they did, under a hash that only this server can make: never the address.
import type { Tx } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';

/** Mails that somebody may want no more of. */
export interface Ending {
  accountId: string;
  /** null = of all companies */
  companyId: string | null;
  kind: 'ALERT' | 'SUMMARY';
  /** lower case */
  email: string;
}

/** What stands for these mails: an HMAC-SHA-256 (base64url) under a key of its own (platform/secrets). */
export function hashEnding(secrets: Secrets, { accountId, companyId, kind, email }: Ending) {
  return secrets.sign(`${accountId}:${companyId ?? ''}:${kind}:${email}`, 'ended-address');
}

/** By which hashes such mails may have been ended: of this company, or of all. */
export function endingsOf(secrets: Secrets, of: Ending): string[] {
  return [of, { ...of, companyId: null }].map((one) => hashEnding(secrets, one));
}

/** Remembers it; the first time holds. */
export async function insertEndedAddress(
  tx: Tx,
  accountId: string,
  hash: string,
  endedAt: Date,
): Promise<void> {
  const data = { accountId, hash: bytesOf(hash), endedAt };
  await tx.endedAddress.createMany({ data: [data], skipDuplicates: true });
}

/** Whether such mails were ended, of this company or of all. */
export async function isEnded(
  tx: Tx,
  { secrets }: { secrets: Secrets },
  of: Ending,
): Promise<boolean> {
  const where = { accountId: of.accountId, hash: { in: endingsOf(secrets, of).map(bytesOf) } };
  return (await tx.endedAddress.findFirst({ where, select: { endedAt: true } })) !== null;
}

const bytesOf = (hash: string) => Uint8Array.from(Buffer.from(hash, 'base64url'));
