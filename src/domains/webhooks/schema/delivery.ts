// WebhookDelivery, its attempts, and the delivery log.
import { EventType } from '#domains/activity/index.ts';
import type { WebhookAttempt as AttemptRow } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import type { Context } from '#graphql/context.ts';
import { readId } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import type { EventType as Type } from '#values/event-types.ts';
import type { Failure } from '../machine.ts';
import { covers } from '../owner.ts';
import { attemptsOf, bodiesOf, countDeliveries, listDeliveries } from '../read-deliveries.ts';
import { WebhookDelivery, WebhookEndpoint } from './refs.ts';
import { WebhookDeliveryState, WebhookFailure } from './words.ts';

const TEXT_RIGHTS = 'null for a viewer who may read less than the endpoint is told';

interface Attempt extends AttemptRow {
  /** whether this viewer may see what the receiver said, which may repeat what it was told */
  shown: boolean;
}

const WebhookAttempt = builder.objectRef<Attempt>('WebhookAttempt').implement({
  description: 'One attempt at a delivery.',
  fields: (t) => ({
    number: t.exposeInt('n', { description: '1 for the first; replays count on.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it began.' }),
    durationMs: t.exposeInt('durationMs', {
      description:
        'How long the exchange took in milliseconds, at most 15,000; 0 when nothing was sent.',
    }),
    status: t.exposeInt('status', {
      nullable: true,
      description: 'The HTTP status that the receiver answered; null when there was no answer.',
    }),
    failure: t.field({
      type: WebhookFailure,
      nullable: true,
      description: 'Why it did not succeed; null when it did.',
      resolve: ({ failure }) => failure as Failure | null,
    }),
    response: t.string({
      nullable: true,
      description: `The first 1,000 characters of the answer, or what went wrong; null after an erasure; ${TEXT_RIGHTS}.`,
      resolve: ({ response, shown }) => (shown ? response : null),
    }),
  }),
});

/** Ids of deliveries with those of their endpoints; and whether the viewer may see texts of an endpoint. */
async function readPairs(
  keys: string[],
  context: Context,
): Promise<{ pairs: [string, string][]; shown: Map<string, boolean> }> {
  const pairs = keys.map((key) => key.split(' ') as [string, string]);
  const loader = WebhookEndpoint.getDataloader(context);
  const endpoints = await loader.loadMany([...new Set(pairs.map(([, endpointId]) => endpointId))]);
  const shown = new Map(
    endpoints.flatMap((endpoint) =>
      endpoint && !(endpoint instanceof Error)
        ? [[endpoint.id, covers(context.viewer, endpoint)]]
        : [],
    ),
  );
  return { pairs, shown };
}

WebhookDelivery.implement({
  description: 'One event for one endpoint: there is never a second one of the same two.',
  fields: (t) => ({
    webhookEndpoint: t.field({
      type: WebhookEndpoint,
      nullable: true,
      description: 'The endpoint that it is for.',
      resolve: (delivery) => delivery.endpointId,
    }),
    eventId: t.exposeString('eventId', {
      description: 'The webhook-id: the id of the event, the same at every attempt.',
    }),
    eventType: t.field({
      type: EventType,
      nullable: true,
      description: 'The type of the event; null for a test.',
      resolve: ({ eventType }) => eventType as Type | null,
    }),
    state: t.expose('state', { type: WebhookDeliveryState, description: 'How far it is.' }),
    failure: t.field({
      type: WebhookFailure,
      nullable: true,
      description: 'Why the latest attempt did not succeed; null when it did, or before it.',
      resolve: ({ failure }) => failure as Failure | null,
    }),
    nextAttemptAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the next attempt is due; null when none follows.',
      resolve: ({ state, dueAt }) => (state === 'PENDING' ? dueAt : null),
    }),
    deliveredAt: t.expose('deliveredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the attempt began that succeeded.',
    }),
    attemptCount: t.exposeInt('attempts', { description: 'Attempts so far, replays included.' }),
    attempts: t.loadableList({
      type: WebhookAttempt,
      description:
        'The attempts, in their order. One that was cut off by a crash of the server is not among them.',
      extensions: { listSize: 8 },
      load: async (keys: string[], context: Context) => {
        const { pairs, shown } = await readPairs(keys, context);
        const all = await attemptsOf(
          context.platform.db,
          context.viewer,
          pairs.map(([id]) => id),
        );
        return all.map((attempts, n) =>
          attempts.map((attempt) => ({
            ...attempt,
            shown: shown.get(pairs[n]?.[1] ?? '') ?? false,
          })),
        );
      },
      resolve: ({ id, endpointId }) => `${id} ${endpointId}`,
    }),
    body: t.loadable({
      type: 'String',
      nullable: true,
      description: `The body as it is sent, rendered at the first attempt; null before it and after an erasure; ${TEXT_RIGHTS}.`,
      load: async (keys: string[], context: Context) => {
        const { pairs, shown } = await readPairs(keys, context);
        const { platform, viewer } = context;
        const bodies = await bodiesOf(
          platform.db,
          viewer,
          pairs.filter(([, endpointId]) => shown.get(endpointId)).map(([id]) => id),
        );
        return pairs.map(([id]) => bodies.get(id) ?? null);
      },
      resolve: ({ id, endpointId }) => `${id} ${endpointId}`,
    }),
    erasedAt: t.expose('erasedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When body and answers were erased with what the event tells of.',
    }),
    replayedAt: t.expose('replayedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last replayed.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});

const WebhookDeliveryConnection = defineConnection(WebhookDelivery, 'WebhookDelivery');

const WebhookDeliveryFilter = builder.inputType('WebhookDeliveryFilter', {
  description: 'Which deliveries.',
  fields: (t) => ({
    webhookEndpointId: t.id({ description: 'Only those for this endpoint.' }),
    state: t.field({ type: WebhookDeliveryState, description: 'Only those in this state.' }),
    callId: t.id({ description: 'Only those of events that tell of this call.' }),
    createdFrom: t.field({ type: 'DateTime', description: 'Made at or after this.' }),
    createdBefore: t.field({ type: 'DateTime', description: 'Made before this.' }),
  }),
});

const WebhookDeliveryOrderField = builder.enumType('WebhookDeliveryOrderField', {
  description: 'What deliveries are sorted by.',
  values: { CREATED_AT: { description: 'By the time they were made.' } } as const,
});

const WebhookDeliveryOrder = builder.inputType('WebhookDeliveryOrder', {
  description: 'How deliveries are sorted.',
  fields: (t) => ({
    field: t.field({ type: WebhookDeliveryOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

builder.queryField('webhookDeliveries', (t) =>
  t.field({
    type: WebhookDeliveryConnection,
    description:
      'The delivery log of the last 30 days, newest first unless told otherwise: everything that was, is being or could not be delivered.',
    args: {
      filter: t.arg({ type: WebhookDeliveryFilter, description: 'Which deliveries.' }),
      order: t.arg({ type: WebhookDeliveryOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const { webhookEndpointId, callId, ...rest } = args.filter ?? {};
      const filter = {
        ...rest,
        webhookEndpointId: readId(webhookEndpointId, 'WebhookEndpoint', 'webhookEndpointId'),
        callId: readId(callId, 'Call', 'callId'),
      };
      const direction = args.order?.direction ?? 'desc';
      return readPage(args, {
        rows: (page) => listDeliveries(platform.db, viewer, { filter, direction, ...page }),
        count: (cap) => countDeliveries(platform.db, viewer, filter, cap),
        sortValue: (delivery) => delivery.createdAt.toISOString(),
      });
    },
  }),
);
