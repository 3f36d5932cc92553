// Members of the account who see a company: people named in an input, and those who are told of something, must be that.
import type { Prisma } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { notFound } from '#values/refusals.ts';

/** Memberships of those who see a company. */
export function seersOf({
  accountId,
  companyId,
}: {
  accountId: string;
  companyId: string;
}): Prisma.MembershipWhereInput {
  return { accountId, OR: [{ allCompanies: true }, { companyIds: { has: companyId } }] };
}

/**
 * Refuses ids of users who are no members, or are kept to other companies.
 * @param field the input's field, for the refusal
 * @throws Refused NOT_FOUND
 */
export async function checkMembers(
  tx: Tx,
  { accountId, companyId }: { accountId: string; companyId: string },
  userIds: readonly string[],
  field: string,
): Promise<void> {
  const wanted = [...new Set(userIds)];
  const known = await tx.membership.count({
    where: { ...seersOf({ accountId, companyId }), userId: { in: wanted } },
  });
  if (known !== wanted.length) throw notFound(field, 'User');
}
