// The table messaging_profile: the only place that writes it.
import type { Tx } from '#platform/db/index.ts';

/** A company's profile, or null while nobody has needed it. */
export function readProfile(
  tx: Tx,
  accountId: string,
  companyId: string,
): Promise<{ carrierProfileId: string | null } | null> {
  return tx.messagingProfile.findUnique({
    where: { accountId_companyId: { accountId, companyId } },
    select: { carrierProfileId: true },
  });
}

/**
 * Claims the making of a profile until then.
 * @returns the company's name for it; null when it is made, or claimed by another
 */
export async function claimProfile(
  tx: Tx,
  accountId: string,
  companyId: string,
  now: Date,
  until: Date,
): Promise<string | null> {
  await tx.messagingProfile.createMany({
    data: [{ accountId, companyId }],
    skipDuplicates: true,
  });
  const { count } = await tx.messagingProfile.updateMany({
    where: {
      accountId,
      companyId,
      carrierProfileId: null,
      OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }],
    },
    data: { claimedUntil: until },
  });
  if (count === 0) return null;
  const company = await tx.company.findUniqueOrThrow({
    where: { accountId_id: { accountId, id: companyId } },
    select: { name: true },
  });
  return company.name;
}

/** Writes the profile that was made, or, with null, lets another make it. */
export async function keepProfile(
  tx: Tx,
  accountId: string,
  companyId: string,
  carrierProfileId: string | null,
): Promise<void> {
  await tx.messagingProfile.update({
    where: { accountId_companyId: { accountId, companyId } },
    data: { carrierProfileId, claimedUntil: null },
  });
}
