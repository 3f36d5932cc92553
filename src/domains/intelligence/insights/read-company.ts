// What is known of the company whose talks are read: whether it wants that, and what may be told of it without being said.
import type { Db } from '#platform/db/index.ts';
import type { Profile } from './judge/match-addresses.ts';

/** more numbers than a business prints */
const MOST_NUMBERS = 100;

/** A company, as readings need it. */
export interface ReadCompany {
  name: string;
  insights: boolean;
  assist: boolean;
  /** its website's hosts, and the numbers that it advertises: of source trackers, and those that stand on its pages */
  profile: Profile;
}

/**
 * The company as it is now. Numbers of a pool are not in its profile: one belongs to a visitor for a while; nor is where
 * calls are forwarded to, which may be somebody's own telephone.
 * @throws when it is gone
 */
export async function readCompany(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  id: string,
): Promise<ReadCompany> {
  const { name, insights, assist, site, trackers } = await prisma.company.findUniqueOrThrow({
    where: { accountId_id: { accountId, id } },
    select: {
      ...{ name: true, insights: true, assist: true },
      site: { select: { domains: true } },
      trackers: {
        where: { status: 'ACTIVE', type: 'SOURCE' },
        orderBy: { createdAt: 'asc' },
        take: MOST_NUMBERS,
        select: {
          swapTargets: true,
          phoneNumbers: { where: { status: 'ACTIVE' }, select: { number: true } },
        },
      },
    },
  });
  const numbers = trackers.flatMap(({ swapTargets, phoneNumbers }) => [
    ...swapTargets,
    ...phoneNumbers.map(({ number }) => number),
  ]);
  return { name, insights, assist, profile: { hosts: site?.domains ?? [], numbers } };
}
