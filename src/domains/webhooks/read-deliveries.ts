// Reads the delivery log: deliveries of endpoints that the viewer sees, and their attempts.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Prisma, WebhookAttempt } from '#generated/prisma/client.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import { type Reader, visibleEndpoints } from './read-endpoints.ts';
import type { DeliveryRow } from './store-deliveries.ts';

/** Which deliveries; absent and null fields leave all. */
export interface DeliveryFilter {
  webhookEndpointId?: string | null | undefined;
  state?: DeliveryRow['state'] | null | undefined;
  /** of events that tell of this call */
  callId?: string | null | undefined;
  /** inclusive */
  createdFrom?: Date | null | undefined;
  /** exclusive */
  createdBefore?: Date | null | undefined;
}

/** One page of deliveries by the time they were made. Throws Forbidden, MalformedCursor. */
export async function listDeliveries(
  { prisma }: Reader,
  viewer: Viewer,
  want: { filter: DeliveryFilter; direction: Direction; limit: number; after: RowKey | null },
): Promise<DeliveryRow[]> {
  authorize(viewer, 'webhooks.read');
  const { filter, direction, limit, after } = want;
  return prisma.webhookDelivery.findMany({
    where: {
      AND: [
        await visible({ prisma }, viewer),
        matching(filter),
        whereAfter('createdAt', direction, after, readDate),
      ],
    },
    orderBy: orderByKey('createdAt', direction),
    take: limit,
  });
}

/** How many deliveries the filter leaves, counted up to `cap`. Throws Forbidden. */
export async function countDeliveries(
  { prisma }: Reader,
  viewer: Viewer,
  filter: DeliveryFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'webhooks.read');
  const where = { AND: [await visible({ prisma }, viewer), matching(filter)] };
  return prisma.webhookDelivery.count({ where, take: cap });
}

/** The deliveries with these ids that the viewer may see, in any order. */
export async function findDeliveries(
  { prisma }: Reader,
  viewer: Viewer,
  ids: readonly string[],
): Promise<DeliveryRow[]> {
  return may(viewer, 'webhooks.read') ? seeDeliveries({ prisma }, viewer, ids) : [];
}

/** The same for those who have been authorised otherwise. */
export async function seeDeliveries(
  { prisma }: Reader,
  viewer: Viewer,
  ids: readonly string[],
): Promise<DeliveryRow[]> {
  const where = { AND: [await visible({ prisma }, viewer), { id: { in: [...ids] } }] };
  return prisma.webhookDelivery.findMany({ where });
}

/** The attempts at these deliveries, in their order; by one query. The ids are of deliveries that were read. */
export async function attemptsOf(
  { prisma }: Reader,
  viewer: Viewer,
  deliveryIds: readonly string[],
): Promise<WebhookAttempt[][]> {
  const rows = await prisma.webhookAttempt.findMany({
    where: { accountId: viewer.accountId, deliveryId: { in: [...deliveryIds] } },
    orderBy: [{ deliveryId: 'asc' }, { n: 'asc' }],
  });
  const byDelivery = Map.groupBy(rows, (row) => row.deliveryId);
  return deliveryIds.map((id) => byDelivery.get(id) ?? []);
}

/** The bodies of these deliveries, as far as they have been rendered. The ids are of deliveries that were read. */
export async function bodiesOf(
  { prisma }: Reader,
  viewer: Viewer,
  deliveryIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await prisma.webhookBody.findMany({
    where: { accountId: viewer.accountId, deliveryId: { in: [...deliveryIds] } },
  });
  return new Map(rows.map(({ deliveryId, body }) => [deliveryId, body]));
}

async function visible(reader: Reader, viewer: Viewer): Promise<Prisma.WebhookDeliveryWhereInput> {
  const { accountId } = viewer;
  // named also for who sees all: the log of a deleted endpoint goes after it
  const seen = await visibleEndpoints(reader, viewer);
  return { accountId, endpointId: { in: seen.map(({ id }) => id) } };
}

function matching(filter: DeliveryFilter): Prisma.WebhookDeliveryWhereInput {
  const { webhookEndpointId, state, callId, createdFrom, createdBefore } = filter;
  return {
    ...(webhookEndpointId && { endpointId: webhookEndpointId }),
    ...(state && { state }),
    ...(callId && { subject: `call:${callId}` }),
    createdAt: {
      ...(createdFrom && { gte: createdFrom }),
      ...(createdBefore && { lt: createdBefore }),
    },
  };
}
