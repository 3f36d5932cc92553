// A new endpoint, its owner, and its secret, which is shown once.
import { z } from 'zod';
import {
  type AnswerCodec,
  audit,
  authorize,
  checkCompaniesExist,
  once,
} from '#domains/accounts/index.ts';
import type { Selections } from '#graphql/selections.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { makeSigningSecret } from '#platform/outbound/index.ts';
import type { Platform } from '#platform/platform.ts';
import { encodePosition } from '#values/cursor.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import {
  checkReadable,
  checkUrl,
  companyIdsShape,
  descriptionShape,
  eventTypesShape,
  urlShape,
} from './endpoint-input.ts';
import { WEBHOOKS_SUBJECT } from './events.ts';
import { sealSecret } from './secrets.ts';
import { checkSelection } from './selection.ts';
import { type EndpointRow, insertEndpoint, readEndpoint, readEndpoints } from './store.ts';

/** Every event is held against every endpoint of its account. */
export const MAX_ENDPOINTS = 50;

const shape = z.object({
  url: urlShape,
  eventTypes: eventTypesShape,
  companyIds: companyIdsShape.nullish(),
  query: z.string().nullish(),
  description: descriptionShape.nullish(),
  idempotencyKey: z.string().nullish(),
});
export type NewEndpoint = z.input<typeof shape>;

/** An endpoint and, when it was just made or rotated, its secret; a repetition under an idempotencyKey cannot show it again. */
export interface ShownEndpoint {
  endpoint: EndpointRow;
  secret: string | null;
}

/**
 * Makes an endpoint that is told of every event of these types committed from now on, with what its maker may read:
 * the maker's scopes of now, as far as the maker still has them at each delivery.
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND (company), LIMIT_REACHED, IDEMPOTENCY_KEY_CONFLICT
 */
export async function createWebhookEndpoint(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'secrets' | 'outbound'> & {
    selections: Selections;
  },
  viewer: Viewer,
  request: NewEndpoint,
): Promise<ShownEndpoint> {
  authorize(viewer, 'webhooks.write');
  const { idempotencyKey, ...input } = parseInput(shape, request);
  const { url, eventTypes, query = null, description } = input;
  const companyIds = input.companyIds ?? viewer.companyIds;
  checkReadable(viewer, eventTypes, companyIds);
  checkUrl(platform.outbound, viewer, url);
  checkSelection(platform.selections, query);
  const { db, events, clock, secrets } = platform;
  const { accountId } = viewer;
  const since = encodePosition(await events.head());
  return once(
    { db, clock },
    viewer,
    { mutation: 'createWebhookEndpoint', key: idempotencyKey, request: input },
    async (tx) => {
      await events.lock(tx, accountId, [WEBHOOKS_SUBJECT]);
      await checkCompaniesExist(tx, accountId, companyIds);
      await checkRoom(tx, accountId);
      const id = newId();
      const secret = makeSigningSecret();
      const endpoint = await insertEndpoint(tx, {
        accountId,
        id,
        url,
        description: description ?? '',
        eventTypes,
        allCompanies: companyIds === null,
        companyIds: [...(companyIds ?? [])],
        query,
        owner: nameActor(viewer.actor),
        ownerScopes: [...viewer.scopes],
        sealedSecret: sealSecret(secrets, id, secret),
        since,
        createdBy: nameActor(viewer.actor),
        createdAt: clock.now(accountId),
      });
      await audit(tx, viewer, clock, {
        action: 'createWebhookEndpoint',
        subject: `webhookEndpoint:${id}`,
        after: { url, eventTypes, companyIds, query },
      });
      return { endpoint, secret };
    },
    endpointOnce(accountId),
  );
}

async function checkRoom(tx: Tx, accountId: string): Promise<void> {
  const { length } = await readEndpoints(tx, accountId);
  if (length < MAX_ENDPOINTS) return;
  throw policyRefused(
    'LIMIT_REACHED',
    `An account has at most ${MAX_ENDPOINTS} webhook endpoints. Delete one, or have one take more types of event.`,
    { figures: { limit: MAX_ENDPOINTS, current: length } },
  );
}

/** How `once` remembers an endpoint whose secret was shown: by its id, without the secret. */
export function endpointOnce(accountId: string): AnswerCodec<ShownEndpoint> {
  return {
    store: ({ endpoint }) => ({ id: endpoint.id }),
    restore: async (tx, { id }) => {
      const endpoint = await readEndpoint(tx, accountId, String(id));
      if (!endpoint) throw notFound('idempotencyKey', 'WebhookEndpoint');
      return { endpoint, secret: null };
    },
  };
}
