// Members of the account who see companies: people named in an input, and those who are told of something, must be that.
import type { Prisma } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { notFound } from '#values/refusals.ts';

/** Companies of an account; null = every one of them. A viewer says so of those that they see. */
interface Companies {
  accountId: string;
  companyIds: readonly string[] | null;
}

/** Memberships of those who see one of these companies. */
export function seersOf({ accountId, companyIds }: Companies): Prisma.MembershipWhereInput {
  if (companyIds === null) return { accountId };
  return { accountId, OR: [{ allCompanies: true }, { companyIds: { hasSome: [...companyIds] } }] };
}

/**
 * Refuses ids of users who are no members, or see none of these companies.
 * @param of the viewer themselves where a company is not known: whom they name, they share a company with
 * @param field the input's field, for the refusal
 * @throws Refused NOT_FOUND
 */
export async function checkMembers(
  tx: Tx,
  of: Companies,
  userIds: readonly string[],
  field: string | readonly string[],
): Promise<void> {
  const wanted = [...new Set(userIds)];
  const known = await tx.membership.count({ where: { ...seersOf(of), userId: { in: wanted } } });
  if (known !== wanted.length) throw notFound(field, 'User');
}
