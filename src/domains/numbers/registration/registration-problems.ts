// The pre-flight of a registration as it stands: what the registry would refuse of it.
import type { Tx } from '#platform/db/index.ts';
import { brandProblems, type RegistrationProblem } from './brand-problems.ts';
import { campaignProblems } from './campaign-problems.ts';
import { brandShape, campaignShape } from './details.ts';
import {
  type RegistrationKind,
  type RegistrationRow,
  readOfCompany,
} from './store-registrations.ts';

/** Every field that the registry would refuse; [] when it can be submitted. */
export async function registrationProblems(
  tx: Tx,
  kind: RegistrationKind,
  accountId: string,
  row: RegistrationRow,
): Promise<RegistrationProblem[]> {
  if (kind === 'brand') return brandProblems(brandShape.parse(row.details));
  const found = await readOfCompany(tx, 'brand', accountId, row.companyId);
  const brand = found && brandShape.parse(found.details);
  return campaignProblems(
    campaignShape.parse(row.details),
    brand && {
      displayName: brand.displayName ?? null,
      isSoleProprietor: brand.entityType === 'SOLE_PROPRIETOR',
    },
  );
}
