// Which number leads to a tracker, for those who dial it on purpose.
import type { Db } from '#platform/db/index.ts';

/** A tracker's active number (null while it has none) and the business's phone, both E.164; null when there is no such tracker. */
export async function dialledTracker(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  trackerId: string,
): Promise<{ companyId: string; number: string | null; destination: string } | null> {
  const row = await prisma.tracker.findUnique({
    where: { accountId_id: { accountId, id: trackerId } },
    select: {
      companyId: true,
      destination: true,
      phoneNumbers: {
        where: { status: 'ACTIVE' },
        // one that is to be given back comes last
        orderBy: [{ releaseAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }],
        take: 1,
        select: { number: true },
      },
    },
  });
  if (!row) return null;
  const { companyId, destination, phoneNumbers } = row;
  return { companyId, destination, number: phoneNumbers[0]?.number ?? null };
}
