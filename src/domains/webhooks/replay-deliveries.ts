// Sending again: chosen deliveries at once, or those of an endpoint by a job. What is sent again has the id and the bytes
// that it had, so receivers that drop what they have seen are safe.
import { z } from 'zod';
import { type AnswerCodec, audit, authorize, once } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { takeEndpoint } from './change-endpoint.ts';
import { endpointIdShape } from './endpoint-input.ts';
import { replayJob } from './jobs.ts';
import { seeDeliveries } from './read-deliveries.ts';
import { holdEndpoints, refreshDue } from './store.ts';
import { countReplayable, type Replay, replayDeliveries } from './store-log.ts';

const MAX_IDS = 100;
const IDS = `deliveryIds takes 1 to ${MAX_IDS} deliveries; for more, name the endpoint and a range.`;
/** matches are counted up to here */
const COUNT_CAP = 10_000;

const shape = z.object({
  deliveryIds: z.array(z.uuid()).min(1, IDS).max(MAX_IDS, IDS).nullish(),
  webhookEndpointId: endpointIdShape.nullish(),
  createdFrom: z.date().nullish(),
  createdBefore: z.date().nullish(),
  failedOnly: z.boolean().nullish(),
  idempotencyKey: z.string().nullish(),
});
type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs'>;

const answer: AnswerCodec<{ count: number }> = {
  store: ({ count }) => ({ count }),
  restore: async (_tx, { count }) => ({ count: Number(count) }),
};

/**
 * Makes deliveries due again, from their first attempt on: those with the given ids, or of one endpoint those of a range
 * or all that were given up. One that is being sent just now may be sent twice; those that were erased are left out.
 * @returns how many, counted up to 10,000. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, IDEMPOTENCY_KEY_CONFLICT
 */
export async function replayWebhookDeliveries(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<{ count: number }> {
  authorize(viewer, 'webhooks.write');
  const { idempotencyKey: key, ...wanted } = parseInput(shape, request);
  const { deliveryIds, webhookEndpointId, ...range } = wanted;
  const isBounded = range.createdFrom || range.createdBefore || range.failedOnly;
  if (deliveryIds && (webhookEndpointId || isBounded)) {
    throw invalidInput('deliveryIds', 'Give either deliveryIds, or an endpoint with a range.');
  }
  const asked = { mutation: 'replayWebhookDeliveries', key, request: wanted };
  if (deliveryIds) {
    const these = (tx: Tx) => replayThese(tx, platform, viewer, deliveryIds);
    return once(platform, viewer, asked, these, answer);
  }
  if (!webhookEndpointId) {
    throw invalidInput('webhookEndpointId', 'Give deliveryIds, or the endpoint to replay.');
  }
  if (!isBounded) {
    throw invalidInput(
      'failedOnly',
      'Say which: failedOnly, or a range by createdFrom and createdBefore.',
    );
  }
  const ofEndpoint = { ...range, webhookEndpointId };
  const those = (tx: Tx) => replayEndpoint(tx, platform, viewer, ofEndpoint);
  return once(platform, viewer, asked, those, answer);
}

async function replayThese(
  tx: Tx,
  { clock }: Needs,
  viewer: Viewer,
  ids: readonly string[],
): Promise<{ count: number }> {
  const { accountId } = viewer;
  const found = await seeDeliveries({ prisma: tx }, viewer, ids);
  if (found.length !== new Set(ids).size) throw notFound('deliveryIds', 'WebhookDelivery');
  const endpointIds = [...new Set(found.map(({ endpointId }) => endpointId))];
  await holdEndpoints(tx, accountId, endpointIds);
  const count = await replayDeliveries(tx, accountId, ids, clock.now(accountId));
  await refreshDue(tx, accountId, endpointIds);
  for (const id of endpointIds) {
    await audit(tx, viewer, clock, {
      action: 'replayWebhookDeliveries',
      subject: `webhookEndpoint:${id}`,
      after: { deliveryIds: found.filter((one) => one.endpointId === id).map((one) => one.id) },
    });
  }
  return { count };
}

async function replayEndpoint(
  tx: Tx,
  platform: Needs,
  viewer: Viewer,
  wanted: Pick<z.output<typeof shape>, 'createdFrom' | 'createdBefore' | 'failedOnly'> & {
    webhookEndpointId: string;
  },
): Promise<{ count: number }> {
  const { clock, jobs } = platform;
  const { accountId } = viewer;
  const { id: endpointId } = await takeEndpoint(tx, platform, viewer, wanted);
  const requestedAt = clock.now(accountId);
  const { createdFrom = null, createdBefore, failedOnly } = wanted;
  const replay: Replay = {
    accountId,
    endpointId,
    createdFrom,
    createdBefore: createdBefore ?? requestedAt,
    failedOnly: failedOnly ?? false,
    requestedAt,
  };
  await jobs.enqueue(tx, replayJob, {
    ...replay,
    createdFrom: createdFrom?.toISOString() ?? null,
    createdBefore: replay.createdBefore.toISOString(),
    requestedAt: requestedAt.toISOString(),
  });
  await audit(tx, viewer, clock, {
    action: 'replayWebhookDeliveries',
    subject: `webhookEndpoint:${endpointId}`,
    after: { createdFrom, createdBefore: replay.createdBefore, failedOnly: replay.failedOnly },
  });
  return { count: await countReplayable(tx, replay, COUNT_CAP) };
}
