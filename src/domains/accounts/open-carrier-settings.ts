// Opens an account's carrier settings for the platform's carrier; nothing of this is ever shown.
import type { OpenCarrierSettings } from '#platform/carrier/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import { sealPurpose } from './configure-carrier.ts';
import { findCarrierSettings } from './store.ts';

/**
 * The carrier settings of an account with the key in clear text.
 * @returns null when no carrier is configured yet
 * @throws when the key was sealed under another SECRET_KEY
 */
export async function openCarrierSettings(
  { db, secrets }: { db: Db; secrets: Secrets },
  accountId: string,
): Promise<OpenCarrierSettings | null> {
  const stored = await findCarrierSettings(db.prisma, accountId);
  if (!stored) return null;
  const { baseUrl, sealedApiKey, publicKey, connectionId } = stored;
  const apiKey = secrets.open(sealedApiKey, sealPurpose(accountId));
  return { baseUrl, apiKey, publicKey, connectionId };
}
