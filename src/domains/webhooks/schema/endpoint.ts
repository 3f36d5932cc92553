// WebhookEndpoint and the list of endpoints.
import { Actor, Company } from '#domains/accounts/index.ts';
import { EventType } from '#domains/activity/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import type { EventType as Type } from '#values/event-types.ts';
import { companiesOf } from '../owner.ts';
import { countEndpoints, listEndpoints } from '../read-endpoints.ts';
import { DEFAULT_SELECTION } from '../selection.ts';
import { WebhookEndpoint } from './refs.ts';
import { WebhookEndpointState, WebhookPauseReason } from './words.ts';

WebhookEndpoint.implement({
  description:
    'An address that is told of events: the mirror of an events subscription. Deliveries are signed after Standard Webhooks.',
  fields: (t) => ({
    url: t.expose('url', { type: 'URL', description: 'Where deliveries are posted.' }),
    description: t.exposeString('description', { description: 'What it is for.' }),
    eventTypes: t.field({
      type: [EventType],
      description: 'The types of events that it is told of.',
      resolve: (endpoint) => endpoint.eventTypes as Type[],
    }),
    companies: t.field({
      type: [Company],
      nullable: { list: true, items: true },
      description: 'The companies whose events it is told of; null = every company.',
      extensions: { listSize: 50 },
      resolve: (endpoint) => companiesOf(endpoint),
    }),
    query: t.exposeString('query', {
      nullable: true,
      description: 'Its own selection on Event; null = the default one.',
    }),
    selection: t.string({
      description: 'The selection on Event that makes `data`: its own, or the default one.',
      resolve: (endpoint) => endpoint.query ?? DEFAULT_SELECTION,
    }),
    state: t.expose('state', {
      type: WebhookEndpointState,
      description: 'Whether it is sent to.',
    }),
    pauseReason: t.expose('pauseReason', {
      type: WebhookPauseReason,
      nullable: true,
      description: 'Why it was paused; null while it is active.',
    }),
    pausedAt: t.expose('pausedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was paused; null while it is active.',
    }),
    failingSince: t.expose('failingSince', {
      type: 'DateTime',
      nullable: true,
      description:
        'Since when every attempt failed; null after a success. After five days it is paused.',
    }),
    holdUntil: t.expose('holdUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when the receiver asked to be left alone (Retry-After).',
    }),
    owner: t.field({
      type: Actor,
      description: 'In whose name it is told: nothing that this key or person may not read.',
      resolve: (endpoint) => endpoint.owner,
    }),
    previousSecretUntil: t.expose('previousUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when the secret before the last rotation signs too.',
    }),
    createdBy: t.field({
      type: Actor,
      description: 'Who made it.',
      resolve: (endpoint) => endpoint.createdBy,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    version: t.exposeInt('version', { description: 'Rises with every change and pause.' }),
  }),
});

const WebhookEndpointConnection = defineConnection(WebhookEndpoint, 'WebhookEndpoint');

const WebhookEndpointFilter = builder.inputType('WebhookEndpointFilter', {
  description: 'Which endpoints.',
  fields: (t) => ({
    state: t.field({ type: WebhookEndpointState, description: 'Only those in this state.' }),
  }),
});

const WebhookEndpointOrderField = builder.enumType('WebhookEndpointOrderField', {
  description: 'What endpoints are sorted by.',
  values: { CREATED_AT: { description: 'By the time they were made.' } } as const,
});

const WebhookEndpointOrder = builder.inputType('WebhookEndpointOrder', {
  description: 'How endpoints are sorted.',
  fields: (t) => ({
    field: t.field({ type: WebhookEndpointOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

builder.queryField('webhookEndpoints', (t) =>
  t.field({
    type: WebhookEndpointConnection,
    description:
      'The webhook endpoints of this account, newest first unless told otherwise. A viewer that is kept to some companies sees those that are told of these companies only.',
    args: {
      filter: t.arg({ type: WebhookEndpointFilter, description: 'Which endpoints.' }),
      order: t.arg({ type: WebhookEndpointOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const filter = args.filter ?? {};
      const direction = args.order?.direction ?? 'desc';
      return readPage(args, {
        rows: (page) => listEndpoints(platform.db, viewer, { filter, direction, ...page }),
        count: () => countEndpoints(platform.db, viewer, filter),
        sortValue: (endpoint) => endpoint.createdAt.toISOString(),
      });
    },
  }),
);
