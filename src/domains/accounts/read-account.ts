// Reads the viewer's own account and, for those who may, how it reaches its carrier.
import type { Account, CarrierSettings } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import { authorize } from './permissions.ts';
import { findCarrierSettings, readAccount } from './store.ts';

/** The account that the viewer belongs to; every viewer may know it. */
export function readOwnAccount({ db }: { db: Db }, viewer: Viewer): Promise<Account> {
  return readAccount(db.prisma, viewer.accountId);
}

/** The carrier settings without the carrier's key, or null when none are stored. Throws Forbidden. */
export async function readCarrierSettings(
  { db }: { db: Db },
  viewer: Viewer,
): Promise<Omit<CarrierSettings, 'sealedApiKey'> | null> {
  authorize(viewer, 'carrier.read');
  const stored = await findCarrierSettings(db.prisma, viewer.accountId);
  if (!stored) return null;
  const { sealedApiKey: _, ...open } = stored;
  return open;
}
