// Resuming an endpoint that was paused: what waited goes out.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Selections } from '#graphql/selections.ts';
import type { Platform } from '#platform/platform.ts';
import type { EventType } from '#values/event-types.ts';
import { parseInput } from '#values/parse-input.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { takeEndpoint } from './change-endpoint.ts';
import { checkReadable, endpointIdShape } from './endpoint-input.ts';
import { checkCovers, companiesOf } from './owner.ts';
import { checkSelection } from './selection.ts';
import { type EndpointRow, readEndpoint, refreshDue, writeEndpoint } from './store.ts';

const shape = z.object({ webhookEndpointId: endpointIdShape, expectedVersion: z.int().nullish() });

/**
 * Resumes an endpoint; one that is active stays as it is. When its owner had lost their rights, who resumes it becomes
 * its owner.
 * @throws Forbidden; Refused INVALID_INPUT (its query no longer fits the schema), NOT_FOUND, VERSION_CONFLICT,
 *   SCOPE_EXCEEDED
 */
export async function resumeWebhookEndpoint(
  platform: Pick<Platform, 'db' | 'events' | 'clock'> & { selections: Selections },
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<EndpointRow> {
  authorize(viewer, 'webhooks.write');
  const wanted = parseInput(shape, request);
  const { db, clock, selections } = platform;
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    const endpoint = await takeEndpoint(tx, platform, viewer, wanted);
    if (endpoint.state === 'ACTIVE') return endpoint;
    const { id, pauseReason, query } = endpoint;
    checkSelection(selections, query);
    const isOrphan = pauseReason === 'RIGHTS_LOST';
    if (isOrphan) {
      checkReadable(viewer, endpoint.eventTypes as EventType[], companiesOf(endpoint));
    } else checkCovers(viewer, endpoint);
    await audit(tx, viewer, clock, {
      action: 'resumeWebhookEndpoint',
      subject: `webhookEndpoint:${id}`,
      before: { state: 'PAUSED', pauseReason },
      after: { state: 'ACTIVE' },
    });
    const resumed = await writeEndpoint(tx, accountId, id, {
      state: 'ACTIVE',
      pauseReason: null,
      pausedAt: null,
      failingSince: null,
      lastFailureAt: null,
      holdUntil: null,
      ...(isOrphan && { owner: nameActor(viewer.actor), ownerScopes: [...viewer.scopes] }),
    });
    await refreshDue(tx, accountId, [id]);
    return (await readEndpoint(tx, accountId, id)) ?? resumed;
  });
}
