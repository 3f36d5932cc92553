// Which webhook endpoints can be told that a rule fired: an endpoint is told what its owner may read, and rules are not for
// everybody.
import { currentRights, may, verbOfEvent } from '#domains/accounts/index.ts';
import type { Clock } from '#platform/clock/index.ts';
import type { Tx } from '#platform/db/index.ts';

/** An endpoint, and what its owner gave it. */
export interface OwnedEndpoint {
  id: string;
  /** key:<id>, user:<id> */
  owner: string;
  ownerScopes: string[];
  allCompanies: boolean;
  companyIds: string[];
}

/** What findHearers asks of an endpoint's row. */
export const OWNED = {
  ...{ id: true, owner: true, ownerScopes: true, allCompanies: true, companyIds: true },
} as const;

/**
 * Of these endpoints those whose owners may read what rules did, now.
 * @param companyId of the interaction; absent = in any company
 */
export async function findHearers(
  tx: Tx,
  clock: Clock,
  accountId: string,
  endpoints: readonly OwnedEndpoint[],
  companyId?: string,
): Promise<OwnedEndpoint[]> {
  const hearers: OwnedEndpoint[] = [];
  for (const endpoint of endpoints) {
    const { owner, ownerScopes, allCompanies, companyIds } = endpoint;
    const viewer = await currentRights(
      { db: { prisma: tx }, clock },
      {
        ...{ accountId, actor: owner, scopes: ownerScopes },
        companyIds: allCompanies ? null : companyIds,
      },
    );
    if (viewer && may(viewer, verbOfEvent('rule.fired'), companyId)) hearers.push(endpoint);
  }
  return hearers;
}
