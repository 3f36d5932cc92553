// Which endpoints another domain may name, and which of them can be told: an endpoint is told what its owner may read.
import { currentRights, may, verbOfEvent } from '#domains/accounts/index.ts';
import type { Clock } from '#platform/clock/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { EventType } from '#values/event-types.ts';
import type { Viewer } from '#values/viewer.ts';
import { companiesOf, seesEndpoint } from './owner.ts';
import { type EndpointRow, readEndpoints } from './store.ts';

/** An endpoint, and what its owner gave it. */
export type OwnedEndpoint = Pick<
  EndpointRow,
  'id' | 'owner' | 'ownerScopes' | 'allCompanies' | 'companyIds'
>;

/** Of these ids the endpoints that the viewer sees: those that they could change themselves. */
export async function endpointsSeen(
  tx: Tx,
  viewer: Viewer,
  ids: readonly string[],
): Promise<OwnedEndpoint[]> {
  const endpoints = await readEndpoints(tx, viewer.accountId);
  return endpoints.filter((one) => ids.includes(one.id) && seesEndpoint(viewer, one));
}

/** Of these ids the endpoints that are told of this company, paused ones too: they keep what they are owed. By their ids. */
export async function endpointsTold(
  tx: Tx,
  { accountId, companyId }: { accountId: string; companyId: string },
  ids: readonly string[],
): Promise<OwnedEndpoint[]> {
  const endpoints = await readEndpoints(tx, accountId);
  return endpoints
    .filter((one) => ids.includes(one.id) && (companiesOf(one)?.includes(companyId) ?? true))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

/**
 * Of these endpoints those whose owners may read such events, now.
 * @param on.companyId of what the event tells; absent = in any company
 */
export async function findHearers(
  tx: Tx,
  clock: Clock,
  on: { accountId: string; companyId?: string; type: EventType },
  endpoints: readonly OwnedEndpoint[],
): Promise<OwnedEndpoint[]> {
  const { accountId, companyId, type } = on;
  const hearers: OwnedEndpoint[] = [];
  for (const endpoint of endpoints) {
    const { owner: actor, ownerScopes: scopes } = endpoint;
    const viewer = await currentRights(
      { db: { prisma: tx }, clock },
      { accountId, actor, scopes, companyIds: companiesOf(endpoint) },
    );
    if (viewer && may(viewer, verbOfEvent(type), companyId)) hearers.push(endpoint);
  }
  return hearers;
}
