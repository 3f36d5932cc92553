// People named in an input must be members of the account who see the company that it is about.
import type { Tx } from '#platform/db/index.ts';
import { notFound } from '#values/refusals.ts';

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
    where: {
      accountId,
      userId: { in: wanted },
      OR: [{ allCompanies: true }, { companyIds: { has: companyId } }],
    },
  });
  if (known !== wanted.length) throw notFound(field, 'User');
}
