// How every change of an endpoint begins: its subject locked, its row held, seen by the viewer, at the version expected.
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { endpointSubject } from './events.ts';
import { seesEndpoint } from './owner.ts';
import { type EndpointRow, holdEndpoints, readEndpoint } from './store.ts';

/**
 * Locks and reads an endpoint that is to be changed. Call it before the transaction's first write.
 * @throws Refused NOT_FOUND or VERSION_CONFLICT
 */
export async function takeEndpoint(
  tx: Tx,
  { events }: Pick<Platform, 'events'>,
  viewer: Viewer,
  wanted: { webhookEndpointId: string; expectedVersion?: number | null | undefined },
): Promise<EndpointRow> {
  const { accountId } = viewer;
  const { webhookEndpointId: id, expectedVersion } = wanted;
  await events.lock(tx, accountId, [endpointSubject(id)]);
  await holdEndpoints(tx, accountId, [id]);
  const endpoint = await readEndpoint(tx, accountId, id);
  if (!endpoint || !seesEndpoint(viewer, endpoint)) {
    throw notFound('webhookEndpointId', 'WebhookEndpoint');
  }
  if (typeof expectedVersion === 'number' && expectedVersion !== endpoint.version) {
    throw versionConflict(endpoint.version);
  }
  return endpoint;
}
