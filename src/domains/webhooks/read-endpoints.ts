// Reads endpoints: those of the viewer's account that are told of the viewer's companies only.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, readDate } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import { seesEndpoint } from './owner.ts';
import { type EndpointRow, readEndpoints } from './store.ts';

/** Which endpoints; absent and null fields leave all. */
export interface EndpointFilter {
  state?: 'ACTIVE' | 'PAUSED' | null | undefined;
}

/** Prisma, inside or outside a transaction. */
export interface Reader {
  prisma: Tx;
}

/** All that a viewer sees: an account has 50 at most. */
export async function visibleEndpoints({ prisma }: Reader, viewer: Viewer): Promise<EndpointRow[]> {
  const endpoints = await readEndpoints(prisma, viewer.accountId);
  return endpoints.filter((endpoint) => seesEndpoint(viewer, endpoint));
}

/** One page of endpoints by the time they were made. Throws Forbidden, MalformedCursor. */
export async function listEndpoints(
  reader: Reader,
  viewer: Viewer,
  want: { filter: EndpointFilter; direction: Direction; limit: number; after: RowKey | null },
): Promise<EndpointRow[]> {
  authorize(viewer, 'webhooks.read');
  const { filter, direction, limit, after } = want;
  const sign = direction === 'asc' ? 1 : -1;
  const order = (a: Place, b: Place) =>
    sign *
    (a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const place = after && { createdAt: readDate(after.value), id: after.id };
  return (await visibleEndpoints(reader, viewer))
    .filter((endpoint) => !filter.state || endpoint.state === filter.state)
    .filter((endpoint) => !place || order(endpoint, place) > 0)
    .sort(order)
    .slice(0, limit);
}

type Place = Pick<EndpointRow, 'createdAt' | 'id'>;

/** How many endpoints the filter leaves. Throws Forbidden. */
export async function countEndpoints(
  reader: Reader,
  viewer: Viewer,
  filter: EndpointFilter,
): Promise<number> {
  authorize(viewer, 'webhooks.read');
  const endpoints = await visibleEndpoints(reader, viewer);
  return endpoints.filter((endpoint) => !filter.state || endpoint.state === filter.state).length;
}

/** The endpoints with these ids that the viewer may see, in any order. */
export async function findEndpoints(
  reader: Reader,
  viewer: Viewer,
  ids: readonly string[],
): Promise<EndpointRow[]> {
  if (!may(viewer, 'webhooks.read')) return [];
  return (await visibleEndpoints(reader, viewer)).filter(({ id }) => ids.includes(id));
}
