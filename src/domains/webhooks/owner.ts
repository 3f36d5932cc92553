// In whose name an endpoint is told things, and who may change it: nobody learns or sends through an endpoint more than
// they may read themselves.
import { currentRights, may, verbOfEvent } from '#domains/accounts/index.ts';
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { EventType } from '#values/event-types.ts';
import { policyRefused } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { type EndpointRow, writeOwner } from './store.ts';

/** The companies that an endpoint is told of; null = every one. */
export function companiesOf(
  endpoint: Pick<EndpointRow, 'allCompanies' | 'companyIds'>,
): string[] | null {
  return endpoint.allCompanies ? null : endpoint.companyIds;
}

/**
 * The viewer that an endpoint acts as now.
 * @returns null when nothing is left: its owner is gone, or may read none of its events any more
 */
export async function readOwner(
  accounts: { db: Db; clock: Clock },
  endpoint: EndpointRow,
): Promise<Viewer | null> {
  const { accountId, id, owner, ownerScopes, eventTypes } = endpoint;
  const viewer = await currentRights(accounts, {
    accountId,
    actor: owner,
    scopes: ownerScopes,
    companyIds: companiesOf(endpoint),
  });
  if (!viewer || !eventTypes.some((type) => may(viewer, verbOfEvent(type as EventType)))) {
    return null;
  }
  const now = nameActor(viewer.actor);
  // the key was rotated: from now on its successor is asked
  if (now !== owner) await writeOwner(accounts.db.prisma, accountId, id, { before: owner, now });
  return viewer;
}

/** Whether a viewer may read all that an endpoint may: its bodies then tell nothing new. */
export function covers(viewer: Viewer, endpoint: EndpointRow): boolean {
  return endpoint.ownerScopes.every((scope) =>
    (viewer.scopes as readonly string[]).includes(scope),
  );
}

/** Whether a viewer sees an endpoint: one that is told of companies of theirs only. */
export function seesEndpoint(
  viewer: Viewer,
  endpoint: Pick<EndpointRow, 'allCompanies' | 'companyIds'>,
): boolean {
  const { companyIds } = viewer;
  if (companyIds === null) return true;
  return !endpoint.allCompanies && endpoint.companyIds.every((id) => companyIds.includes(id));
}

/** Refuses a change by somebody who may read less than the endpoint does. Throws Refused SCOPE_EXCEEDED. */
export function checkCovers(viewer: Viewer, endpoint: EndpointRow): void {
  if (covers(viewer, endpoint)) return;
  const missing = endpoint.ownerScopes.filter(
    (scope) => !(viewer.scopes as readonly string[]).includes(scope),
  );
  throw policyRefused(
    'SCOPE_EXCEEDED',
    `This endpoint is told what ${missing.join(', ')} allows, which you do not have. Make one of your own.`,
    { field: 'webhookEndpointId' },
  );
}
