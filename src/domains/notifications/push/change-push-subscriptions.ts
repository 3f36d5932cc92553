// A person has one of their browsers notified, or no longer.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { isPushSecret, isPushTargetKey } from '#platform/push/index.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, notFound, policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { hashEndpoint, sealTarget } from './push-target.ts';
import {
  dropPushSubscription,
  findByEndpoint,
  findPushSubscription,
  insertPushSubscription,
  type PushSubscriptionRow,
  readPushSubscriptions,
  writePushSubscription,
} from './store.ts';

const MOST = 20;
const MOST_URL_CHARACTERS = 2_048;

const shape = z.object({
  endpoint: z
    .string()
    .trim()
    .max(MOST_URL_CHARACTERS, `endpoint takes at most ${MOST_URL_CHARACTERS} characters.`),
  keys: z.object({
    p256dh: z.string().max(200).refine(isPushTargetKey, {
      error: 'keys.p256dh takes a public key on P-256 in base64url, as the browser gives it.',
    }),
    auth: z.string().max(100).refine(isPushSecret, {
      error: 'keys.auth takes 16 bytes in base64url, as the browser gives them.',
    }),
  }),
  name: z
    .string()
    .trim()
    .min(1, 'name takes 1 to 100 characters.')
    .max(100, 'name takes 1 to 100 characters.'),
});
export type NewPushSubscription = z.input<typeof shape>;

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'secrets' | 'outbound'>;

/**
 * Adds a browser of the viewer's. One of theirs that is known keeps its id and takes the new keys and name; one that
 * was another person's is that person's no longer: whoever signs in at it last has it.
 * @throws Forbidden; Refused INVALID_INPUT, LIMIT_REACHED (20 browsers)
 */
export async function addPushSubscription(
  { db, events, clock, secrets, outbound }: Needs,
  viewer: Viewer,
  request: NewPushSubscription,
): Promise<PushSubscriptionRow> {
  authorize(viewer, 'pushSubscriptions.manage');
  const { endpoint, keys, name } = parseInput(shape, request);
  const refusal = outbound.refusalOf(endpoint);
  if (refusal) throw invalidInput('endpoint', `Nothing can be sent to this endpoint: ${refusal}.`);
  if (viewer.mode === 'LIVE' && !endpoint.toLowerCase().startsWith('https:')) {
    throw invalidInput('endpoint', 'endpoint takes an https address; http is for TEST accounts.');
  }
  const { accountId, actor } = viewer;
  const endpointHash = hashEndpoint(endpoint);
  return db.transaction(async (tx) => {
    const hex = Buffer.from(endpointHash).toString('hex');
    await events.lock(tx, accountId, [`push:${actor.id}`, `push:${hex}`]);
    const known = await findByEndpoint(tx, accountId, endpointHash);
    const isOwn = known?.userId === actor.id;
    if (known && !isOwn) await dropPushSubscription(tx, known);
    const id = isOwn ? known.id : newId();
    const given = { name, sealed: sealTarget(secrets, id, { endpoint, ...keys }) };
    const subject = `pushSubscription:${id}`;
    await audit(tx, viewer, clock, { action: 'addPushSubscription', subject, after: {} });
    if (isOwn) return writePushSubscription(tx, known, { ...given, failures: 0, restsUntil: null });
    const current = (await readPushSubscriptions(tx, accountId, actor.id)).length;
    if (current >= MOST) {
      throw policyRefused(
        'LIMIT_REACHED',
        `A person has at most ${MOST} browsers notified. Remove one first.`,
        { figures: { limit: MOST, current } },
      );
    }
    return insertPushSubscription(tx, {
      ...{ ...given, accountId, id, userId: actor.id, endpointHash },
      createdAt: clock.now(accountId),
    });
  });
}

/**
 * Removes a browser of the viewer's.
 * @returns it as it was. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND
 */
export async function removePushSubscription(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  viewer: Viewer,
  pushSubscriptionId: string,
): Promise<PushSubscriptionRow> {
  authorize(viewer, 'pushSubscriptions.manage');
  const { accountId, actor } = viewer;
  return db.transaction(async (tx) => {
    const row = await findPushSubscription(tx, accountId, pushSubscriptionId);
    if (row?.userId !== actor.id) throw notFound('pushSubscriptionId', 'PushSubscription');
    await dropPushSubscription(tx, row);
    const subject = `pushSubscription:${row.id}`;
    await audit(tx, viewer, clock, { action: 'removePushSubscription', subject, before: {} });
    return row;
  });
}
