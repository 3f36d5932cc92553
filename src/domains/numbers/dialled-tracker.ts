// Which number leads to a tracker, for those who dial it on purpose.
import type { PhoneNumberStatus } from '#generated/prisma/enums.ts';
import type { Db } from '#platform/db/index.ts';

/** What leads to a tracker. */
interface DialledTracker {
  companyId: string;
  /** its active number that was asked for, or its newest, E.164; null while it has none */
  number: string | null;
  /** without such a number: its newest one, and how far that is; null when it never had any */
  newest: { number: string; status: PhoneNumberStatus } | null;
}

/**
 * A tracker as who dials it needs it; null when there is no such tracker.
 * @param asked which of its numbers, E.164; null = the newest that is there to stay
 */
export async function dialledTracker(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  trackerId: string,
  asked: string | null,
): Promise<DialledTracker | null> {
  const row = await prisma.tracker.findUnique({
    where: { accountId_id: { accountId, id: trackerId } },
    select: {
      companyId: true,
      phoneNumbers: {
        where: { status: 'ACTIVE', ...(asked && { number: asked }) },
        // one that is to be given back comes last
        orderBy: [{ releaseAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }],
        take: 1,
        select: { number: true },
      },
    },
  });
  if (!row) return null;
  const { companyId, phoneNumbers } = row;
  const number = phoneNumbers[0]?.number ?? null;
  const newest = number === null ? await newestNumber(prisma, accountId, trackerId) : null;
  return { companyId, number, newest };
}

function newestNumber(
  prisma: Db['prisma'],
  accountId: string,
  trackerId: string,
): Promise<DialledTracker['newest']> {
  return prisma.phoneNumber.findFirst({
    where: { accountId, trackerId },
    orderBy: { createdAt: 'desc' },
    select: { number: true, status: true },
  });
}
