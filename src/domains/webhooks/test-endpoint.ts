// A test: one small delivery to an endpoint, tried once, also while it is paused.
import { z } from 'zod';
import { type AnswerCodec, audit, authorize, once } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import type { Viewer } from '#values/viewer.ts';
import { takeEndpoint } from './change-endpoint.ts';
import { endpointIdShape } from './endpoint-input.ts';
import { refreshDue } from './store.ts';
import { insertDeliveries } from './store-deliveries.ts';

const shape = z.object({
  webhookEndpointId: endpointIdShape,
  idempotencyKey: z.string().nullish(),
});

const answer: AnswerCodec<{ id: string }> = {
  store: ({ id }) => ({ id }),
  restore: async (_tx, { id }) => ({ id: String(id) }),
};

/**
 * Has `{ type: "webhook.test", timestamp, data: { webhookEndpointId } }` sent, signed like any other.
 * @returns the delivery's id: read it again to see what became of it. Throws Forbidden; Refused NOT_FOUND,
 *   IDEMPOTENCY_KEY_CONFLICT
 */
export async function testWebhookEndpoint(
  platform: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<{ id: string }> {
  authorize(viewer, 'webhooks.write');
  const { idempotencyKey: key, ...wanted } = parseInput(shape, request);
  const { clock } = platform;
  const { accountId } = viewer;
  const asked = { mutation: 'testWebhookEndpoint', key, request: wanted };
  const send = async (tx: Tx) => {
    const { id: endpointId } = await takeEndpoint(tx, platform, viewer, wanted);
    const id = newId();
    const test = { id, endpointId, eventId: `test-${id}`, eventType: null, subject: null };
    await insertDeliveries(tx, accountId, [test], clock.now(accountId));
    await refreshDue(tx, accountId, [endpointId]);
    await audit(tx, viewer, clock, {
      action: 'testWebhookEndpoint',
      subject: `webhookEndpoint:${endpointId}`,
    });
    return { id };
  };
  return once(platform, viewer, asked, send, answer);
}
