// Companies named in an input must be companies of the account.
import type { Tx } from '#platform/db/index.ts';
import { notFound } from '#values/refusals.ts';
import { countCompanies } from './store.ts';

/**
 * Refuses ids that are no companies of this account.
 * @param companyIds each id once; null = every company
 * @param field where they are named, for the refusal
 * @throws Refused NOT_FOUND
 */
export async function checkCompaniesExist(
  tx: Tx,
  accountId: string,
  companyIds: readonly string[] | null,
  field: string | readonly string[] = 'companyIds',
): Promise<void> {
  if (companyIds === null) return;
  const known = await countCompanies(tx, accountId, companyIds);
  if (known !== companyIds.length) throw notFound(field, 'Company');
}
